// Boxed compiles the boxed expressions of one element (DMN 1.5, chapter 7 and 10.2) into its
// program. Private to rules/dmn. One thread; errors go to the loader.
#pragma once

#include <memory>
#include <string>

#include "rules/dmn/loader.h"

namespace vroegsein::dmn {

class Boxed {
 public:
  Boxed(Loader* loader, size_t file, std::string owner, feel::Compiler* compiler)
      : loader_(loader), file_(file), owner_(std::move(owner)), compiler_(compiler) {}

  // The expression that is a child of `parent` (there is at most one); nullptr when there is none.
  feel::Node* ChildExpression(const pugi::xml_node& parent);
  feel::Node* Expression(const pugi::xml_node& node);
  // A function of the formal parameters and the expression in `node`.
  feel::Node* Function(const pugi::xml_node& node, const feel::Type* result_type);

 private:
  feel::Node* Literal(const pugi::xml_node& node);
  feel::Node* Context(const pugi::xml_node& node);
  feel::Node* Invocation(const pugi::xml_node& node);
  feel::Node* List(const pugi::xml_node& node);
  feel::Node* Relation(const pugi::xml_node& node);
  feel::Node* Conditional(const pugi::xml_node& node);
  feel::Node* Filter(const pugi::xml_node& node);
  feel::Node* Iterator(const pugi::xml_node& node, feel::Op op, std::string_view body);
  feel::Node* FunctionDefinition(const pugi::xml_node& node);
  feel::Node* Table(const pugi::xml_node& node);
  void TableInputs(const pugi::xml_node& node, DecisionTable* table);
  void TableOutputs(const pugi::xml_node& node, DecisionTable* table);
  void TableRules(const pugi::xml_node& node, DecisionTable* table);
  feel::Node* Text(const pugi::xml_node& node, std::string_view text);
  feel::Node* Tests(const pugi::xml_node& node, std::string_view text, int slot,
                    const feel::Type* type);
  feel::Node* Part(const pugi::xml_node& node, std::string_view name);
  void TakeErrors(const pugi::xml_node& node, std::string_view text);
  feel::Node* Broken(const pugi::xml_node& node, std::string found, std::string expected);

  Loader* loader_;
  size_t file_;
  std::string owner_;
  feel::Compiler* compiler_;
};

}  // namespace vroegsein::dmn
