// Small helpers over pugixml: local names, places, children. Private to rules/dmn.
//
// DTDs are not read, so there are no external entities and none that expand.
// One thread; owns the text and the tree of one file. Errors are returned as LoadError.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/definitions.h"

namespace pugi {
class xml_node;
struct xml_node_struct;
}  // namespace pugi

namespace vroegsein::dmn {

// A node to keep: what a header can hold without the XML library's.
class NodeRef {
 public:
  NodeRef(const pugi::xml_node& node);  // NOLINT: it is the same node
  operator pugi::xml_node() const;      // NOLINT: and back

 private:
  pugi::xml_node_struct* node_;
};

// The name without its prefix.
std::string_view LocalName(const pugi::xml_node& node);
pugi::xml_node Child(const pugi::xml_node& node, std::string_view name);
std::vector<pugi::xml_node> Children(const pugi::xml_node& node, std::string_view name);
std::string_view Attribute(const pugi::xml_node& node, const char* name);
// The text of a child named `name` (<text>, <description>, <typeRef>), or "".
std::string_view ChildText(const pugi::xml_node& node, std::string_view name);
std::string_view Trim(std::string_view text);

class XmlFile {
 public:
  XmlFile();
  ~XmlFile();
  // nullopt when it was read; else what is wrong with it.
  std::optional<LoadError> Read(std::string_view text, const LoadOptions& options);
  pugi::xml_node root() const;
  Place PlaceOf(const pugi::xml_node& node) const;
  // The namespace that the root element's name is in.
  std::string_view RootNamespace() const;

 private:
  Place PlaceAt(size_t offset) const;
  struct Inner;
  std::unique_ptr<Inner> inner_;
  std::vector<size_t> lines_;  // offsets at which lines start
};

}  // namespace vroegsein::dmn
