// Trace is why an evaluation came out as it did: the decisions walked, and per decision table the
// rules that matched, the input values they saw, what they gave and their annotations.
//
// It lists steps in flat rows so that one Trace can be filled a million times without allocating.
// Texts in it are views into the model: it is valid as long as the model that filled it lives.
// Threads: as a vector.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/value.h"

namespace vroegsein::dmn {

struct Trace {
  struct Decision {
    std::string_view id;
    std::string_view name;
    feel::Value result;
  };
  struct Rule {
    size_t table = 0;   // row in `tables`
    size_t number = 0;  // from 1, as an editor shows it
    std::string_view id;
    feel::Value output;
    std::span<const std::string> annotations;  // in the order of the table's annotation columns
  };
  struct Table {
    std::string_view id;
    std::string_view decision;  // name of the decision or knowledge model it belongs to
    size_t first_input = 0;     // its input values are inputs[first_input ...]
    size_t input_count = 0;
    std::span<const std::string> input_labels;
    std::span<const std::string> annotation_names;
    feel::Value result;
  };

  std::vector<Decision> decisions;  // in the order in which they were decided
  std::vector<Table> tables;
  std::vector<Rule> rules;  // the rules that matched and count, by table, in rule order
  std::vector<feel::Value> inputs;

  std::span<const feel::Value> InputsOf(const Table& table) const {
    return std::span(inputs).subspan(table.first_input, table.input_count);
  }
  void Clear() {
    decisions.clear();
    tables.clear();
    rules.clear();
    inputs.clear();
  }
};

}  // namespace vroegsein::dmn
