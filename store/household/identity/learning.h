// Learning: the weights of one set of residents, from the residents themselves.
//
// Expectation maximisation over three classes (one person, one home, unrelated); no labels needed.
// What unrelated people look like is seen from pairs drawn at random, the rest from candidate
// pairs. The weights that it starts from count as a number of pairs seen, so that a level that
// hardly occurs keeps its value. Pure function of its arguments; thread safe.
#pragma once

#include <cstddef>
#include <span>

#include "store/household/identity/candidates.h"
#include "store/household/identity/weights.h"

namespace vroegsein::identity {

struct LearningOptions {
  size_t rounds = 12;
  size_t pairs_max = 400'000;  // candidates looked at; evenly spread when there are more
  size_t random_pairs_max = 200'000;
  // How many pairs the starting weights count for, per class.
  double same_trust = 40;
  double home_trust = 150;
  double other_trust = 100;
};

// Fewer residents than this say too little: the weights stay as they are.
inline constexpr size_t kLearnFrom = 100;

Weights Learn(std::span<const Resident> residents, std::span<const Pair> candidates,
              const Weights& start, const LearningOptions& options = {});

}  // namespace vroegsein::identity
