#include "rules/dmn/loader.h"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "rules/feel/lexer.h"

namespace vroegsein::dmn {

namespace {

constexpr std::array<std::string_view, 4> kNamespaces = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/",    // 1.2
    "https://www.omg.org/spec/DMN/20191111/MODEL/",   // 1.3
    "https://www.omg.org/spec/DMN/20211108/MODEL/",   // 1.4
    "https://www.omg.org/spec/DMN/20230324/MODEL/"};  // 1.5

bool IsDmnImport(std::string_view type) {
  return type.empty() || type.find("/DMN/") != std::string_view::npos;
}

// The nearest element with an id is what an editor can show; without one, its name.
std::string_view ElementOf(const pugi::xml_node& node) {
  pugi::xml_node named = node;
  while (named && Attribute(named, "id").empty()) named = named.parent();
  std::string_view element = Attribute(named, "id");
  if (LocalName(named) == "definitions" && LocalName(node) != "definitions") element = {};
  named = node;
  while (element.empty() && named) {
    element = Attribute(named, "name");
    named = named.parent();
  }
  return element;
}

}  // namespace

Loader::Loader(Definitions* definitions, const LoadOptions& options)
    : definitions_(definitions), options_(options) {}

void Loader::Complain(size_t file, const pugi::xml_node& node, std::string found,
                      std::string expected) {
  constexpr size_t kErrorsMax = 1000;
  if (errors_.size() >= kErrorsMax) return;
  const Place place = PlaceOf(file, node);
  errors_.push_back({std::string(ElementOf(node)), place.line, place.column, std::move(found),
                     std::move(expected),
                     file == 0 ? "" : definitions_->files[file].namespace_uri});
}

void Loader::Refuse(size_t file, const pugi::xml_node& node, std::string found,
                    std::string expected) {
  refused_ = true;
  Complain(file, node, std::move(found), std::move(expected));
}

void Loader::Remember(size_t file, const pugi::xml_node& node, const feel::Node* logic) {
  definitions_->spots[logic] = {std::string(ElementOf(node)), PlaceOf(file, node), file};
}

Place Loader::PlaceOf(size_t file, const pugi::xml_node& node) const {
  return files_[file].xml.PlaceOf(node);
}

size_t Loader::LoadFile(std::string_view text, std::string_view wanted_namespace, bool* usable) {
  const size_t file = files_.size();
  files_.emplace_back();
  definitions_->files.push_back({std::string(wanted_namespace), ""});
  *usable = false;
  if (auto error = files_[file].xml.Read(text, options_)) {
    refused_ = true;
    error->file = file == 0 ? "" : std::string(wanted_namespace);
    errors_.push_back(std::move(*error));
    return file;
  }
  const pugi::xml_node root = files_[file].xml.root();
  const std::string_view space = files_[file].xml.RootNamespace();
  if (LocalName(root) != "definitions" ||
      std::find(kNamespaces.begin(), kNamespaces.end(), space) == kNamespaces.end()) {
    Refuse(file, root,
           "<" + std::string(root.name()) + "> in namespace '" + std::string(space) + "'",
           "<definitions> in a namespace of DMN 1.2 to 1.5");
    return file;
  }
  definitions_->files[file].namespace_uri = Attribute(root, "namespace");
  definitions_->files[file].name = Attribute(root, "name");
  *usable = true;
  return file;
}

void Loader::LoadImports(size_t file) {
  for (const pugi::xml_node& node : Children(files_[file].xml.root(), "import")) {
    Import import;
    import.name = Attribute(node, "name");
    import.namespace_uri = Attribute(node, "namespace");
    if (!IsDmnImport(Attribute(node, "importType"))) {
      Complain(file, node, "an import of type " + std::string(Attribute(node, "importType")),
               "an import of a DMN model");
      continue;
    }
    for (size_t known = 0; known < files_.size(); ++known) {
      if (definitions_->files[known].namespace_uri != import.namespace_uri) continue;
      import.file = known;
      import.found = true;
    }
    if (!import.found && files_.size() < options_.files_max) {
      std::optional<std::string> text;
      if (options_.resolve_import) {
        text = options_.resolve_import(import.namespace_uri, Attribute(node, "locationURI"));
      }
      if (text) {
        bool usable = false;
        import.file = LoadFile(*text, import.namespace_uri, &usable);
        import.found = usable;
        if (usable) LoadImports(import.file);
      }
    }
    if (!import.found) {
      Refuse(file, node, "an import of '" + import.namespace_uri + "'",
             "a model that can be found");
    }
    files_[file].imports.push_back(std::move(import));
  }
}

void Loader::Load(std::string_view text) {
  bool usable = false;
  LoadFile(text, "", &usable);
  if (!usable) return;
  LoadImports(0);
  member_names_ = MemberNames();
  for (size_t file = 0; file < files_.size(); ++file) DeclareTypes(file);
  for (size_t file = 0; file < files_.size(); ++file) CollectVisibleTypes(file);
  for (size_t file = 0; file < files_.size(); ++file) DefineTypes(file);
  for (size_t file = 0; file < files_.size(); ++file) DeclareElements(file);
  for (const Pending& pending : pending_) TypeElement(pending);
  for (const Pending& pending : pending_) {
    Element& element = definitions_->elements[static_cast<size_t>(pending.element)];
    if (element.form == Element::Form::kKnowledgeModel) SignKnowledge(&element, pending.node);
    if (element.form == Element::Form::kService) DefineService(&element, pending.node);
  }
  for (const Pending& pending : pending_) DefineElement(pending);
  RefuseCycles();
}

// Names of more than one word that a member of a context may have anywhere: components, entries,
// columns and outputs.
std::vector<std::string> Loader::MemberNames() const {
  std::vector<std::string> out;
  struct Collect final : pugi::xml_tree_walker {
    std::vector<std::string>* names = nullptr;
    bool for_each(pugi::xml_node& node) override {
      constexpr size_t kNamesMax = 10000;
      if (node.type() != pugi::node_element || names->size() >= kNamesMax) return true;
      const std::string name = feel::NormalizeName(Attribute(node, "name"));
      const std::string_view word_end = " .-+*/'";
      if (name.find_first_of(word_end) != std::string::npos) names->push_back(name);
      return true;
    }
  };
  for (const LoadedFile& file : files_) {
    Collect collect;
    collect.names = &out;
    file.xml.root().traverse(collect);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void Loader::RefuseCycles() {
  enum class State { kNew, kOpen, kDone };
  std::vector<State> states(definitions_->elements.size(), State::kNew);
  for (const Pending& start : pending_) {
    // Depth first, with a stack of our own.
    std::vector<std::pair<int, size_t>> stack = {{start.element, 0}};
    if (states[static_cast<size_t>(start.element)] != State::kNew) continue;
    states[static_cast<size_t>(start.element)] = State::kOpen;
    while (!stack.empty()) {
      auto& [index, next] = stack.back();
      const Element& element = definitions_->elements[static_cast<size_t>(index)];
      if (next == element.requirements.size()) {
        states[static_cast<size_t>(index)] = State::kDone;
        stack.pop_back();
        continue;
      }
      const int target = element.requirements[next++];
      State& state = states[static_cast<size_t>(target)];
      if (state == State::kOpen) {
        const auto found =
            std::find_if(pending_.begin(), pending_.end(),
                         [&element](const Pending& p) { return p.element == element.index; });
        Refuse(element.file, found->node, "a requirement that leads back to '" + element.name + "'",
               "requirements without a circle");
        continue;
      }
      if (state == State::kDone) continue;
      state = State::kOpen;
      stack.emplace_back(target, 0);
    }
  }
}

}  // namespace vroegsein::dmn
