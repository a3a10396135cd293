// Loader turns DMN files into Definitions: files and their imports, item definitions, elements and
// their requirements, and then the logic of each. Private to rules/dmn; used once per load.
//
// One thread. Collects every error instead of stopping at the first.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/xml.h"
#include "rules/feel/compiler.h"

namespace vroegsein::dmn {

class Loader {
 public:
  Loader(Definitions* definitions, const LoadOptions& options);
  void Load(std::string_view text);

  std::vector<LoadError>& errors() { return errors_; }
  // Errors that refuse the model even where broken expressions are kept.
  bool refused() const { return refused_; }

  // For the parts of the loader (boxed.cpp, table_loader.cpp).
  void Complain(size_t file, const pugi::xml_node& node, std::string found, std::string expected);
  void Refuse(size_t file, const pugi::xml_node& node, std::string found, std::string expected);
  const feel::Type* TypeRef(size_t file, const pugi::xml_node& node, std::string_view name);
  // That `logic` came from this XML.
  void Remember(size_t file, const pugi::xml_node& node, const feel::Node* logic);
  Place PlaceOf(size_t file, const pugi::xml_node& node) const;
  Definitions& definitions() { return *definitions_; }

 private:
  struct Import {
    std::string name;
    std::string namespace_uri;
    size_t file = 0;
    bool found = false;
  };
  struct LoadedFile {
    XmlFile xml;
    std::vector<Import> imports;
    std::map<std::string, int, std::less<>> elements;  // by id
    std::map<std::string, feel::Type*, std::less<>> types;
    std::vector<std::pair<std::string, NodeRef>> item_definitions;
    std::vector<std::pair<std::string, const feel::Type*>> visible_types;
  };
  struct Pending {
    int element;
    NodeRef node;
  };

  size_t LoadFile(std::string_view text, std::string_view wanted_namespace, bool* usable);
  void LoadImports(size_t file);
  void DeclareTypes(size_t file);
  void DefineTypes(size_t file);
  void DefineType(size_t file, const std::string& name, const pugi::xml_node& node);
  void FillType(size_t file, const pugi::xml_node& node, feel::Type* type, int depth);
  void Constrain(size_t file, const pugi::xml_node& node, feel::Type* type);
  void CollectVisibleTypes(size_t file);
  void DeclareElements(size_t file);
  void DeclareElement(size_t file, const pugi::xml_node& node, Element::Form form);
  void TypeElement(const Pending& pending);
  void SignKnowledge(Element* element, const pugi::xml_node& node);
  int Reference(size_t file, const pugi::xml_node& node, std::string_view href);
  void Require(Element* element, const pugi::xml_node& node, feel::Environment* environment);
  void AddSymbol(size_t file, const Element& target, feel::Environment* environment);
  void DefineElement(const Pending& pending);
  void DefineDecision(Element* element, const pugi::xml_node& node, const feel::Environment& scope);
  void DefineKnowledge(Element* element, const pugi::xml_node& node,
                       const feel::Environment& scope);
  void DefineService(Element* element, const pugi::xml_node& node);
  void RefuseCycles();
  std::vector<std::string> MemberNames() const;

  Definitions* definitions_;
  const LoadOptions& options_;
  std::deque<LoadedFile> files_;
  std::vector<Pending> pending_;
  std::vector<std::string> member_names_;
  std::map<const feel::Type*, int> type_state_;  // 1: being filled, 2: filled
  std::vector<LoadError> errors_;
  bool refused_ = false;
};

}  // namespace vroegsein::dmn
