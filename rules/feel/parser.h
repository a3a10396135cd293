// Parser reads one FEEL text into nodes, for the Compiler (DMN 1.5, 10.3.1.2).
//
// It works by descent with single steps back where FEEL needs them (is `(` a range, a list of tests
// or an expression?). Nesting is bounded by Compiler::kNestingMax, steps back by kBacktracksMax.
// One thread. Errors go to the compiler; the result is then a kFailure node.
#pragma once

#include <string>
#include <string_view>

#include "rules/feel/compiler.h"
#include "rules/feel/lexer.h"

namespace vroegsein::feel {

class Parser {
 public:
  static constexpr int kBacktracksMax = 1000;

  Parser(Compiler* compiler, std::string_view text) : compiler_(compiler), lexer_(text) {}
  Node* ParseExpression();
  Node* ParseUnaryTests(int input_slot);

 private:
  struct Mark {
    size_t position;
    bool failed;
    size_t bindings;
  };
  Node* Finish(Node* node);
  Node* Fail(std::string message);
  Mark Save() const;
  void Restore(const Mark& mark);

  Node* Expression();
  Node* If();
  Node* For();
  Node* Quantified(Op op);
  Node* FunctionLiteral();
  Node* Disjunction();
  Node* Conjunction();
  Node* ComparisonLevel();
  Node* In(Node* value);
  Node* Additive();
  Node* Multiplicative();
  Node* Exponent();
  Node* Negation();
  Node* InstanceOf();
  Node* Postfix();
  Node* Primary();
  Node* PathStep(Node* from);
  Node* Filter(Node* list);
  const Type* FilterType(const Type* list, const Type* condition);
  Node* Call(Node* callee);
  Node* Name();
  Node* ImportedName(const GlobalSymbol& import);
  Node* StringOrAt();
  Node* ListOrRange();
  Node* RangeRest(Node* start, bool start_included);
  Node* Parenthesis();
  Node* UnaryRange();
  Node* Context();
  Node* Test(int input_slot);
  Node* TestList(int input_slot, char stop);
  bool TakeComparison(Comparison* comparison);
  const Type* TypeExpression();
  const Type* TypeArguments(Type::Form form);

  // Depth of nesting, counted down on leaving.
  class Nested {
   public:
    explicit Nested(Parser* parser) : parser_(parser) { ++parser_->nesting_; }
    ~Nested() { --parser_->nesting_; }
    bool TooDeep() const { return parser_->nesting_ > Compiler::kNestingMax; }

   private:
    Parser* parser_;
  };

  Compiler* compiler_;
  Lexer lexer_;
  bool failed_ = false;
  std::string message_;
  size_t offset_ = 0;
  size_t bindings_at_start_ = 0;
  int nesting_ = 0;
  int backtracks_ = 0;
  bool range_end_ = false;  // a `[` here may close a range
  bool mentions_input_ = false;
};

}  // namespace vroegsein::feel
