#include "rules/dmn/decision_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory_resource>
#include <numeric>

#include "rules/dmn/recorder.h"
#include "rules/feel/machine.h"

namespace vroegsein::dmn {

using feel::Machine;
using feel::Node;
using feel::Number;
using feel::Value;

// The rules that match and what they give, in memory that the usual table does not outgrow.
struct DecisionTable::Hits {
  Hits() : memory(buffer.data(), buffer.size()), alive(&memory), rules(&memory), outputs(&memory) {}
  std::array<std::byte, 1024> buffer;
  std::pmr::monotonic_buffer_resource memory;
  std::pmr::vector<uint64_t> alive;  // bits, as RuleIndex has them
  std::pmr::vector<size_t> rules;
  std::pmr::vector<Value> outputs;
};

QuickTest Quicken(const Node* test) {
  QuickTest out;
  out.node = test;
  out.slot = test->b;
  const bool constant = (test->op == feel::Op::kTestCompare || test->op == feel::Op::kTestValue) &&
                        test->kids[0]->op == feel::Op::kConstant;
  if (!constant) return out;
  out.value = &test->kids[0]->value;
  if (test->op == feel::Op::kTestCompare) {
    out.form = QuickTest::Form::kCompare;
    out.comparison = static_cast<feel::Comparison>(test->a);
  } else if (out.value->IsString() || out.value->IsNumber() || out.value->IsBoolean()) {
    out.form = QuickTest::Form::kEqual;
  }
  return out;
}

namespace {

bool Passes(const QuickTest& test, Machine& machine, Value* frame) {
  const Value& input = frame[test.slot];
  switch (test.form) {
    case QuickTest::Form::kEqual:
      if (input.kind() != test.value->kind())
        return machine.Equals(input, *test.value).value_or(false);
      if (input.IsBoolean()) return input.boolean() == test.value->boolean();
      if (input.IsNumber()) return Number::Compare(input.number(), test.value->number()) == 0;
      return input.object() == test.value->object() || input.string() == test.value->string();
    case QuickTest::Form::kCompare:
      return machine.Compare(test.comparison, input, *test.value).value_or(false);
    case QuickTest::Form::kNode: break;
  }
  return machine.Test(test.node, frame).value_or(false);
}

}  // namespace

bool DecisionTable::ReadInputs(Machine& machine, Value* frame) const {
  Value scratch;
  for (const TableInput& input : inputs) {
    Value& slot = frame[input.slot];
    slot = machine.Peek(input.expression, frame, &scratch);
    if (input.type != nullptr && !input.checked) slot = machine.Coerce(slot, *input.type);
    if (input.allowed != nullptr && !slot.IsNull() &&
        !machine.Test(input.allowed, frame).value_or(false)) {
      machine.Fail("the input '" + input.label + "' has a value that is not allowed");
      return false;
    }
  }
  return true;
}

void DecisionTable::Finish() {
  for (size_t column = 0; column < inputs.size(); ++column) {
    std::vector<const Node*> tests;
    for (const TableRule& rule : rules) tests.push_back(rule.tests[column]);
    const std::vector<bool> indexed = index.AddColumn(inputs[column].slot, tests);
    for (size_t i = 0; i < rules.size(); ++i) {
      const bool any = tests[i]->op == feel::Op::kTestAny;
      if (!any && !indexed[i]) rules[i].remaining.push_back(Quicken(tests[i]));
    }
  }
  const auto has_default = [](const TableOutput& output) {
    return output.default_value != nullptr;
  };
  if (std::any_of(outputs.begin(), outputs.end(), has_default)) {
    fallback.emplace();
    for (const TableOutput& output : outputs) {
      fallback->outputs.push_back(output.default_value);
      fallback->checked.push_back(output.default_checked);
    }
    ComposeConstant(&*fallback);
  }
  for (TableRule& rule : rules) ComposeConstant(&rule);
}

// The whole output of a rule, once, where nothing of it depends on the evaluation.
void DecisionTable::ComposeConstant(TableRule* rule) const {
  if (!std::all_of(rule->checked.begin(), rule->checked.end(), [](bool known) { return known; })) {
    return;
  }
  Machine machine;
  rule->constant = Compose(machine, nullptr, rule->outputs, rule->checked);
}

// Fills in the rules that match, in their order; with hit policy FIRST the first alone.
void DecisionTable::Match(Machine& machine, Value* frame, Hits* hits) const {
  constexpr size_t kBits = RuleIndex::kBitsPerWord;
  if (!machine.Spend(1 + rules.size())) return;
  hits->alive.assign((rules.size() + kBits - 1) / kBits, ~uint64_t{0});
  if (rules.size() % kBits != 0) hits->alive.back() = (uint64_t{1} << (rules.size() % kBits)) - 1;
  index.Narrow(machine, frame, hits->alive.data());
  size_t count = 0;
  for (const uint64_t word : hits->alive) count += static_cast<size_t>(std::popcount(word));
  hits->rules.reserve(count);
  for (size_t word = 0; word < hits->alive.size(); ++word) {
    for (uint64_t left = hits->alive[word]; left != 0; left &= left - 1) {
      const size_t i = word * kBits + static_cast<size_t>(std::countr_zero(left));
      const auto& tests = rules[i].remaining;
      if (!tests.empty() && !machine.Spend(tests.size())) return;
      if (!std::all_of(tests.begin(), tests.end(),
                       [&](const QuickTest& test) { return Passes(test, machine, frame); })) {
        continue;
      }
      hits->rules.push_back(i);
      if (hit_policy == HitPolicy::kFirst) return;
    }
  }
}

Value DecisionTable::Entry(Machine& machine, Value* frame, const TableOutput& output,
                           const Node* node) const {
  Value value = node != nullptr ? machine.Evaluate(node, frame) : Value();
  if (output.type != nullptr) value = machine.Coerce(value, *output.type);
  if (output.allowed != nullptr && !value.IsNull()) {
    frame[output.slot] = value;
    if (!machine.Test(output.allowed, frame).value_or(false)) {
      return machine.Fail("the output '" + output.name + "' has a value that is not allowed");
    }
  }
  return value;
}

Value DecisionTable::Compose(Machine& machine, Value* frame, const std::vector<Node*>& nodes,
                             const std::vector<bool>& checked) const {
  const auto entry = [&](size_t i) {
    return checked[i] ? nodes[i]->value : Entry(machine, frame, outputs[i], nodes[i]);
  };
  if (outputs.size() == 1) return entry(0);
  std::vector<feel::ContextObject::Entry> entries;
  entries.reserve(outputs.size());
  for (size_t i = 0; i < outputs.size(); ++i) entries.push_back({outputs[i].key, entry(i)});
  return feel::MakeContext(std::move(entries));
}

Value DecisionTable::Output(Machine& machine, Value* frame, const TableRule& rule) const {
  if (rule.constant) return *rule.constant;
  return Compose(machine, frame, rule.outputs, rule.checked);
}

Value DecisionTable::Default(Machine& machine, Value* frame) const {
  if (fallback) return Output(machine, frame, *fallback);
  if (aggregator == Aggregator::kCount) return Value::Number(0);
  if (hit_policy == HitPolicy::kCollect && aggregator == Aggregator::kNone) return machine.List({});
  return Value();
}

// The row of the trace that it began.
size_t DecisionTable::TraceInputs(Trace* trace, const Value* frame) const {
  trace->tables.push_back(
      {id, owner, trace->inputs.size(), inputs.size(), input_labels, annotation_names, Value()});
  for (const TableInput& input : inputs) trace->inputs.push_back(frame[input.slot]);
  return trace->tables.size() - 1;
}

Value DecisionTable::Evaluate(Machine& machine, Value* frame) const {
  if (!ReadInputs(machine, frame)) return Value();
  Recorder* recorder = Recorder::Of(machine);
  const size_t row = recorder != nullptr ? TraceInputs(&recorder->trace(), frame) : 0;
  Hits hits;
  Match(machine, frame, &hits);
  hits.outputs.reserve(hits.rules.size());
  for (const size_t rule : hits.rules) hits.outputs.push_back(Output(machine, frame, rules[rule]));
  Value result = Decide(machine, frame, &hits);
  if (machine.exhausted()) return Value();
  if (recorder != nullptr) {
    Trace& trace = recorder->trace();
    for (size_t i = 0; i < hits.rules.size(); ++i) {
      const TableRule& rule = rules[hits.rules[i]];
      trace.rules.push_back(
          {row, hits.rules[i] + 1, rule.id, std::move(hits.outputs[i]), rule.annotations});
    }
    trace.tables[row].result = result;
  }
  return result;
}

Value DecisionTable::Decide(Machine& machine, Value* frame, Hits* hits) const {
  if (hits->rules.empty()) return Default(machine, frame);
  switch (hit_policy) {
    case HitPolicy::kUnique:
      if (hits->rules.size() > 1) {
        return machine.Fail("more than one rule matches in a table with hit policy UNIQUE");
      }
      return hits->outputs[0];
    case HitPolicy::kAny:
      for (const Value& output : hits->outputs) {
        if (!machine.Equals(output, hits->outputs[0]).value_or(false)) {
          return machine.Fail("rules with different outputs match in a table with hit policy ANY");
        }
      }
      return hits->outputs[0];
    case HitPolicy::kFirst: return hits->outputs[0];
    case HitPolicy::kPriority:
      SortByPriority(machine, frame, hits);
      hits->rules.resize(1);
      hits->outputs.resize(1);
      return hits->outputs[0];
    case HitPolicy::kOutputOrder:
      SortByPriority(machine, frame, hits);
      return ListOf(machine, *hits);
    case HitPolicy::kRuleOrder: return ListOf(machine, *hits);
    case HitPolicy::kCollect: break;
  }
  return Aggregate(machine, *hits);
}

void DecisionTable::SortByPriority(Machine& machine, Value* frame, Hits* hits) const {
  std::vector<std::vector<Value>> orders;
  for (const TableOutput& output : outputs) {
    orders.emplace_back();
    for (const Node* node : output.priorities) {
      orders.back().push_back(machine.Evaluate(node, frame));
    }
  }
  const auto rank = [&](const Value& value, size_t output) {
    const auto& order = orders[output];
    const Value* part = outputs.size() == 1 ? &value : value.Find(outputs[output].name);
    for (size_t i = 0; part != nullptr && i < order.size(); ++i) {
      if (machine.Equals(*part, order[i]).value_or(false)) return i;
    }
    return order.size();
  };
  std::vector<size_t> order(hits->rules.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    for (size_t output = 0; output < outputs.size(); ++output) {
      const size_t left = rank(hits->outputs[a], output);
      const size_t right = rank(hits->outputs[b], output);
      if (left != right) return left < right;
    }
    return false;
  });
  const std::vector<size_t> rules_before(hits->rules.begin(), hits->rules.end());
  const std::vector<Value> outputs_before(hits->outputs.begin(), hits->outputs.end());
  for (size_t i = 0; i < order.size(); ++i) {
    hits->rules[i] = rules_before[order[i]];
    hits->outputs[i] = outputs_before[order[i]];
  }
}

Value DecisionTable::ListOf(Machine& machine, const Hits& hits) {
  return machine.List(std::vector<Value>(hits.outputs.begin(), hits.outputs.end()));
}

Value DecisionTable::Aggregate(Machine& machine, const Hits& hits) const {
  const auto& values = hits.outputs;
  switch (aggregator) {
    case Aggregator::kNone: return ListOf(machine, hits);
    case Aggregator::kCount: return Value::Number(static_cast<int64_t>(values.size()));
    case Aggregator::kSum: {
      Value sum = values[0];
      for (size_t i = 1; i < values.size(); ++i) {
        sum = feel::Combine(machine, feel::Op::kAdd, sum, values[i]);
      }
      return sum.IsNumber() || sum.IsNull() || values.size() > 1
                 ? sum
                 : machine.Fail("only numbers can be summed");
    }
    case Aggregator::kMin:
    case Aggregator::kMax: break;
  }
  const int sign = aggregator == Aggregator::kMin ? -1 : 1;
  Value best = values[0];
  for (const Value& value : values) {
    const auto order = feel::Order(value, best);
    if (!order) return machine.Fail("the outputs of a MIN or MAX table cannot be compared");
    if (*order * sign > 0) best = value;
  }
  return best;
}

}  // namespace vroegsein::dmn
