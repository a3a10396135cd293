// The innermost of FEEL's grammar: names, literals, ranges, contexts, paths, filters and calls.
#include <algorithm>
#include <array>
#include <utility>

#include "rules/feel/builtins.h"
#include "rules/feel/parser.h"
#include "rules/feel/temporal_values.h"

namespace vroegsein::feel {

namespace {

// Members of FEEL's own values whose names are more than one word.
constexpr std::array<std::string_view, 3> kPropertyNames = {"time offset", "start included",
                                                            "end included"};

// A range whose ends are constants, in order, is a constant itself.
void FoldRange(Node* node) {
  const Node* start = node->kids[0];
  const Node* end = node->kids[1];
  if (start->op != Op::kConstant || end->op != Op::kConstant) return;
  if (Order(start->value, end->value).value_or(1) > 0) return;
  node->value = MakeRange(start->value, (node->a & kStartIncluded) != 0, end->value,
                          (node->a & kEndIncluded) != 0);
  node->op = Op::kConstant;
  node->kids.clear();
}

bool IsOfKind(const Type* type, Kind kind) {
  return type != nullptr && type->form == Type::Form::kSimple && type->simple == kind;
}

const Type* ElementOrSelf(const Type* type) {
  if (type == nullptr) return nullptr;
  return type->form == Type::Form::kList ? type->element : type;
}

}  // namespace

Node* Parser::Postfix() {
  Node* left = Primary();
  while (!failed_) {
    if (lexer_.Sees("..")) break;
    if (lexer_.Take(".")) {
      left = PathStep(left);
    } else if (lexer_.Sees("[")) {
      if (range_end_) {
        const auto mark = Save();
        range_end_ = false;
        Node* filtered = Filter(left);
        range_end_ = true;
        const char next = failed_ ? '\0' : lexer_.Peek();
        if (next != ']' && next != ')' && next != '[') {
          Restore(mark);
          break;
        }
        left = filtered;
      } else {
        left = Filter(left);
      }
    } else if (lexer_.Sees("(")) {
      left = Call(left);
    } else {
      break;
    }
  }
  return left;
}

Node* Parser::PathStep(Node* from) {
  const Type* known = ElementOrSelf(from->type);
  lexer_.SkipBlanks();
  size_t best = lexer_.Word().size();
  std::string name(lexer_.Word());
  auto consider = [&](std::string_view candidate) {
    const size_t length = lexer_.MatchName(candidate);
    if (length > best) {
      best = length;
      name = candidate;
    }
  };
  if (known != nullptr) {
    for (const auto& [member, type] : known->members) consider(member);
  }
  if (known == nullptr || known->members.empty()) {
    for (const std::string& hint : compiler_->environment().member_names) consider(hint);
  }
  for (const std::string_view property : kPropertyNames) consider(property);
  if (best == 0) return Fail("the name of a member is expected");
  lexer_.MoveTo(lexer_.position() + best);
  Node* node = compiler_->NewNode(Op::kPath);
  node->kids = {from};
  node->value = Value::String(name);
  if (known != nullptr) {
    const Type* member = known->Member(name);
    const bool list = from->type->form == Type::Form::kList;
    node->type = list && member != nullptr ? compiler_->program()->types.ListOf(member) : member;
  }
  return node;
}

Node* Parser::Filter(Node* list) {
  const Nested nested(this);
  if (nested.TooDeep()) return Fail("the expression is nested too deeply");
  lexer_.Take("[");
  const bool outer_range_end = std::exchange(range_end_, false);
  Node* node = compiler_->NewNode(Op::kFilter);
  node->a = compiler_->NewSlot();
  compiler_->BindItem(node->a, ElementOrSelf(list->type));
  Node* condition = Expression();
  compiler_->Pop();
  range_end_ = outer_range_end;
  if (failed_) return nullptr;
  if (!lexer_.Take("]")) return Fail("a closing bracket is expected");
  node->kids = {list, condition};
  node->type = FilterType(list->type, condition->type);
  return node;
}

// An index takes one item, a condition a list of them; of anything else nothing is known.
const Type* Parser::FilterType(const Type* list, const Type* condition) {
  if (list == nullptr) return nullptr;
  if (IsOfKind(condition, Kind::kNumber)) return ElementOrSelf(list);
  if (!IsOfKind(condition, Kind::kBoolean)) return nullptr;
  return list->form == Type::Form::kList ? list : compiler_->program()->types.ListOf(list);
}

Node* Parser::Call(Node* callee) {
  lexer_.Take("(");
  const bool outer_range_end = std::exchange(range_end_, false);
  Node* node = compiler_->NewNode(Op::kCall);
  node->kids = {callee};
  while (!failed_ && !lexer_.Sees(")")) {
    const auto mark = Save();
    auto name = lexer_.NameBefore(':');
    if (name) {
      lexer_.Take(":");
      node->names.push_back(Value::String(*name));
    } else {
      lexer_.MoveTo(mark.position);
    }
    if (name.has_value() != (node->names.size() == node->kids.size())) {
      Fail("either all arguments are named or none");
      break;
    }
    node->kids.push_back(Expression());
    if (failed_ || !lexer_.Take(",")) break;
  }
  range_end_ = outer_range_end;
  if (failed_) return nullptr;
  if (!lexer_.Take(")")) return Fail("a closing parenthesis is expected");
  if (callee->op == Op::kConstant && callee->value.IsFunction()) {
    node->builtin = callee->value.function().builtin;
    node->type = ResultType(node->builtin);
  }
  if (callee->type != nullptr && callee->type->form == Type::Form::kFunction) {
    node->type = callee->type->element;
  }
  return node;
}

Node* Parser::Primary() {
  const char c = lexer_.Peek();
  if (c == '\0' && lexer_.AtEnd()) return Fail("an expression is expected");
  if (c == '"' || c == '@') return StringOrAt();
  if (c == '[') return ListOrRange();
  if (c == ']') {
    lexer_.Take("]");
    Node* start = Expression();
    return failed_ ? nullptr : RangeRest(start, false);
  }
  if (c == '(') return Parenthesis();
  if (c == '{') return Context();
  if ((c >= '0' && c <= '9') || c == '.') {
    const auto text = lexer_.NumberText();
    if (!text) return Fail("an expression is expected");
    const auto number = Number::Parse(*text);
    if (!number) return Fail("this number is too large");
    return compiler_->Constant(Value::Number(*number));
  }
  return Name();
}

Node* Parser::Name() {
  const std::string_view word = lexer_.Word();
  if (word.empty()) return Fail("an expression is expected");
  size_t best = 0;
  std::string name;
  const GlobalSymbol* import = nullptr;
  bool in_item = false;
  auto consider = [&](std::string_view candidate, const GlobalSymbol* symbol) {
    const size_t length = lexer_.MatchName(candidate);
    if (length <= best) return;
    best = length;
    name = candidate;
    import = symbol;
  };
  for (size_t i = compiler_->bindings_.size(); i-- > 0;) {
    consider(compiler_->bindings_[i].name, nullptr);
    if (!compiler_->bindings_[i].item) continue;
    in_item = true;
    const Type* type = compiler_->bindings_[i].type;
    if (type == nullptr) continue;
    for (const auto& [member, member_type] : type->members) consider(member, nullptr);
  }
  for (const GlobalSymbol& symbol : compiler_->environment().symbols) {
    consider(symbol.name, symbol.members.empty() ? nullptr : &symbol);
  }
  for (const std::string_view builtin : BuiltinNames()) consider(builtin, nullptr);
  if (in_item) {
    for (const std::string& hint : compiler_->environment().member_names) consider(hint, nullptr);
  }
  if (best <= word.size() && IsKeyword(word)) {
    if (lexer_.TakeWord("true")) return compiler_->Constant(Value::Boolean(true));
    if (lexer_.TakeWord("false")) return compiler_->Constant(Value::Boolean(false));
    if (lexer_.TakeWord("null")) return compiler_->Constant(Value::Null());
    if (lexer_.SeesWord("if") || lexer_.SeesWord("for") || lexer_.SeesWord("some") ||
        lexer_.SeesWord("every") || lexer_.SeesWord("function")) {
      return Expression();
    }
    return Fail("an expression is expected, not '" + std::string(word) + "'");
  }
  if (best < word.size()) {
    best = word.size();
    name = word;
    import = nullptr;
  }
  if (name == "?") mentions_input_ = true;
  if (import != nullptr) {
    lexer_.MoveTo(lexer_.position() + best);
    return ImportedName(*import);
  }
  Node* node = compiler_->Resolve(name);
  if (node == nullptr) return Fail("unknown name '" + name + "'");
  lexer_.MoveTo(lexer_.position() + best);
  return node;
}

Node* Parser::ImportedName(const GlobalSymbol& import) {
  if (!lexer_.Take(".")) return Fail("'.' and a name of the import are expected");
  const GlobalSymbol* found = nullptr;
  size_t best = 0;
  lexer_.SkipBlanks();
  for (const GlobalSymbol& member : import.members) {
    const size_t length = lexer_.MatchName(member.name);
    if (length <= best) continue;
    best = length;
    found = &member;
  }
  if (found == nullptr) {
    return Fail("unknown name '" + std::string(lexer_.Word()) + "' in import '" + import.name +
                "'");
  }
  lexer_.MoveTo(lexer_.position() + best);
  if (!found->members.empty()) return ImportedName(*found);
  return compiler_->GlobalNode(*found);
}

Node* Parser::StringOrAt() {
  const bool at = lexer_.Take("@");
  if (!lexer_.Sees("\"")) return Fail("a string is expected after '@'");
  std::string error;
  const auto text = lexer_.StringLiteral(&error);
  if (!text) return Fail(error);
  if (!at) return compiler_->Constant(Value::String(*text));
  Value value = ParseTemporal(*text);
  if (value.IsNull()) return Fail("'" + *text + "' is no date, time or duration");
  return compiler_->Constant(std::move(value));
}

Node* Parser::ListOrRange() {
  const Nested nested(this);
  if (nested.TooDeep()) return Fail("the expression is nested too deeply");
  lexer_.Take("[");
  const bool outer_range_end = std::exchange(range_end_, false);
  Node* node = compiler_->NewNode(Op::kList);
  while (!failed_ && !lexer_.Sees("]")) {
    Node* item = Expression();
    if (failed_) break;
    if (node->kids.empty() && lexer_.Sees("..")) {
      range_end_ = outer_range_end;
      return RangeRest(item, true);
    }
    node->kids.push_back(item);
    if (!lexer_.Take(",")) break;
  }
  range_end_ = outer_range_end;
  if (failed_) return nullptr;
  if (!lexer_.Take("]")) return Fail("a closing bracket is expected");
  const Type* element = node->kids.empty() ? nullptr : node->kids[0]->type;
  for (const Node* kid : node->kids) {
    if (kid->type != element) element = nullptr;
  }
  if (element != nullptr) node->type = compiler_->program()->types.ListOf(element);
  return node;
}

Node* Parser::RangeRest(Node* start, bool start_included) {
  if (!lexer_.Take("..")) return Fail("'..' is expected");
  const bool outer_range_end = std::exchange(range_end_, true);
  Node* end = Expression();
  range_end_ = outer_range_end;
  if (failed_) return nullptr;
  Node* node = compiler_->NewNode(Op::kRange);
  node->kids = {start, end};
  node->a = start_included ? kStartIncluded : 0;
  if (lexer_.Take("]")) {
    node->a |= kEndIncluded;
  } else if (!lexer_.Take(")") && !lexer_.Take("[")) {
    return Fail("the end of a range is expected: ']', ')' or '['");
  }
  if (start->type != nullptr) node->type = compiler_->program()->types.RangeOf(start->type);
  FoldRange(node);
  return node;
}

Node* Parser::UnaryRange() {
  Comparison comparison;
  TakeComparison(&comparison);
  Node* end = Additive();
  if (failed_) return nullptr;
  if (!lexer_.Take(")")) return Fail("a closing parenthesis is expected");
  Node* null_end = compiler_->Constant(Value::Null());
  Node* node = compiler_->NewNode(Op::kRange);
  node->a = kUnaryForm;
  switch (comparison) {
    case Comparison::kLess: node->kids = {null_end, end}; break;
    case Comparison::kLessOrEqual:
      node->kids = {null_end, end};
      node->a |= kEndIncluded;
      break;
    case Comparison::kGreater: node->kids = {end, null_end}; break;
    case Comparison::kGreaterOrEqual:
      node->kids = {end, null_end};
      node->a |= kStartIncluded;
      break;
    case Comparison::kEqual:
      node->kids = {end, end};
      node->a |= kStartIncluded | kEndIncluded;
      break;
    case Comparison::kNotEqual:
      node->kids = {end, end};
      node->a |= kNotEqualForm;
      break;
  }
  if (end->type != nullptr) node->type = compiler_->program()->types.RangeOf(end->type);
  return node;
}

Node* Parser::Parenthesis() {
  const Nested nested(this);
  if (nested.TooDeep()) return Fail("the expression is nested too deeply");
  lexer_.Take("(");
  const char c = lexer_.Peek();
  if (c == '<' || c == '>' || c == '=' || c == '!') return UnaryRange();
  const bool outer_range_end = std::exchange(range_end_, false);
  Node* inner = Expression();
  range_end_ = outer_range_end;
  if (failed_) return nullptr;
  if (lexer_.Sees("..")) return RangeRest(inner, false);
  if (!lexer_.Take(")")) return Fail("a closing parenthesis is expected");
  return inner;
}

Node* Parser::Context() {
  const Nested nested(this);
  if (nested.TooDeep()) return Fail("the expression is nested too deeply");
  lexer_.Take("{");
  const bool outer_range_end = std::exchange(range_end_, false);
  Node* node = compiler_->NewNode(Op::kContext);
  Type* type = compiler_->program()->types.Make(Type::Form::kContext);
  size_t bound = 0;
  while (!failed_ && !lexer_.Sees("}")) {
    std::string key;
    if (lexer_.Sees("\"")) {
      std::string error;
      const auto text = lexer_.StringLiteral(&error);
      if (!text) {
        Fail(error);
        break;
      }
      key = *text;
    } else if (auto name = lexer_.NameBefore(':')) {
      key = *name;
    } else {
      Fail("the name of an entry and ':' are expected");
      break;
    }
    if (!lexer_.Take(":")) {
      Fail("':' is expected");
      break;
    }
    if (type->Member(key) != nullptr) {
      Fail("the entry '" + key + "' is there twice");
      break;
    }
    if (lexer_.SeesWord("function")) compiler_->NameNextFunction(key);
    Node* value = Expression();
    compiler_->NameNextFunction("");
    if (failed_) break;
    const int slot = compiler_->NewSlot();
    node->names.push_back(Value::String(key));
    node->kids.push_back(value);
    node->slots.push_back(slot);
    compiler_->Bind(key, slot, value->type);
    type->members.emplace_back(key, value->type != nullptr ? value->type : AnyType());
    ++bound;
    if (!lexer_.Take(",")) break;
  }
  compiler_->Pop(bound);
  range_end_ = outer_range_end;
  if (failed_) return nullptr;
  if (!lexer_.Take("}")) return Fail("a closing brace is expected");
  node->type = type;
  return node;
}

}  // namespace vroegsein::feel
