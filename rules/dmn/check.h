// Check looks at a loaded model as a careful colleague would: rules that can never fire, overlaps
// that the hit policy forbids, situations that no rule covers, inputs that nothing uses, and
// expressions whose types can never go together.
//
// It cuts every column of a decision table at the values that its tests name, and then looks at the
// boxes between the cuts. A test that is no comparison with constants is taken as one that may or
// may not hold, so that nothing is reported that is not certain.
// Pure function; the work per table is bounded by kBoxesMax.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rules/dmn/model.h"

namespace vroegsein::dmn {

enum class FindingKind {
  kUnreachableRule,
  kForbiddenOverlap,
  kGap,
  kUnusedInput,
  kType,
  kNotChecked
};

struct Finding {
  FindingKind kind = FindingKind::kGap;
  std::string table;    // the decision or knowledge model, or the input data
  std::string element;  // id of the nearest XML element that has one
  size_t rule = 0;      // from 1; 0: not about one rule
  size_t other_rule = 0;
  size_t line = 0;
  std::string text;  // what it is, with an example where there is one
  std::string ToString() const;
};

constexpr size_t kBoxesMax = 2'000'000;

std::vector<Finding> Check(const Model& model);

}  // namespace vroegsein::dmn
