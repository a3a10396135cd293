// TableSpace is the space of inputs of a decision table, cut where its tests cut it: per column a
// few representative values, and for each rule whether they pass. Private to rules/dmn.
//
// A test that is not made of constants may or may not hold: it never proves an overlap, never
// proves that a rule is covered, and counts as a rule that might take a case.
// One thread. Searches stop after kBoxesMax steps; exhausted() tells so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/dmn/check.h"
#include "rules/dmn/decision_table.h"

namespace vroegsein::dmn {

class TableSpace {
 public:
  explicit TableSpace(const DecisionTable& table);

  // A column in which no value passes the rule's test.
  std::optional<size_t> ImpossibleColumn(size_t rule) const;
  // Whether every case of the rule is certainly taken by a rule before it.
  bool CoveredBefore(size_t rule) const;
  // A case that both rules certainly take, as text.
  std::optional<std::string> Overlap(size_t a, size_t b) const;
  // A case that certainly no rule takes.
  std::optional<std::string> Gap() const;
  bool exhausted() const { return exhausted_; }

 private:
  enum class Verdict : uint8_t { kNo, kYes, kMaybe };
  struct Column {
    std::vector<feel::Value> values;
    std::vector<std::vector<Verdict>> verdicts;  // by rule, by value
  };
  using Rules = std::vector<size_t>;

  void MakeColumn(size_t index, feel::Machine* machine);
  // Looks for values, column by column, after which none of `rules` is left; `own` >= 0: only
  // among the cases of that rule. `certain`: a rule is left only while it certainly matches.
  bool FindFree(size_t column, const Rules& rules, std::optional<size_t> own, bool certain,
                std::vector<size_t>* path) const;
  std::string Describe(const std::vector<size_t>& path) const;

  const DecisionTable& table_;
  std::vector<Column> columns_;
  mutable size_t steps_ = 0;
  mutable bool exhausted_ = false;
  mutable std::map<std::pair<size_t, Rules>, bool> dead_ends_;
};

}  // namespace vroegsein::dmn
