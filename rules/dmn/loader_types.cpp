// Item definitions: from XML to types.
#include <algorithm>
#include <pugixml.hpp>

#include "rules/dmn/loader.h"
#include "rules/feel/lexer.h"

namespace vroegsein::dmn {

using feel::Type;

void Loader::DeclareTypes(size_t file) {
  for (const pugi::xml_node& node : Children(files_[file].xml.root(), "itemDefinition")) {
    const std::string name = feel::NormalizeName(Attribute(node, "name"));
    Type* type = definitions_->types.Make(Type::Form::kAny);
    type->name = name;
    if (!files_[file].types.emplace(name, type).second) {
      Complain(file, node, "a second item definition '" + name + "'", "names that differ");
      continue;
    }
    files_[file].item_definitions.emplace_back(name, node);
  }
}

void Loader::CollectVisibleTypes(size_t file) {
  auto& visible = files_[file].visible_types;
  for (const auto& [name, type] : files_[file].types) visible.emplace_back(name, type);
  for (const Import& import : files_[file].imports) {
    if (!import.found) continue;
    const std::string prefix = import.name.empty() ? "" : import.name + ".";
    for (const auto& [name, type] : files_[import.file].types) {
      visible.emplace_back(prefix + name, type);
    }
  }
}

const Type* Loader::TypeRef(size_t file, const pugi::xml_node& node, std::string_view ref) {
  std::string name = feel::NormalizeName(ref);
  if (name.empty()) return feel::AnyType();
  for (const auto& [known, type] : files_[file].visible_types) {
    if (known == name) return type;
  }
  if (name.starts_with("feel:")) name = name.substr(5);
  if (name == "any") name = "Any";
  if (const Type* type = feel::BuiltinType(name)) return type;
  Complain(file, node, "type '" + std::string(ref) + "'", "a type of FEEL or an item definition");
  return feel::AnyType();
}

void Loader::DefineTypes(size_t file) {
  for (const auto& [name, node] : files_[file].item_definitions) DefineType(file, name, node);
}

void Loader::DefineType(size_t file, const std::string& name, const pugi::xml_node& node) {
  FillType(file, node, files_[file].types.find(name)->second, 0);
}

// Makes `type` what `node` says: an item definition or an item component.
void Loader::FillType(size_t file, const pugi::xml_node& node, Type* type, int depth) {
  constexpr int kAliasDepthMax = 50;
  int& state = type_state_[type];
  if (state == 2) return;
  if (state == 1 || depth > kAliasDepthMax) {
    Complain(file, node, "a type that is defined by itself", "types without a circle");
    return;
  }
  state = 1;
  const bool collection = Attribute(node, "isCollection") == "true";
  Type* item = collection ? definitions_->types.Make(Type::Form::kAny) : type;
  if (collection) item->name = type->name;
  if (const pugi::xml_node function = Child(node, "functionItem")) {
    item->form = Type::Form::kFunction;
    if (!Attribute(function, "outputTypeRef").empty()) {
      item->element = TypeRef(file, function, Attribute(function, "outputTypeRef"));
    }
    for (const pugi::xml_node& parameter : Children(function, "parameters")) {
      item->members.emplace_back(Attribute(parameter, "name"),
                                 TypeRef(file, parameter, Attribute(parameter, "typeRef")));
    }
  } else if (const auto components = Children(node, "itemComponent"); !components.empty()) {
    item->form = Type::Form::kContext;
    for (const pugi::xml_node& component : components) {
      Type* member = definitions_->types.Make(Type::Form::kAny);
      const std::string name = feel::NormalizeName(Attribute(component, "name"));
      member->name = name;
      item->members.emplace_back(name, member);
      FillType(file, component, member, depth + 1);
    }
  } else if (const std::string_view ref = Trim(ChildText(node, "typeRef")); !ref.empty()) {
    const Type* target = TypeRef(file, node, ref);
    for (size_t other = 0; other < files_.size(); ++other) {
      for (const auto& [name, definition] : files_[other].item_definitions) {
        Type* own = files_[other].types.find(name)->second;
        if (own == target) {
          // A member may point back at the type that is being made: by pointer, not by content.
          if (type_state_[own] == 0) FillType(other, definition, own, depth + 1);
        }
      }
    }
    const std::string name = item->name;
    if (type_state_[target] == 1) {
      Complain(file, node, "a type that contains itself", "types without a circle");
    } else {
      *item = *target;
      if (!name.empty()) item->name = name;
    }
  }
  if (collection) {
    type->form = Type::Form::kList;
    type->element = item;
  }
  if (const pugi::xml_node allowed = Child(node, "allowedValues")) Constrain(file, allowed, item);
  if (const pugi::xml_node constraint = Child(node, "typeConstraint")) {
    Constrain(file, constraint, type);
  }
  type_state_[type] = 2;
}

void Loader::Constrain(size_t file, const pugi::xml_node& node, Type* type) {
  const std::string_view text = ChildText(node, "text");
  if (Trim(text).empty()) return;
  definitions_->constraints.emplace_back();
  feel::Program* program = &definitions_->constraints.back();
  feel::Environment environment;
  environment.types = files_[file].visible_types;
  environment.member_names = member_names_;
  feel::Compiler compiler(program, &environment);
  const int slot = compiler.NewSlot();
  compiler.Finish(compiler.UnaryTests(text, slot, type));
  for (const feel::CompileError& error : compiler.errors()) {
    Complain(file, node, "'" + std::string(text.substr(std::min(error.offset, text.size()))) + "'",
             error.message);
  }
  type->constraints.push_back(program);
}

}  // namespace vroegsein::dmn
