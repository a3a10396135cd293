#include "rules/dmn/boxed.h"

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "rules/feel/lexer.h"
#include "rules/feel/typing.h"

namespace vroegsein::dmn {

using feel::Node;
using feel::Op;
using feel::Value;

namespace {

constexpr std::array<std::string_view, 13> kExpressions = {"literalExpression",
                                                           "context",
                                                           "decisionTable",
                                                           "invocation",
                                                           "functionDefinition",
                                                           "list",
                                                           "relation",
                                                           "conditional",
                                                           "filter",
                                                           "for",
                                                           "some",
                                                           "every",
                                                           "textExpression"};

bool IsExpression(const pugi::xml_node& node) {
  return node.type() == pugi::node_element &&
         std::find(kExpressions.begin(), kExpressions.end(), LocalName(node)) != kExpressions.end();
}

// Whether the expression of a context entry is a function literal.
bool IsFunction(const pugi::xml_node& entry) {
  if (Child(entry, "functionDefinition")) return true;
  return Trim(ChildText(Child(entry, "literalExpression"), "text")).starts_with("function");
}

bool IsFeel(std::string_view language) {
  return language.empty() || language == "feel" || language == "FEEL" ||
         language.find("/FEEL/") != std::string_view::npos;
}

}  // namespace

Node* Boxed::ChildExpression(const pugi::xml_node& parent) {
  for (const pugi::xml_node& child : parent.children()) {
    if (IsExpression(child)) return Expression(child);
  }
  return nullptr;
}

Node* Boxed::Broken(const pugi::xml_node& node, std::string found, std::string expected) {
  Node* failure = compiler_->Failure(found + "; expected: " + expected);
  loader_->Complain(file_, node, std::move(found), std::move(expected));
  return failure;
}

Node* Boxed::Expression(const pugi::xml_node& node) {
  const std::string_view name = LocalName(node);
  Node* out = nullptr;
  if (name == "literalExpression") out = Literal(node);
  if (name == "context") out = Context(node);
  if (name == "decisionTable") out = Table(node);
  if (name == "invocation") out = Invocation(node);
  if (name == "functionDefinition") out = FunctionDefinition(node);
  if (name == "list") out = List(node);
  if (name == "relation") out = Relation(node);
  if (name == "conditional") out = Conditional(node);
  if (name == "filter") out = Filter(node);
  if (name == "for") out = Iterator(node, Op::kFor, "return");
  if (name == "some") out = Iterator(node, Op::kSome, "satisfies");
  if (name == "every") out = Iterator(node, Op::kEvery, "satisfies");
  if (out == nullptr) return Broken(node, std::string(name), "a boxed expression of DMN 1.5");
  const std::string_view type = Attribute(node, "typeRef");
  loader_->Remember(file_, node, out);
  if (type.empty()) return out;
  return compiler_->Coerce(out, loader_->TypeRef(file_, node, type));
}

void Boxed::TakeErrors(const pugi::xml_node& node, std::string_view text) {
  constexpr size_t kShownMax = 60;
  for (const feel::CompileError& error : compiler_->TakeErrors()) {
    std::string_view rest = text.substr(std::min(error.offset, text.size()));
    std::string found =
        rest.empty() ? "the end of the text" : "'" + std::string(rest.substr(0, kShownMax)) + "'";
    loader_->Complain(file_, node, std::move(found), error.message);
  }
}

Node* Boxed::Text(const pugi::xml_node& node, std::string_view text) {
  Node* out = compiler_->Expression(text);
  loader_->Remember(file_, node, out);
  TakeErrors(node, text);
  return out;
}

Node* Boxed::Tests(const pugi::xml_node& node, std::string_view text, int slot,
                   const feel::Type* type) {
  if (Trim(text).empty()) return compiler_->NewNode(Op::kTestAny);
  Node* out = compiler_->UnaryTests(text, slot, type);
  loader_->Remember(file_, node, out);
  TakeErrors(node, text);
  return out;
}

Node* Boxed::Literal(const pugi::xml_node& node) {
  if (!IsFeel(Attribute(node, "expressionLanguage"))) {
    return Broken(node, "expression language " + std::string(Attribute(node, "expressionLanguage")),
                  "FEEL");
  }
  if (Child(node, "importedValues")) return Broken(node, "importedValues", "a text in FEEL");
  const std::string_view text = ChildText(node, "text");
  if (Trim(text).empty()) return compiler_->Constant(Value());
  return Text(node, text);
}

Node* Boxed::Context(const pugi::xml_node& node) {
  Node* out = compiler_->NewNode(Op::kContext);
  feel::Type* type = compiler_->program()->types.Make(feel::Type::Form::kContext);
  size_t bound = 0;
  bool has_result = false;
  for (const pugi::xml_node& entry : Children(node, "contextEntry")) {
    const pugi::xml_node variable = Child(entry, "variable");
    if (IsFunction(entry)) {
      compiler_->NameNextFunction(feel::NormalizeName(Attribute(variable, "name")));
    }
    Node* value = ChildExpression(entry);
    compiler_->NameNextFunction("");
    if (value == nullptr) value = compiler_->Constant(Value());
    if (!variable) {
      out->names.push_back(Value());
      out->slots.push_back(0);
      out->kids.push_back(value);
      out->type = value->type;
      has_result = true;
      continue;
    }
    const std::string name = feel::NormalizeName(Attribute(variable, "name"));
    const feel::Type* member = nullptr;
    if (const std::string_view ref = Attribute(variable, "typeRef"); !ref.empty()) {
      member = loader_->TypeRef(file_, variable, ref);
      value = compiler_->Coerce(value, member);
    }
    if (member == nullptr) member = value->type;
    const int slot = compiler_->NewSlot();
    out->names.push_back(Value::String(name));
    out->slots.push_back(slot);
    out->kids.push_back(value);
    compiler_->Bind(name, slot, member);
    type->members.emplace_back(name, member != nullptr ? member : feel::AnyType());
    ++bound;
  }
  compiler_->Pop(bound);
  if (!has_result) out->type = type;
  return out;
}

Node* Boxed::Invocation(const pugi::xml_node& node) {
  Node* out = compiler_->NewNode(Op::kCall);
  Node* callee = ChildExpression(node);
  if (callee == nullptr) return Broken(node, "an invocation without a function", "an expression");
  out->kids.push_back(callee);
  for (const pugi::xml_node& binding : Children(node, "binding")) {
    Node* value = ChildExpression(binding);
    if (value == nullptr) value = compiler_->Constant(Value());
    const std::string name = feel::NormalizeName(Attribute(Child(binding, "parameter"), "name"));
    out->names.push_back(Value::String(name));
    out->kids.push_back(value);
  }
  if (callee->type != nullptr && callee->type->form == feel::Type::Form::kFunction) {
    out->type = callee->type->element;
  }
  return out;
}

Node* Boxed::List(const pugi::xml_node& node) {
  Node* out = compiler_->NewNode(Op::kList);
  for (const pugi::xml_node& child : node.children()) {
    if (IsExpression(child)) out->kids.push_back(Expression(child));
  }
  return out;
}

Node* Boxed::Relation(const pugi::xml_node& node) {
  std::vector<Value> names;
  std::vector<const feel::Type*> types;
  for (const pugi::xml_node& column : Children(node, "column")) {
    names.push_back(Value::String(feel::NormalizeName(Attribute(column, "name"))));
    const std::string_view ref = Attribute(column, "typeRef");
    types.push_back(ref.empty() ? nullptr : loader_->TypeRef(file_, column, ref));
  }
  Node* out = compiler_->NewNode(Op::kList);
  for (const pugi::xml_node& row : Children(node, "row")) {
    Node* context = compiler_->NewNode(Op::kContext);
    for (const pugi::xml_node& cell : row.children()) {
      if (!IsExpression(cell)) continue;
      const size_t column = context->kids.size();
      if (column >= names.size()) {
        loader_->Complain(file_, row, "a row with more cells than columns", "a cell per column");
        break;
      }
      context->kids.push_back(compiler_->Coerce(Expression(cell), types[column]));
      context->names.push_back(names[column]);
      context->slots.push_back(compiler_->NewSlot());
    }
    out->kids.push_back(context);
  }
  return out;
}

// An expression in a part of its own: <if>, <in>, <return>.
Node* Boxed::Part(const pugi::xml_node& node, std::string_view name) {
  const pugi::xml_node part = Child(node, name);
  Node* out = part ? ChildExpression(part) : nullptr;
  if (out == nullptr) {
    return Broken(node, std::string(LocalName(node)) + " without <" + std::string(name) + ">",
                  "an expression in <" + std::string(name) + ">");
  }
  const std::string_view type = Attribute(part, "typeRef");
  return type.empty() ? out : compiler_->Coerce(out, loader_->TypeRef(file_, part, type));
}

Node* Boxed::Conditional(const pugi::xml_node& node) {
  Node* out = compiler_->NewNode(Op::kIf);
  out->kids = {Part(node, "if"), Part(node, "then"), Part(node, "else")};
  out->type = feel::CommonType(out->kids[1], out->kids[2]);
  return out;
}

Node* Boxed::Filter(const pugi::xml_node& node) {
  Node* out = compiler_->NewNode(Op::kFilter);
  Node* list = Part(node, "in");
  out->a = compiler_->NewSlot();
  out->b = 1;
  const feel::Type* type = list->type;
  if (type != nullptr && type->form == feel::Type::Form::kList) type = type->element;
  compiler_->BindItem(out->a, type);
  out->kids = {list, Part(node, "match")};
  compiler_->Pop();
  const bool is_list = list->type != nullptr && list->type->form == feel::Type::Form::kList;
  out->type = is_list || list->type == nullptr ? list->type
                                               : compiler_->program()->types.ListOf(list->type);
  return out;
}

Node* Boxed::Iterator(const pugi::xml_node& node, Op op, std::string_view body) {
  Node* out = compiler_->NewNode(op);
  Node* list = Part(node, "in");
  const feel::Type* type = feel::ItemType(list->type);
  const int slot = compiler_->NewSlot();
  out->slots = {slot};
  compiler_->Bind(feel::NormalizeName(Attribute(node, "iteratorVariable")), slot, type);
  size_t bound = 1;
  out->b = 1;
  if (op == Op::kFor) {
    out->a = compiler_->NewSlot();
    compiler_->Bind("partial", out->a, nullptr);
    ++bound;
  }
  out->kids = {list, nullptr, Part(node, body)};
  compiler_->Pop(bound);
  if (op != Op::kFor) out->type = feel::TypeOfKind(feel::Kind::kBoolean);
  return out;
}

Node* Boxed::FunctionDefinition(const pugi::xml_node& node) {
  const std::string_view kind = Attribute(node, "kind");
  if (!kind.empty() && kind != "FEEL") {
    return Broken(node, "a function of kind " + std::string(kind),
                  "kind FEEL: external functions are not supported");
  }
  return Function(node, nullptr);
}

Node* Boxed::Function(const pugi::xml_node& node, const feel::Type* result_type) {
  feel::Lambda* lambda = compiler_->OpenFunction();
  size_t bound = 0;
  for (const pugi::xml_node& parameter : Children(node, "formalParameter")) {
    const std::string_view ref = Attribute(parameter, "typeRef");
    const feel::Type* type = ref.empty() ? nullptr : loader_->TypeRef(file_, parameter, ref);
    const std::string name = feel::NormalizeName(Attribute(parameter, "name"));
    lambda->parameter_names.push_back(name);
    lambda->parameter_types.push_back(type);
    compiler_->Bind(name, compiler_->NewSlot(), type);
    ++bound;
  }
  bound += compiler_->BindSelf(lambda);
  Node* body = ChildExpression(node);
  if (body == nullptr) body = compiler_->Constant(Value());
  lambda->result_type = result_type;
  compiler_->Pop(bound);
  return compiler_->CloseFunction(lambda, body);
}

}  // namespace vroegsein::dmn
