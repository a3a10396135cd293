#include "rules/feel/parser.h"

#include <algorithm>
#include <array>

#include "rules/feel/typing.h"

namespace vroegsein::feel {

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
  node->type = CommonType(yes, no);
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
    compiler_->Bind(name, slot, to != nullptr ? from->type : ItemType(from->type));
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
    compiler_->Bind(name, slot, to != nullptr ? from->type : ItemType(from->type));
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
  if (!failed_) {
    bound += compiler_->BindSelf(lambda);
    body = Expression();
  }
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
    node->type = ArithmeticType(op, left->type, right->type);
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
    node->type = ArithmeticType(op, left->type, right->type);
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
    node->asked = TypeExpression();
    node->type = TypeOfKind(Kind::kBoolean);
    left = node;
  }
  return left;
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

}  // namespace vroegsein::feel
