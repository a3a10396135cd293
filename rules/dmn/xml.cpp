#include "rules/dmn/xml.h"

#include <algorithm>
#include <pugixml.hpp>

namespace vroegsein::dmn {

struct XmlFile::Inner {
  pugi::xml_document document;
};

XmlFile::XmlFile() : inner_(std::make_unique<Inner>()) {}
XmlFile::~XmlFile() = default;

pugi::xml_node XmlFile::root() const { return inner_->document.document_element(); }

NodeRef::NodeRef(const pugi::xml_node& node) : node_(node.internal_object()) {}
NodeRef::operator pugi::xml_node() const { return pugi::xml_node(node_); }

std::string_view LocalName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node Child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element && LocalName(child) == name) return child;
  }
  return {};
}

std::vector<pugi::xml_node> Children(const pugi::xml_node& node, std::string_view name) {
  std::vector<pugi::xml_node> out;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_element && LocalName(child) == name) out.push_back(child);
  }
  return out;
}

std::string_view Attribute(const pugi::xml_node& node, const char* name) {
  return node.attribute(name).value();
}

std::string_view ChildText(const pugi::xml_node& node, std::string_view name) {
  return Child(node, name).child_value();
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

namespace {

// Walks without recursion: the depth comes from a stranger.
struct Measure final : pugi::xml_tree_walker {
  int depth_max = 0;
  size_t count = 0;
  bool for_each(pugi::xml_node&) override {
    depth_max = std::max(depth_max, depth());
    ++count;
    return true;
  }
};

}  // namespace

std::optional<LoadError> XmlFile::Read(std::string_view text, const LoadOptions& options) {
  if (text.size() > options.xml_bytes_max) {
    return LoadError{"",
                     0,
                     0,
                     std::to_string(text.size()) + " bytes",
                     "at most " + std::to_string(options.xml_bytes_max) + " bytes",
                     ""};
  }
  lines_ = {0};
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') lines_.push_back(i + 1);
  }
  const pugi::xml_parse_result result = inner_->document.load_buffer(
      text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single,
      pugi::encoding_utf8);
  if (!result) {
    const Place place = PlaceAt(static_cast<size_t>(std::max<std::ptrdiff_t>(result.offset, 0)));
    return LoadError{"", place.line, place.column, result.description(), "well-formed XML in UTF-8",
                     ""};
  }
  Measure measure;
  inner_->document.traverse(measure);
  if (measure.depth_max > options.xml_depth_max || measure.count > options.elements_max) {
    return LoadError{"",
                     1,
                     1,
                     "a very deep or very large document",
                     "at most " + std::to_string(options.xml_depth_max) + " levels and " +
                         std::to_string(options.elements_max) + " elements",
                     ""};
  }
  return std::nullopt;
}

Place XmlFile::PlaceAt(size_t offset) const {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const auto line = static_cast<size_t>(after - lines_.begin());
  return {line, offset - lines_[line - 1] + 1};
}

Place XmlFile::PlaceOf(const pugi::xml_node& node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  return offset < 0 ? Place{} : PlaceAt(static_cast<size_t>(offset));
}

std::string_view XmlFile::RootNamespace() const {
  const std::string_view name = root().name();
  const size_t colon = name.find(':');
  const std::string attribute =
      colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  return root().attribute(attribute.c_str()).value();
}

}  // namespace vroegsein::dmn
