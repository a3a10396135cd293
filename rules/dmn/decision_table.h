// DecisionTable is a compiled decision table (DMN 1.5, chapter 8): an extension of FEEL's program,
// evaluated in the frame of the expression that it stands in.
//
// Immutable after loading. Nothing is thrown: a broken hit policy is null with a message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/rule_index.h"
#include "rules/feel/program.h"

namespace vroegsein::dmn {

enum class HitPolicy { kUnique, kAny, kPriority, kFirst, kCollect, kRuleOrder, kOutputOrder };
enum class Aggregator { kNone, kSum, kCount, kMin, kMax };

struct TableInput {
  std::string label;
  std::string text;
  feel::Node* expression = nullptr;
  int slot = 0;
  const feel::Type* type = nullptr;
  bool checked = false;           // the expression is known to be of that type
  feel::Node* allowed = nullptr;  // tests on the slot, or nullptr
};

struct TableOutput {
  std::string name;
  feel::Value key;
  const feel::Type* type = nullptr;
  int slot = 0;
  feel::Node* allowed = nullptr;
  feel::Node* default_value = nullptr;
  bool default_checked = false;         // a constant that is known to fit
  std::vector<feel::Node*> priorities;  // the allowed values in their order
};

// A test as the table runs it: most compare the input with one constant, and need no tree walked.
struct QuickTest {
  enum class Form : uint8_t { kNode, kEqual, kCompare };
  Form form = Form::kNode;
  feel::Comparison comparison = feel::Comparison::kEqual;
  int slot = 0;
  const feel::Node* node = nullptr;    // kNode
  const feel::Value* value = nullptr;  // the constant, in the program
};

// REQUIRES: a node of tests, which outlives the result.
QuickTest Quicken(const feel::Node* test);

struct TableRule {
  std::string id;
  size_t line = 0;
  std::vector<feel::Node*> tests;
  std::vector<QuickTest> remaining;  // what is not `-` and the table's index does not answer
  std::vector<std::string> test_texts;
  std::vector<feel::Node*> outputs;
  std::vector<bool> checked;            // per output: a constant that is known to fit
  std::optional<feel::Value> constant;  // the whole output, when all of it is known to fit
  std::vector<std::string> output_texts;
  std::vector<std::string> annotations;
};

struct Trace;

class DecisionTable final : public feel::Extension {
 public:
  feel::Value Evaluate(feel::Machine& machine, feel::Value* frame) const override;
  // Prepares what makes Evaluate() fast. REQUIRES: called once, when all else is filled in.
  void Finish();

  std::string id;
  std::string owner;  // the decision or knowledge model it belongs to
  size_t line = 0;
  HitPolicy hit_policy = HitPolicy::kUnique;
  Aggregator aggregator = Aggregator::kNone;
  std::vector<TableInput> inputs;
  std::vector<TableOutput> outputs;
  std::vector<TableRule> rules;
  RuleIndex index;
  std::optional<TableRule> fallback;  // the default outputs, as a rule that matches when none does
  std::vector<std::string> input_labels;
  std::vector<std::string> annotation_names;

 private:
  struct Hits;
  bool ReadInputs(feel::Machine& machine, feel::Value* frame) const;
  void ComposeConstant(TableRule* rule) const;
  void Match(feel::Machine& machine, feel::Value* frame, Hits* hits) const;
  feel::Value Output(feel::Machine& machine, feel::Value* frame, const TableRule& rule) const;
  feel::Value Compose(feel::Machine& machine, feel::Value* frame,
                      const std::vector<feel::Node*>& nodes,
                      const std::vector<bool>& checked) const;
  feel::Value Entry(feel::Machine& machine, feel::Value* frame, const TableOutput& output,
                    const feel::Node* node) const;
  feel::Value Default(feel::Machine& machine, feel::Value* frame) const;
  feel::Value Decide(feel::Machine& machine, feel::Value* frame, Hits* hits) const;
  void SortByPriority(feel::Machine& machine, feel::Value* frame, Hits* hits) const;
  static feel::Value ListOf(feel::Machine& machine, const Hits& hits);
  feel::Value Aggregate(feel::Machine& machine, const Hits& hits) const;
  size_t TraceInputs(Trace* trace, const feel::Value* frame) const;
};

}  // namespace vroegsein::dmn
