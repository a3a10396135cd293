// Elements: decisions, input data, knowledge models and services, with what they require.
#include <pugixml.hpp>

#include "rules/dmn/boxed.h"
#include "rules/dmn/loader.h"
#include "rules/feel/lexer.h"

namespace vroegsein::dmn {

using feel::Type;

namespace {

// What a function gives: its variable is typed as the function, or as its result.
const Type* ResultOf(const Element& element) {
  const bool function = element.type != nullptr && element.type->form == Type::Form::kFunction;
  return function ? element.type->element : element.type;
}

}  // namespace

void Loader::DeclareElements(size_t file) {
  for (const pugi::xml_node& node : files_[file].xml.root().children()) {
    if (node.type() != pugi::node_element) continue;
    const std::string_view name = LocalName(node);
    if (name == "inputData") DeclareElement(file, node, Element::Form::kInputData);
    if (name == "decision") DeclareElement(file, node, Element::Form::kDecision);
    if (name == "businessKnowledgeModel")
      DeclareElement(file, node, Element::Form::kKnowledgeModel);
    if (name == "decisionService") DeclareElement(file, node, Element::Form::kService);
  }
}

void Loader::DeclareElement(size_t file, const pugi::xml_node& node, Element::Form form) {
  const int index = static_cast<int>(definitions_->elements.size());
  Element& element = definitions_->elements.emplace_back();
  element.form = form;
  element.index = index;
  element.file = file;
  element.id = Attribute(node, "id");
  element.name = feel::NormalizeName(Attribute(node, "name"));
  element.place = PlaceOf(file, node);
  if (element.name.empty()) Complain(file, node, "an element without a name", "a name");
  if (!element.id.empty() && !files_[file].elements.emplace(element.id, index).second) {
    Refuse(file, node, "a second element with id '" + element.id + "'", "ids that differ");
  }
  for (const Element& other : definitions_->elements) {
    if (other.index != index && other.file == file && other.name == element.name &&
        !element.name.empty()) {
      Complain(file, node, "a second element '" + element.name + "'", "names that differ");
    }
  }
  pending_.push_back({index, node});
}

void Loader::TypeElement(const Pending& pending) {
  Element& element = definitions_->elements[static_cast<size_t>(pending.element)];
  const pugi::xml_node variable = Child(pugi::xml_node(pending.node), "variable");
  const std::string_view ref = Attribute(variable, "typeRef");
  if (!ref.empty()) element.type = TypeRef(element.file, variable, ref);
}

// What a caller may know of a function: its parameters and its result.
void Loader::SignKnowledge(Element* element, const pugi::xml_node& node) {
  Type* signature = definitions_->types.Make(Type::Form::kFunction);
  for (const pugi::xml_node& parameter :
       Children(Child(node, "encapsulatedLogic"), "formalParameter")) {
    const std::string_view ref = Attribute(parameter, "typeRef");
    const Type* type = ref.empty() ? feel::AnyType() : TypeRef(element->file, parameter, ref);
    signature->members.emplace_back(feel::NormalizeName(Attribute(parameter, "name")), type);
  }
  const Type* result = ResultOf(*element);
  signature->element = result != nullptr ? result : feel::AnyType();
  element->signature = signature;
}

int Loader::Reference(size_t file, const pugi::xml_node& node, std::string_view href) {
  const size_t hash = href.find('#');
  const std::string_view space = hash == std::string_view::npos ? "" : href.substr(0, hash);
  const std::string_view id = hash == std::string_view::npos ? href : href.substr(hash + 1);
  size_t target = file;
  bool found = space.empty() || space == definitions_->files[file].namespace_uri;
  for (size_t other = 0; other < files_.size() && !found; ++other) {
    if (definitions_->files[other].namespace_uri != space) continue;
    target = other;
    found = true;
  }
  if (found) {
    const auto element = files_[target].elements.find(id);
    if (element != files_[target].elements.end()) return element->second;
  }
  Complain(file, node, "a reference to '" + std::string(href) + "'", "the id of an element");
  return -1;
}

// How `file` calls an element: by its name, or behind the name of an import.
void Loader::AddSymbol(size_t file, const Element& target, feel::Environment* environment) {
  feel::GlobalSymbol symbol;
  symbol.name = target.name;
  symbol.index = target.index;
  symbol.invocable =
      target.form == Element::Form::kKnowledgeModel || target.form == Element::Form::kService;
  symbol.type = symbol.invocable ? target.signature : target.type;
  std::string prefix;
  for (const Import& import : files_[file].imports) {
    if (import.found && import.file == target.file) prefix = import.name;
  }
  if (target.file == file || prefix.empty()) {
    environment->symbols.push_back(std::move(symbol));
    return;
  }
  for (feel::GlobalSymbol& known : environment->symbols) {
    if (known.name == prefix && !known.members.empty()) {
      known.members.push_back(std::move(symbol));
      return;
    }
  }
  feel::GlobalSymbol import;
  import.name = prefix;
  import.members.push_back(std::move(symbol));
  environment->symbols.push_back(std::move(import));
}

void Loader::Require(Element* element, const pugi::xml_node& node, feel::Environment* environment) {
  for (const pugi::xml_node& requirement : node.children()) {
    const std::string_view name = LocalName(requirement);
    if (name != "informationRequirement" && name != "knowledgeRequirement") continue;
    for (const pugi::xml_node& required : requirement.children()) {
      const std::string_view kind = LocalName(required);
      if (kind != "requiredDecision" && kind != "requiredInput" && kind != "requiredKnowledge") {
        continue;
      }
      const int target = Reference(element->file, required, Attribute(required, "href"));
      if (target < 0) continue;
      const Element& other = definitions_->elements[static_cast<size_t>(target)];
      AddSymbol(element->file, other, environment);
      // A knowledge model may call itself; that is no circle of requirements.
      if (kind != "requiredKnowledge") element->requirements.push_back(target);
    }
  }
}

void Loader::DefineElement(const Pending& pending) {
  Element& element = definitions_->elements[static_cast<size_t>(pending.element)];
  const bool has_logic =
      element.form == Element::Form::kDecision || element.form == Element::Form::kKnowledgeModel;
  if (!has_logic) return;
  feel::Environment environment;
  environment.types = files_[element.file].visible_types;
  environment.member_names = member_names_;
  Require(&element, pending.node, &environment);
  if (element.form == Element::Form::kDecision) {
    DefineDecision(&element, pending.node, environment);
    return;
  }
  AddSymbol(element.file, element, &environment);
  DefineKnowledge(&element, pending.node, environment);
}

void Loader::DefineDecision(Element* element, const pugi::xml_node& node,
                            const feel::Environment& environment) {
  feel::Compiler compiler(&element->program, &environment);
  Boxed boxed(this, element->file, element->name, &compiler);
  feel::Node* root = boxed.ChildExpression(node);
  if (root == nullptr) root = compiler.Constant(feel::Value());
  compiler.Finish(compiler.Coerce(root, element->type));
}

void Loader::DefineKnowledge(Element* element, const pugi::xml_node& node,
                             const feel::Environment& environment) {
  feel::Compiler compiler(&element->program, &environment);
  Boxed boxed(this, element->file, element->name, &compiler);
  const pugi::xml_node logic = Child(node, "encapsulatedLogic");
  const std::string_view kind = Attribute(logic, "kind");
  const Type* result = ResultOf(*element);
  feel::Node* root = nullptr;
  if (!kind.empty() && kind != "FEEL") {
    Complain(element->file, logic, "a function of kind " + std::string(kind),
             "kind FEEL: external functions are not supported");
    root = compiler.Failure("external functions are not supported");
  } else {
    root = boxed.Function(logic, result);
  }
  compiler.Finish(root);
}

void Loader::DefineService(Element* element, const pugi::xml_node& node) {
  const auto references = [&](std::string_view name, std::vector<int>* out) {
    for (const pugi::xml_node& child : Children(node, name)) {
      const int target = Reference(element->file, child, Attribute(child, "href"));
      if (target >= 0) out->push_back(target);
    }
  };
  references("outputDecision", &element->outputs);
  references("inputData", &element->parameters);
  references("inputDecision", &element->parameters);
  element->function = MakeServiceFunction(*definitions_, *element);
  Type* signature = definitions_->types.Make(Type::Form::kFunction);
  for (const int parameter : element->parameters) {
    const Element& other = definitions_->elements[static_cast<size_t>(parameter)];
    signature->members.emplace_back(other.name,
                                    other.type != nullptr ? other.type : feel::AnyType());
  }
  const Type* result = ResultOf(*element);
  signature->element = result != nullptr ? result : feel::AnyType();
  element->signature = signature;
}

}  // namespace vroegsein::dmn
