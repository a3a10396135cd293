// Decision tables: from XML to DecisionTable.
#include <array>
#include <map>
#include <pugixml.hpp>

#include "rules/dmn/boxed.h"
#include "rules/feel/lexer.h"

namespace vroegsein::dmn {

using feel::Node;
using feel::Op;
using feel::Value;

namespace {

const std::map<std::string_view, HitPolicy>& HitPolicies() {
  static const std::map<std::string_view, HitPolicy> policies = {
      {"", HitPolicy::kUnique},
      {"UNIQUE", HitPolicy::kUnique},
      {"ANY", HitPolicy::kAny},
      {"PRIORITY", HitPolicy::kPriority},
      {"FIRST", HitPolicy::kFirst},
      {"COLLECT", HitPolicy::kCollect},
      {"RULE ORDER", HitPolicy::kRuleOrder},
      {"OUTPUT ORDER", HitPolicy::kOutputOrder}};
  return policies;
}

const std::map<std::string_view, Aggregator>& Aggregators() {
  static const std::map<std::string_view, Aggregator> aggregators = {{"", Aggregator::kNone},
                                                                     {"SUM", Aggregator::kSum},
                                                                     {"COUNT", Aggregator::kCount},
                                                                     {"MIN", Aggregator::kMin},
                                                                     {"MAX", Aggregator::kMax}};
  return aggregators;
}

std::string IdOf(const pugi::xml_node& node) { return std::string(Attribute(node, "id")); }

// The values that tests list, in their order: what a priority is decided by.
void CollectValues(Node* tests, std::vector<Node*>* out) {
  if (tests == nullptr || tests->op != Op::kTests) return;
  for (Node* test : tests->kids) {
    if (test->op == Op::kTestValue) out->push_back(test->kids[0]);
  }
}

// A constant output that needs no look at evaluation.
bool IsKnownToFit(const Node* node, const TableOutput& output) {
  if (node->op != Op::kConstant || output.allowed != nullptr) return false;
  if (output.type == nullptr || node->value.IsNull()) return true;
  feel::Machine machine;
  return machine.Fits(node->value, *output.type);
}

// What the table's result is known to be, where each hit is one value.
const feel::Type* ResultType(const DecisionTable& table, feel::Program* program) {
  const bool list =
      table.hit_policy == HitPolicy::kRuleOrder || table.hit_policy == HitPolicy::kOutputOrder ||
      (table.hit_policy == HitPolicy::kCollect && table.aggregator == Aggregator::kNone);
  if (list || table.aggregator == Aggregator::kCount) return nullptr;
  if (table.outputs.size() == 1) return table.outputs[0].type;
  feel::Type* type = program->types.Make(feel::Type::Form::kContext);
  for (const TableOutput& output : table.outputs) {
    type->members.emplace_back(output.name, output.type != nullptr ? output.type : feel::AnyType());
  }
  return type;
}

}  // namespace

Node* Boxed::Table(const pugi::xml_node& node) {
  auto owned = std::make_unique<DecisionTable>();
  DecisionTable* table = owned.get();
  table->id = IdOf(node);
  table->owner = owner_;
  table->line = loader_->PlaceOf(file_, node).line;
  const auto policy = HitPolicies().find(Attribute(node, "hitPolicy"));
  if (policy == HitPolicies().end()) {
    return Broken(node, "hit policy " + std::string(Attribute(node, "hitPolicy")),
                  "a hit policy of DMN 1.5");
  }
  table->hit_policy = policy->second;
  const auto aggregator = Aggregators().find(Attribute(node, "aggregation"));
  if (aggregator == Aggregators().end()) {
    return Broken(node, "aggregation " + std::string(Attribute(node, "aggregation")),
                  "SUM, COUNT, MIN or MAX");
  }
  table->aggregator = aggregator->second;
  TableInputs(node, table);
  TableOutputs(node, table);
  for (const pugi::xml_node& annotation : Children(node, "annotation")) {
    table->annotation_names.emplace_back(Attribute(annotation, "name"));
  }
  TableRules(node, table);
  table->Finish();
  if (table->outputs.empty()) return Broken(node, "a decision table without output", "an output");
  loader_->definitions().tables.push_back(table);
  compiler_->program()->extensions.push_back(std::move(owned));
  Node* out = compiler_->NewNode(Op::kExtension);
  out->extension = table;
  out->type = ResultType(*table, compiler_->program());
  return out;
}

void Boxed::TableInputs(const pugi::xml_node& node, DecisionTable* table) {
  for (const pugi::xml_node& clause : Children(node, "input")) {
    TableInput input;
    const pugi::xml_node expression = Child(clause, "inputExpression");
    input.text = Trim(ChildText(expression, "text"));
    input.label =
        Attribute(clause, "label").empty() ? input.text : std::string(Attribute(clause, "label"));
    input.slot = compiler_->NewSlot();
    input.expression = input.text.empty()
                           ? Broken(clause, "an input without expression", "an expression")
                           : Text(expression, input.text);
    if (const std::string_view ref = Attribute(expression, "typeRef"); !ref.empty()) {
      input.type = loader_->TypeRef(file_, expression, ref);
    }
    const feel::Type* type = input.type != nullptr ? input.type : input.expression->type;
    const feel::Type* known = input.expression->type;
    const bool element = input.expression->op == Op::kGlobal && known != nullptr;
    input.checked = element && input.type != nullptr && feel::Guarantees(*known, *input.type);
    if (const pugi::xml_node allowed = Child(clause, "inputValues")) {
      if (!Trim(ChildText(allowed, "text")).empty()) {
        input.allowed = Tests(allowed, ChildText(allowed, "text"), input.slot, type);
      }
    }
    table->input_labels.push_back(input.label);
    table->inputs.push_back(std::move(input));
  }
}

void Boxed::TableOutputs(const pugi::xml_node& node, DecisionTable* table) {
  const auto clauses = Children(node, "output");
  for (const pugi::xml_node& clause : clauses) {
    TableOutput output;
    output.name = feel::NormalizeName(Attribute(clause, "name"));
    if (output.name.empty() && clauses.size() > 1) {
      loader_->Complain(file_, clause, "an output without name",
                        "a name for each of several outputs");
    }
    output.key = Value::String(output.name);
    output.slot = compiler_->NewSlot();
    if (const std::string_view ref = Attribute(clause, "typeRef"); !ref.empty()) {
      output.type = loader_->TypeRef(file_, clause, ref);
    }
    const pugi::xml_node values = Child(clause, "outputValues");
    if (values && !Trim(ChildText(values, "text")).empty()) {
      output.allowed = Tests(values, ChildText(values, "text"), output.slot, output.type);
      CollectValues(output.allowed, &output.priorities);
    } else if (output.type != nullptr) {
      for (const feel::Program* constraint : output.type->constraints) {
        if (output.priorities.empty()) CollectValues(constraint->root, &output.priorities);
      }
    }
    const pugi::xml_node fallback = Child(clause, "defaultOutputEntry");
    if (fallback && !Trim(ChildText(fallback, "text")).empty()) {
      output.default_value = Text(fallback, ChildText(fallback, "text"));
      output.default_checked = IsKnownToFit(output.default_value, output);
    }
    table->outputs.push_back(std::move(output));
  }
}

void Boxed::TableRules(const pugi::xml_node& node, DecisionTable* table) {
  for (const pugi::xml_node& row : Children(node, "rule")) {
    TableRule rule;
    rule.id = IdOf(row);
    rule.line = loader_->PlaceOf(file_, row).line;
    const auto tests = Children(row, "inputEntry");
    const auto outputs = Children(row, "outputEntry");
    if (tests.size() != table->inputs.size() || outputs.size() != table->outputs.size()) {
      loader_->Complain(
          file_, row,
          std::to_string(tests.size()) + " input and " + std::to_string(outputs.size()) +
              " output entries",
          std::to_string(table->inputs.size()) + " and " + std::to_string(table->outputs.size()));
      continue;
    }
    for (size_t i = 0; i < tests.size(); ++i) {
      const TableInput& input = table->inputs[i];
      const feel::Type* type = input.type != nullptr ? input.type : input.expression->type;
      rule.test_texts.emplace_back(Trim(ChildText(tests[i], "text")));
      rule.tests.push_back(Tests(tests[i], rule.test_texts.back(), input.slot, type));
    }
    for (const pugi::xml_node& entry : outputs) {
      rule.output_texts.emplace_back(Trim(ChildText(entry, "text")));
      const bool empty = rule.output_texts.back().empty() || rule.output_texts.back() == "-";
      rule.outputs.push_back(empty ? compiler_->Constant(Value())
                                   : Text(entry, rule.output_texts.back()));
    }
    for (const pugi::xml_node& entry : Children(row, "annotationEntry")) {
      rule.annotations.emplace_back(Trim(ChildText(entry, "text")));
    }
    for (Node*& test : rule.tests) {
      // One test alone is that test.
      if (test->op == Op::kTests && test->a == 0 && test->kids.size() == 1) test = test->kids[0];
    }
    for (size_t i = 0; i < rule.outputs.size(); ++i) {
      rule.checked.push_back(IsKnownToFit(rule.outputs[i], table->outputs[i]));
    }
    table->rules.push_back(std::move(rule));
  }
}

}  // namespace vroegsein::dmn
