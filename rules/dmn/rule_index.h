// RuleIndex finds the rules of a decision table that an evaluation may still hit, column by column
// instead of rule by rule: the tests of a column that are made of constants are tried once, at
// loading, on every value that makes a difference, and the answer is kept as one bit per rule.
//
// Which values make a difference: numbers at, between and around the constants; each string that
// is named and any other; true and false. The tests are tried by the machine itself, so that the
// index cannot say anything else than they do; an input of another kind than the column's
// constants (null, a list of one) still goes through the tests themselves.
// Immutable after Build(). Private to rules/dmn.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/feel/machine.h"

namespace vroegsein::dmn {

// The constants of a test; false when it is not made of such constants alone.
bool CollectPoints(const feel::Node* test, std::vector<feel::Value>* out);
// REQUIRES: values of one kind that can be ordered.
void SortUnique(std::vector<feel::Value>* points);
// Which row a value is in: numbers at and between the points, strings at a point or at none, false
// and true. REQUIRES: points that are sorted, a value of their kind.
size_t RowAmong(feel::Kind kind, const std::vector<feel::Value>& points, const feel::Value& value);

class RuleIndex {
 public:
  // `tests[rule]` is the test of that rule in this column, which reads the slot. Returns which of
  // them the index answers from now on: the others are the caller's to try.
  // REQUIRES: the tests outlive the index; every column has the same number of rules.
  std::vector<bool> AddColumn(int slot, const std::vector<const feel::Node*>& tests);

  // One bit per rule, 64 to a word.
  static constexpr size_t kBitsPerWord = 64;
  // Rows times rules of one column: a column that would need more is not indexed.
  static constexpr size_t kCellsMax = 1 << 18;

  // Takes away the rules that an indexed test excludes.
  void Narrow(feel::Machine& machine, feel::Value* frame, uint64_t* rules) const;

 private:
  struct Column {
    int slot = 0;
    feel::Kind kind = feel::Kind::kNull;
    size_t words = 0;                 // of one row
    std::vector<feel::Value> points;  // in order
    std::vector<uint64_t> rows;       // bits of the rules that pass, per kind of value
    std::vector<size_t> rules;        // that have a test here, and
    std::vector<const feel::Node*> tests;
  };
  static bool FillRows(Column* column, size_t rule_count,
                       std::vector<std::vector<feel::Value>>* own);

  std::vector<Column> columns_;
};

}  // namespace vroegsein::dmn
