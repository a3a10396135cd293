#include "rules/dmn/table_space.h"

#include <algorithm>

#include "rules/feel/machine.h"

namespace vroegsein::dmn {

using feel::Kind;
using feel::Machine;
using feel::Node;
using feel::Number;
using feel::Op;
using feel::Value;

namespace {

// Made of constants alone: its value does not depend on the case.
bool IsClosed(const Node* node) {
  switch (node->op) {
    case Op::kConstant:
    case Op::kTestAny: return true;
    case Op::kTests:
    case Op::kTestCompare:
    case Op::kTestValue:
    case Op::kRange:
    case Op::kList:
    case Op::kNegate:
      if (node->op == Op::kTestValue && node->a != 0) return false;
      // (= x) has x for both its ends: once is enough, and nested it would never end.
      if (node->op == Op::kRange && node->kids[0] == node->kids[1]) return IsClosed(node->kids[0]);
      return std::all_of(node->kids.begin(), node->kids.end(), IsClosed);
    case Op::kCall:
      if (node->builtin == nullptr || !node->names.empty()) return false;
      if (node->builtin == nullptr) return false;
      return std::all_of(node->kids.begin() + 1, node->kids.end(), IsClosed);
    default: return false;
  }
}

void CollectConstants(const Value& value, std::vector<Value>* out) {
  if (value.IsRange()) {
    CollectConstants(value.range().start, out);
    CollectConstants(value.range().end, out);
  } else if (value.IsList()) {
    for (const Value& item : value.list()) CollectConstants(item, out);
  } else if (!value.IsNull() && !value.IsContext() && !value.IsFunction()) {
    out->push_back(value);
  }
}

void CollectConstants(const Node* node, Machine* machine, Value* frame, std::vector<Value>* out) {
  if (node == nullptr) return;
  const bool test =
      node->op == Op::kTests || node->op == Op::kTestCompare || node->op == Op::kTestValue;
  if (test) {
    for (const Node* kid : node->kids) CollectConstants(kid, machine, frame, out);
  } else if (IsClosed(node) && node->op != Op::kTestAny) {
    CollectConstants(machine->Evaluate(node, frame), out);
  }
}

// A value just beside `value`, on the side of `sign`.
Value Beside(const Value& value, int sign) {
  switch (value.kind()) {
    case Kind::kNumber: return Value::Number(Number::Add(value.number(), Number::FromInt(sign)));
    case Kind::kDate: return Value::Of(feel::Date::FromDays(value.date().Days() + sign));
    case Kind::kDateTime:
      return Value::Of(feel::AddDuration(value.date_time(), feel::DaysDuration{sign, 0}));
    case Kind::kTime:
      return Value::Of(feel::AddDuration(value.time(), feel::DaysDuration{sign, 0}));
    case Kind::kDaysDuration:
      return Value::Of(
          feel::DaysDuration{value.days_duration().seconds + sign, value.days_duration().nanos});
    case Kind::kMonthsDuration:
      return Value::Of(feel::MonthsDuration{value.months_duration().months + sign});
    default: return Value();
  }
}

Value Between(const Value& a, const Value& b) {
  if (a.IsNumber() && b.IsNumber()) {
    const auto sum = Number::Add(a.number(), b.number());
    return sum ? Value::Number(Number::Divide(*sum, Number::FromInt(2))) : Value();
  }
  return Value();
}

// Values that stand for all: the constants, what lies between and around them.
std::vector<Value> Representatives(std::vector<Value> constants, const feel::Type* type) {
  std::stable_sort(constants.begin(), constants.end(), [](const Value& a, const Value& b) {
    return feel::Order(a, b).value_or(0) < 0;
  });
  std::vector<Value> out;
  for (const Value& constant : constants) {
    const bool seen = std::any_of(out.begin(), out.end(), [&](const Value& v) {
      return feel::Equal(v, constant).value_or(false);
    });
    if (seen) continue;
    if (!out.empty()) out.push_back(Between(out.back(), constant));
    if (out.empty() || out.back().IsNull()) out.push_back(Beside(constant, -1));
    out.push_back(constant);
    if (!constant.IsNumber()) out.push_back(Beside(constant, 1));
  }
  if (!constants.empty()) out.push_back(Beside(constants.back(), 1));
  const bool boolean = (type != nullptr && type->form == feel::Type::Form::kSimple &&
                        type->simple == Kind::kBoolean) ||
                       (!constants.empty() && constants[0].IsBoolean());
  if (boolean) return {Value::Boolean(true), Value::Boolean(false)};
  if (!constants.empty() && constants[0].IsString()) out.push_back(Value::String("(anders)"));
  std::erase_if(out, [](const Value& value) { return value.IsNull(); });
  return out;
}

int MaxSlot(const DecisionTable& table) {
  int slot = 0;
  for (const TableInput& input : table.inputs) slot = std::max(slot, input.slot);
  return slot;
}

}  // namespace

TableSpace::TableSpace(const DecisionTable& table) : table_(table) {
  Machine machine;
  columns_.resize(table.inputs.size());
  for (size_t i = 0; i < table.inputs.size(); ++i) MakeColumn(i, &machine);
}

void TableSpace::MakeColumn(size_t index, Machine* machine) {
  const TableInput& input = table_.inputs[index];
  Column& column = columns_[index];
  Machine::Frame frame(machine, MaxSlot(table_) + 1);
  std::vector<Value> constants;
  const feel::Type* type = input.type != nullptr ? input.type : input.expression->type;
  CollectConstants(input.allowed, machine, frame.slots(), &constants);
  if (type != nullptr) {
    for (const feel::Program* constraint : type->constraints) {
      CollectConstants(constraint->root, machine, frame.slots(), &constants);
    }
  }
  for (const TableRule& rule : table_.rules) {
    CollectConstants(rule.tests[index], machine, frame.slots(), &constants);
  }
  column.values = Representatives(std::move(constants), type);
  std::erase_if(column.values, [&](const Value& value) {
    machine->Reset();
    frame.slots()[input.slot] = value;
    if (input.allowed != nullptr && !machine->Test(input.allowed, frame.slots()).value_or(false)) {
      return true;
    }
    return type != nullptr && !machine->Fits(value, *type);
  });
  if (column.values.empty()) column.values.push_back(Value());
  for (const TableRule& rule : table_.rules) {
    const Node* test = rule.tests[index];
    auto& row = column.verdicts.emplace_back();
    for (const Value& value : column.values) {
      machine->Reset();
      frame.slots()[input.slot] = value;
      if (!IsClosed(test)) {
        row.push_back(Verdict::kMaybe);
      } else {
        row.push_back(machine->Test(test, frame.slots()).value_or(false) ? Verdict::kYes
                                                                         : Verdict::kNo);
      }
    }
  }
}

std::optional<size_t> TableSpace::ImpossibleColumn(size_t rule) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    const auto& verdicts = columns_[i].verdicts[rule];
    if (std::all_of(verdicts.begin(), verdicts.end(),
                    [](Verdict v) { return v == Verdict::kNo; })) {
      return i;
    }
  }
  return std::nullopt;
}

std::optional<std::string> TableSpace::Overlap(size_t a, size_t b) const {
  std::vector<size_t> path;
  for (const Column& column : columns_) {
    size_t value = 0;
    while (value < column.values.size() && (column.verdicts[a][value] != Verdict::kYes ||
                                            column.verdicts[b][value] != Verdict::kYes)) {
      ++value;
    }
    if (value == column.values.size()) return std::nullopt;
    path.push_back(value);
  }
  return Describe(path);
}

bool TableSpace::FindFree(size_t column, const Rules& rules, std::optional<size_t> own,
                          bool certain, std::vector<size_t>* path) const {
  if (rules.empty()) return true;
  if (column == columns_.size()) return false;
  if (dead_ends_.contains({column, rules})) return false;
  const Column& here = columns_[column];
  for (size_t value = 0; value < here.values.size(); ++value) {
    if (++steps_ > kBoxesMax) {
      exhausted_ = true;
      return false;
    }
    if (own && here.verdicts[*own][value] == Verdict::kNo) continue;
    Rules left;
    for (const size_t rule : rules) {
      const Verdict verdict = here.verdicts[rule][value];
      if (verdict == Verdict::kYes || (verdict == Verdict::kMaybe && !certain))
        left.push_back(rule);
    }
    path->push_back(value);
    if (FindFree(column + 1, left, own, certain, path)) return true;
    path->pop_back();
    if (exhausted_) return false;
  }
  dead_ends_[{column, rules}] = true;
  return false;
}

bool TableSpace::CoveredBefore(size_t rule) const {
  Rules before(rule);
  for (size_t i = 0; i < rule; ++i) before[i] = i;
  std::vector<size_t> path;
  dead_ends_.clear();
  const bool free = FindFree(0, before, rule, true, &path);
  return !free && !exhausted_ && rule > 0;
}

std::optional<std::string> TableSpace::Gap() const {
  Rules all(table_.rules.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = i;
  std::vector<size_t> path;
  dead_ends_.clear();
  if (!FindFree(0, all, std::nullopt, false, &path)) return std::nullopt;
  return Describe(path);
}

std::string TableSpace::Describe(const std::vector<size_t>& path) const {
  std::string out;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const Value& value = columns_[i].values[i < path.size() ? path[i] : 0];
    if (value.IsNull()) continue;
    if (!out.empty()) out += ", ";
    out += table_.inputs[i].label + " = ";
    out += value.IsString() ? feel::Quoted(value.string()) : value.ToString();
  }
  return out.empty() ? "any input" : out;
}

}  // namespace vroegsein::dmn
