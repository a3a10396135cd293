#include "rules/dmn/rule_index.h"

#include <algorithm>
#include <array>
#include <optional>

namespace vroegsein::dmn {

using feel::Comparison;
using feel::Kind;
using feel::Machine;
using feel::Node;
using feel::Number;
using feel::Op;
using feel::Value;

namespace {

bool IsIndexed(Kind kind) {
  return kind == Kind::kNumber || kind == Kind::kString || kind == Kind::kBoolean;
}

bool Precedes(const Value& a, const Value& b) { return feel::Order(a, b).value_or(0) < 0; }

// A number between the points before and behind `gap`; nullopt where decimal128 has none.
std::optional<Number> InGap(const std::vector<Value>& points, size_t gap) {
  std::optional<Number> out;
  if (gap == 0) {
    out = Number::Subtract(points.front().number(), Number::FromInt(1));
  } else if (gap == points.size()) {
    out = Number::Add(points.back().number(), Number::FromInt(1));
  } else {
    const auto sum = Number::Add(points[gap - 1].number(), points[gap].number());
    if (sum) out = Number::Divide(*sum, Number::FromInt(2));
  }
  if (!out) return std::nullopt;
  const bool above = gap == 0 || Number::Compare(points[gap - 1].number(), *out) < 0;
  const bool below = gap == points.size() || Number::Compare(*out, points[gap].number()) < 0;
  return above && below ? out : std::nullopt;
}

// A string that is none of the points.
Value OtherString(const std::vector<Value>& points) {
  std::string other = "?";
  for (const Value& point : points) other += point.string();
  return Value::String(other);
}

// One value for each row of the column, in their order; empty when there are none to be had.
std::vector<Value> Representatives(Kind kind, const std::vector<Value>& points) {
  if (kind == Kind::kBoolean) return {Value::Boolean(false), Value::Boolean(true)};
  std::vector<Value> out;
  for (size_t i = 0; i <= points.size(); ++i) {
    if (kind == Kind::kNumber) {
      const auto between = InGap(points, i);
      if (!between) return {};
      out.push_back(Value::Number(*between));
    }
    if (i < points.size()) out.push_back(points[i]);
  }
  if (kind == Kind::kString) out.push_back(OtherString(points));
  return out;
}

Kind MostUsedKind(const std::vector<std::vector<Value>>& constants) {
  std::array<size_t, 16> counts{};
  for (const auto& row : constants) {
    if (!row.empty()) ++counts[static_cast<size_t>(row[0].kind())];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? Kind::kNull : static_cast<Kind>(most - counts.begin());
}

}  // namespace

bool CollectPoints(const Node* test, std::vector<Value>* out) {
  if (test->op == Op::kTests) {
    return std::all_of(test->kids.begin(), test->kids.end(),
                       [&](const Node* kid) { return CollectPoints(kid, out); });
  }
  const bool compares = test->op == Op::kTestCompare;
  const bool equals = test->op == Op::kTestValue && test->a == 0;
  if ((!compares && !equals) || test->kids[0]->op != Op::kConstant) return false;
  const Value& value = test->kids[0]->value;
  if (value.IsNumber()) {
    out->push_back(value);
    return true;
  }
  if (equals && value.IsRange() && value.range().start.IsNumber() && value.range().end.IsNumber()) {
    out->push_back(value.range().start);
    out->push_back(value.range().end);
    return true;
  }
  const auto comparison = static_cast<Comparison>(test->a);
  const bool ordered =
      compares && comparison != Comparison::kEqual && comparison != Comparison::kNotEqual;
  if (ordered || (!value.IsString() && !value.IsBoolean())) return false;
  out->push_back(value);
  return true;
}

size_t RowAmong(Kind kind, const std::vector<Value>& points, const Value& value) {
  if (kind == Kind::kBoolean) return value.boolean() ? 1 : 0;
  const bool number = kind == Kind::kNumber;
  size_t low = 0;
  size_t high = points.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const int order = number ? Number::Compare(points[middle].number(), value.number())
                             : points[middle].string().compare(value.string());
    if (order == 0) return number ? 2 * middle + 1 : middle;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return number ? 2 * low : points.size();
}

void SortUnique(std::vector<Value>* points) {
  std::sort(points->begin(), points->end(), Precedes);
  const auto same = [](const Value& a, const Value& b) { return !Precedes(a, b); };
  points->erase(std::unique(points->begin(), points->end(), same), points->end());
}

namespace {

// The rows of the test's own points in which it holds.
std::vector<bool> TryOn(const Node* test, const std::vector<Value>& values, int slot,
                        Machine* machine, Value* frame) {
  std::vector<bool> out;
  for (const Value& value : values) {
    machine->Reset();
    frame[slot] = value;
    out.push_back(machine->Test(test, frame).value_or(false));
  }
  return out;
}

}  // namespace

std::vector<bool> RuleIndex::AddColumn(int slot, const std::vector<const Node*>& tests) {
  std::vector<bool> taken(tests.size(), false);
  std::vector<std::vector<Value>> points(tests.size());
  for (size_t rule = 0; rule < tests.size(); ++rule) {
    if (!CollectPoints(tests[rule], &points[rule])) points[rule].clear();
  }
  Column column;
  column.slot = slot;
  column.kind = MostUsedKind(points);
  if (!IsIndexed(column.kind)) return taken;
  for (size_t rule = 0; rule < tests.size(); ++rule) {
    auto& own = points[rule];
    const bool fits = std::all_of(own.begin(), own.end(),
                                  [&](const Value& v) { return v.kind() == column.kind; });
    if (own.empty() || !fits) continue;
    column.rules.push_back(rule);
    column.tests.push_back(tests[rule]);
    column.points.insert(column.points.end(), own.begin(), own.end());
  }
  if (!FillRows(&column, tests.size(), &points)) return taken;
  for (const size_t rule : column.rules) taken[rule] = true;
  columns_.push_back(std::move(column));
  return taken;
}

bool RuleIndex::FillRows(Column* column, size_t rule_count, std::vector<std::vector<Value>>* own) {
  if (column->kind != Kind::kBoolean) SortUnique(&column->points);
  const std::vector<Value> values = Representatives(column->kind, column->points);
  if (values.empty() || values.size() * rule_count > kCellsMax) return false;
  column->words = (rule_count + kBitsPerWord - 1) / kBitsPerWord;
  column->rows.assign(values.size() * column->words, ~uint64_t{0});
  Machine machine;
  Machine::Frame frame(&machine, column->slot + 1);
  for (size_t i = 0; i < column->rules.size(); ++i) {
    const size_t rule = column->rules[i];
    std::vector<Value>& points = (*own)[rule];
    if (column->kind != Kind::kBoolean) SortUnique(&points);
    const std::vector<Value> tried = Representatives(column->kind, points);
    if (tried.empty()) return false;
    const std::vector<bool> holds =
        TryOn(column->tests[i], tried, column->slot, &machine, frame.slots());
    for (size_t row = 0; row < values.size(); ++row) {
      if (holds[RowAmong(column->kind, points, values[row])]) continue;
      column->rows[row * column->words + rule / kBitsPerWord] &=
          ~(uint64_t{1} << (rule % kBitsPerWord));
    }
  }
  return true;
}

void RuleIndex::Narrow(Machine& machine, Value* frame, uint64_t* rules) const {
  for (const Column& column : columns_) {
    const Value& input = frame[column.slot];
    if (input.kind() == column.kind) {
      const uint64_t* row =
          &column.rows[RowAmong(column.kind, column.points, input) * column.words];
      for (size_t word = 0; word < column.words; ++word) rules[word] &= row[word];
      continue;
    }
    for (size_t i = 0; i < column.rules.size(); ++i) {
      const size_t rule = column.rules[i];
      const uint64_t bit = uint64_t{1} << (rule % kBitsPerWord);
      if ((rules[rule / kBitsPerWord] & bit) == 0) continue;
      if (!machine.Test(column.tests[i], frame).value_or(false)) {
        rules[rule / kBitsPerWord] &= ~bit;
      }
    }
  }
}

}  // namespace vroegsein::dmn
