// Small helpers over pugixml: local names, places, children. Private to rules/dmn.
//
// DTDs are not read, so there are no external entities and none that expand.
// One thread; owns the text and the tree of one file. Errors are returned as LoadError.
#pragma once

#include <pugixml.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/definitions.h"

namespace vroegsein::dmn {

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
  XmlFile() = default;
  // nullopt when it was read; else what is wrong with it.
  std::optional<LoadError> Read(std::string_view text, const LoadOptions& options);
  pugi::xml_node root() const { return document_.document_element(); }
  Place PlaceOf(const pugi::xml_node& node) const;
  // The namespace that the root element's name is in.
  std::string_view RootNamespace() const;

 private:
  Place PlaceAt(size_t offset) const;
  pugi::xml_document document_;
  std::vector<size_t> lines_;  // offsets at which lines start
};

}  // namespace vroegsein::dmn
