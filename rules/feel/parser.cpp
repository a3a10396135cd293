#include "rules/feel/parser.h"

#include <algorithm>
#include <array>

#include "rules/feel/builtins.h"
#include "rules/feel/temporal_values.h"

namespace vroegsein::feel {

namespace {

// Members of FEEL's own values whose names are more than one word.
constexpr std::array<std::string_view, 3> kPropertyNames = {"time offset", "start included",
                                                            "end included"};

const Type* ElementOrSelf(const Type* type) {
  if (type == nullptr) return nullptr;
  return type->form == Type::Form::kList ? type->element : type;
}

}  // namespace

Node* Parser::ParseExpression() {
  if (lexer_.text().size() > Compiler::kTextBytesMax) return Finish(Fail("the text is too long"));
  Node* node = Expression();
  if (!failed_ && !lexer_.AtEnd()) Fail("this does not belong to the expression before it");
  return Finish(node);
}

Node* Parser::ParseUnaryTests(int input_slot) {
  if (lexer_.text().size() > Compiler::kTextBytesMax) return Finish(Fail("the text is too long"));
  Node* node = nullptr;
  if (lexer_.Sees("-")) {
    lexer_.Take("-");
    if (lexer_.AtEnd()) return compiler_->NewNode(Op::kTestAny);
    lexer_.MoveTo(0);
  }
  const auto mark = Save();
  if (lexer_.TakeWord("not") && lexer_.Take("(")) {
    node = TestList(input_slot, ')');
    if (!failed_ && lexer_.Take(")") && lexer_.AtEnd()) {
      node->a = 1;
      return Finish(node);
    }
    if (!failed_) Fail("a closing parenthesis is expected");
    Restore(mark);
  }
  lexer_.MoveTo(mark.position);
  node = TestList(input_slot, '\0');
  if (!failed_ && !lexer_.AtEnd()) Fail("this does not belong to the test before it");
  return Finish(node);
}

Node* Parser::Finish(Node* node) {
  if (!failed_) return node;
  compiler_->errors_.push_back({message_, offset_});
  return compiler_->Failure(message_);
}

Node* Parser::Fail(std::string message) {
  if (!failed_) {
    lexer_.SkipBlanks();
    // The error that got furthest tells most.
    if (message_.empty() || lexer_.position() >= offset_) {
      message_ = std::move(message);
      offset_ = lexer_.position();
    }
  }
  failed_ = true;
  return nullptr;
}

Parser::Mark Parser::Save() const { return {lexer_.position(), failed_, 0}; }

void Parser::Restore(const Mark& mark) {
  if (++backtracks_ > kBacktracksMax) {
    Fail("the text can be read in too many ways");
    return;
  }
  lexer_.MoveTo(mark.position);
  failed_ = mark.failed;
}

Node* Parser::Expression() {
  const Nested nested(this);
  if (nested.TooDeep()) return Fail("the expression is nested too deeply");
  if (lexer_.SeesWord("if")) return If();
  if (lexer_.SeesWord("for")) return For();
  if (lexer_.SeesWord("some")) return Quantified(Op::kSome);
  if (lexer_.SeesWord("every")) return Quantified(Op::kEvery);
  if (lexer_.SeesWord("function")) {
    const auto mark = Save();
    lexer_.TakeWord("function");
    const bool literal = lexer_.Sees("(");
    lexer_.MoveTo(mark.position);
    if (literal) return FunctionLiteral();
  }
  return Disjunction();
}

Node* Parser::If() {
  lexer_.TakeWord("if");
  Node* node = compiler_->NewNode(Op::kIf);
  Node* condition = Expression();
  if (failed_) return nullptr;
  if (!lexer_.TakeWord("then")) return Fail("'then' is expected");
  Node* yes = Expression();
  if (failed_) return nullptr;
  if (!lexer_.TakeWord("else")) return Fail("'else' is expected");
  Node* no = Expression();
  if (failed_) return nullptr;
  node->kids = {condition, yes, no};
  if (yes->type == no->type) node->type = yes->type;
  return node;
}

Node* Parser::For() {
  lexer_.TakeWord("for");
  Node* node = compiler_->NewNode(Op::kFor);
  size_t bound = 0;
  do {
    const size_t at = lexer_.position();
    lexer_.SkipBlanks();
    // A name up to " in ": the shortest reading.
    std::string name;
    while (!lexer_.AtEnd() && !lexer_.SeesWord("in")) {
      const std::string_view word = lexer_.Word();
      const size_t length = word.empty() ? 1 : word.size();
      if (!name.empty() && lexer_.position() > at) name += ' ';
      name += lexer_.text().substr(lexer_.position(), length);
      lexer_.MoveTo(lexer_.position() + length);
      if (name.size() > 500) break;
    }
    if (name.empty() || !lexer_.TakeWord("in")) {
      Fail("a name and 'in' are expected");
      break;
    }
    Node* from = Expression();
    Node* to = nullptr;
    if (!failed_ && lexer_.Take("..")) to = Expression();
    if (failed_) break;
    const int slot = compiler_->NewSlot();
    node->kids.push_back(from);
    node->kids.push_back(to);
    node->slots.push_back(slot);
    const Type* type = to != nullptr ? TypeOfKind(Kind::kNumber) : ElementOrSelf(from->type);
    compiler_->Bind(name, slot, type);
    ++bound;
  } while (lexer_.Take(","));
  if (!failed_ && !lexer_.TakeWord("return")) Fail("'return' is expected");
  if (!failed_) {
    node->a = compiler_->NewSlot();
    compiler_->Bind("partial", node->a, nullptr);
    ++bound;
    const size_t body_from = lexer_.position();
    Node* body = Expression();
    if (!failed_) {
      const auto read = lexer_.text().substr(body_from, lexer_.position() - body_from);
      node->b = read.find("partial") != std::string_view::npos ? 1 : 0;
      node->kids.push_back(body);
      if (body->type != nullptr) node->type = compiler_->program()->types.ListOf(body->type);
    }
  }
  compiler_->Pop(bound);
  return failed_ ? nullptr : node;
}

Node* Parser::Quantified(Op op) {
  lexer_.TakeWord(op == Op::kSome ? "some" : "every");
  Node* node = compiler_->NewNode(op);
  node->type = TypeOfKind(Kind::kBoolean);
  size_t bound = 0;
  do {
    std::string name;
    while (!lexer_.AtEnd() && !lexer_.SeesWord("in")) {
      const std::string_view word = lexer_.Word();
      const size_t length = word.empty() ? 1 : word.size();
      if (!name.empty()) name += ' ';
      name += lexer_.text().substr(lexer_.position(), length);
      lexer_.MoveTo(lexer_.position() + length);
      if (name.size() > 500) break;
    }
    if (name.empty() || !lexer_.TakeWord("in")) {
      Fail("a name and 'in' are expected");
      break;
    }
    Node* from = Expression();
    Node* to = nullptr;
    if (!failed_ && lexer_.Take("..")) to = Expression();
    if (failed_) break;
    const int slot = compiler_->NewSlot();
    node->kids.push_back(from);
    node->kids.push_back(to);
    node->slots.push_back(slot);
    compiler_->Bind(name, slot, ElementOrSelf(from->type));
    ++bound;
  } while (lexer_.Take(","));
  if (!failed_ && !lexer_.TakeWord("satisfies")) Fail("'satisfies' is expected");
  if (!failed_) {
    Node* body = Expression();
    if (!failed_) node->kids.push_back(body);
  }
  compiler_->Pop(bound);
  return failed_ ? nullptr : node;
}

Node* Parser::FunctionLiteral() {
  lexer_.TakeWord("function");
  lexer_.Take("(");
  Lambda* lambda = compiler_->OpenFunction();
  size_t bound = 0;
  while (!failed_ && !lexer_.Sees(")")) {
    auto mark = Save();
    auto name = lexer_.NameBefore(':');
    const Type* type = nullptr;
    if (name && name->find(',') == std::string::npos) {
      lexer_.Take(":");
      type = TypeExpression();
    } else {
      lexer_.MoveTo(mark.position);
      name = lexer_.NameBefore(',');
      if (!name) {
        lexer_.MoveTo(mark.position);
        name = lexer_.NameBefore(')');
      }
      if (!name) Fail("the name of a parameter is expected");
    }
    if (failed_) break;
    const int slot = compiler_->NewSlot();
    lambda->parameter_names.push_back(*name);
    lambda->parameter_types.push_back(type);
    compiler_->Bind(*name, slot, type);
    ++bound;
    if (!lexer_.Take(",")) break;
  }
  Node* body = nullptr;
  if (!failed_ && !lexer_.Take(")")) Fail("a closing parenthesis is expected");
  if (!failed_ && lexer_.SeesWord("external")) {
    Fail("external functions (Java, PMML) are not supported");
  }
  if (!failed_) body = Expression();
  compiler_->Pop(bound);
  Node* node = compiler_->CloseFunction(lambda, body);
  return failed_ ? nullptr : node;
}

Node* Parser::Disjunction() {
  Node* left = Conjunction();
  while (!failed_ && lexer_.TakeWord("or")) {
    Node* node = compiler_->NewNode(Op::kOr);
    node->kids = {left, Conjunction()};
    node->type = TypeOfKind(Kind::kBoolean);
    left = node;
  }
  return left;
}

Node* Parser::Conjunction() {
  Node* left = ComparisonLevel();
  while (!failed_ && lexer_.TakeWord("and")) {
    Node* node = compiler_->NewNode(Op::kAnd);
    node->kids = {left, ComparisonLevel()};
    node->type = TypeOfKind(Kind::kBoolean);
    left = node;
  }
  return left;
}

bool Parser::TakeComparison(Comparison* comparison) {
  constexpr std::array<std::pair<std::string_view, Comparison>, 6> kSigns = {
      {{"<=", Comparison::kLessOrEqual},
       {">=", Comparison::kGreaterOrEqual},
       {"!=", Comparison::kNotEqual},
       {"<", Comparison::kLess},
       {">", Comparison::kGreater},
       {"=", Comparison::kEqual}}};
  for (const auto& [sign, meaning] : kSigns) {
    if (lexer_.Take(sign)) {
      *comparison = meaning;
      return true;
    }
  }
  return false;
}

Node* Parser::ComparisonLevel() {
  Node* left = Additive();
  while (!failed_) {
    Comparison comparison;
    if (lexer_.TakeWord("between")) {
      Node* node = compiler_->NewNode(Op::kBetween);
      Node* low = Additive();
      if (failed_) return nullptr;
      if (!lexer_.TakeWord("and")) return Fail("'and' is expected");
      node->kids = {left, low, Additive()};
      left = node;
    } else if (lexer_.TakeWord("in")) {
      left = In(left);
    } else if (TakeComparison(&comparison)) {
      Node* node = compiler_->NewNode(Op::kCompare);
      node->a = static_cast<int>(comparison);
      node->kids = {left, Additive()};
      left = node;
    } else {
      break;
    }
    if (!failed_) left->type = TypeOfKind(Kind::kBoolean);
  }
  return left;
}

Node* Parser::In(Node* value) {
  Node* node = compiler_->NewNode(Op::kIn);
  node->a = compiler_->NewSlot();
  Node* tests = nullptr;
  const bool outer_mentions = mentions_input_;
  const auto mark = Save();
  if (lexer_.Take("(")) {
    tests = TestList(node->a, ')');
    if (!failed_ && !lexer_.Take(")")) Fail("a closing parenthesis is expected");
    if (failed_) {
      Restore(mark);
      tests = nullptr;
    }
  }
  if (tests == nullptr && !failed_) {
    tests = compiler_->NewNode(Op::kTests);
    tests->b = node->a;
    Comparison comparison;
    if (TakeComparison(&comparison)) {
      Node* test = compiler_->NewNode(Op::kTestCompare);
      test->a = static_cast<int>(comparison);
      test->b = node->a;
      test->kids = {Additive()};
      tests->kids = {test};
    } else {
      Node* test = compiler_->NewNode(Op::kTestValue);
      test->b = node->a;
      test->kids = {Additive()};
      tests->kids = {test};
    }
  }
  mentions_input_ = outer_mentions;
  if (failed_) return nullptr;
  node->kids = {value, tests};
  return node;
}

Node* Parser::Additive() {
  Node* left = Multiplicative();
  while (!failed_) {
    Op op;
    if (lexer_.Take("+")) {
      op = Op::kAdd;
    } else if (lexer_.Take("-")) {
      op = Op::kSubtract;
    } else {
      break;
    }
    Node* node = compiler_->NewNode(op);
    Node* right = Multiplicative();
    if (failed_) return nullptr;
    node->kids = {left, right};
    if (left->type == right->type) node->type = left->type;
    left = node;
  }
  return left;
}

Node* Parser::Multiplicative() {
  Node* left = Exponent();
  while (!failed_) {
    Op op;
    if (!lexer_.Sees("**") && lexer_.Take("*")) {
      op = Op::kMultiply;
    } else if (lexer_.Take("/")) {
      op = Op::kDivide;
    } else {
      break;
    }
    Node* node = compiler_->NewNode(op);
    Node* right = Exponent();
    if (failed_) return nullptr;
    node->kids = {left, right};
    if (left->type == right->type) node->type = left->type;
    left = node;
  }
  return left;
}

Node* Parser::Exponent() {
  Node* left = Negation();
  while (!failed_ && lexer_.Take("**")) {
    Node* node = compiler_->NewNode(Op::kPower);
    node->kids = {left, Negation()};
    node->type = TypeOfKind(Kind::kNumber);
    left = node;
  }
  return left;
}

Node* Parser::Negation() {
  const Nested nested(this);
  if (nested.TooDeep()) return Fail("the expression is nested too deeply");
  if (!lexer_.Take("-")) return InstanceOf();
  Node* kid = Negation();
  if (failed_) return nullptr;
  if (kid->op == Op::kConstant && kid->value.IsNumber()) {
    kid->value = Value::Number(kid->value.number().Negated());
    return kid;
  }
  Node* node = compiler_->NewNode(Op::kNegate);
  node->kids = {kid};
  node->type = kid->type;
  return node;
}

Node* Parser::InstanceOf() {
  Node* left = Postfix();
  while (!failed_ && lexer_.SeesWord("instance")) {
    lexer_.TakeWord("instance");
    if (!lexer_.TakeWord("of")) return Fail("'of' is expected");
    Node* node = compiler_->NewNode(Op::kInstanceOf);
    node->kids = {left};
    node->type = TypeExpression();
    left = node;
  }
  return left;
}

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
  node->type = condition->type == TypeOfKind(Kind::kNumber) ? ElementOrSelf(list->type) : list->type;
  return node;
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
    return Fail("unknown name '" + std::string(lexer_.Word()) + "' in import '" + import.name + "'");
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
    Node* value = Expression();
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

Node* Parser::TestList(int input_slot, char stop) {
  Node* node = compiler_->NewNode(Op::kTests);
  node->b = input_slot;
  const bool outer_range_end = std::exchange(range_end_, false);
  do {
    if (stop != '\0' && lexer_.Peek() == stop) break;
    Node* test = Test(input_slot);
    if (failed_) break;
    node->kids.push_back(test);
  } while (lexer_.Take(","));
  range_end_ = outer_range_end;
  if (!failed_ && node->kids.empty()) Fail("a test is expected");
  return failed_ ? nullptr : node;
}

Node* Parser::Test(int input_slot) {
  Comparison comparison;
  if (TakeComparison(&comparison)) {
    Node* node = compiler_->NewNode(Op::kTestCompare);
    node->a = static_cast<int>(comparison);
    node->b = input_slot;
    node->kids = {Additive()};
    return failed_ ? nullptr : node;
  }
  const bool outer = std::exchange(mentions_input_, false);
  Node* node = compiler_->NewNode(Op::kTestValue);
  node->b = input_slot;
  node->kids = {Expression()};
  node->a = mentions_input_ ? 1 : 0;
  mentions_input_ = outer;
  return failed_ ? nullptr : node;
}

const Type* Parser::TypeExpression() {
  const Nested nested(this);
  if (nested.TooDeep()) {
    Fail("the type is nested too deeply");
    return nullptr;
  }
  constexpr std::array<std::pair<std::string_view, Type::Form>, 4> kGeneric = {
      {{"list", Type::Form::kList},
       {"range", Type::Form::kRange},
       {"context", Type::Form::kContext},
       {"function", Type::Form::kFunction}}};
  lexer_.SkipBlanks();
  size_t best = 0;
  const Type* found = nullptr;
  auto consider = [&](std::string_view name, const Type* type) {
    const size_t length = lexer_.MatchName(name);
    if (length <= best) return;
    best = length;
    found = type;
  };
  for (const auto& [name, type] : compiler_->environment().types) consider(name, type);
  for (const char* name : {"number", "string", "boolean", "date", "time", "date and time", "Any",
                           "Null", "days and time duration", "years and months duration",
                           "dayTimeDuration", "yearMonthDuration", "dateTime", "context"}) {
    consider(name, BuiltinType(name));
  }
  for (const auto& [word, form] : kGeneric) {
    const auto mark = Save();
    if (best <= word.size() && lexer_.TakeWord(word)) {
      if (lexer_.Sees("<")) return TypeArguments(form);
      lexer_.MoveTo(mark.position);
    }
  }
  if (found == nullptr) {
    if (lexer_.TakeWord("list")) return compiler_->program()->types.ListOf(AnyType());
    if (lexer_.TakeWord("range")) return compiler_->program()->types.RangeOf(AnyType());
    if (lexer_.TakeWord("function")) return BuiltinType("function");
    Fail("unknown type '" + std::string(lexer_.Word()) + "'");
    return nullptr;
  }
  lexer_.MoveTo(lexer_.position() + best);
  return found;
}

const Type* Parser::TypeArguments(Type::Form form) {
  lexer_.Take("<");
  Type* type = compiler_->program()->types.Make(form);
  if (form == Type::Form::kList || form == Type::Form::kRange) {
    type->element = TypeExpression();
  } else {
    while (!failed_ && !lexer_.Sees(">")) {
      std::string name;
      if (form == Type::Form::kContext) {
        auto key = lexer_.NameBefore(':');
        if (!key || !lexer_.Take(":")) {
          Fail("the name of a member and ':' are expected");
          break;
        }
        name = *key;
      }
      const Type* member = TypeExpression();
      if (failed_) break;
      type->members.emplace_back(name, member);
      if (!lexer_.Take(",")) break;
    }
  }
  if (!failed_ && !lexer_.Take(">")) Fail("'>' is expected");
  if (!failed_ && form == Type::Form::kFunction) {
    if (!lexer_.Take("->")) {
      Fail("'->' and the type of the result are expected");
    } else {
      type->element = TypeExpression();
    }
  }
  return failed_ ? nullptr : type;
}

}  // namespace vroegsein::feel
