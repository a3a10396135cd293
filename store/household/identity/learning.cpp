#include "store/household/identity/learning.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vroegsein::identity {
namespace {

using Counts = decltype(Weights::chance);

constexpr double kLeastShare = 1e-7;  // of a level within a class

struct Evidence {
  Pair pair;
  Agreement agreement;
};

// SplitMix64: evenly spread, and the same everywhere.
uint64_t Scatter(uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

class Learner {
 public:
  Learner(std::span<const Resident> residents, const Weights& start, const LearningOptions& options)
      : residents_(residents), start_(start), weights_(start), options_(options) {}

  Weights Run(std::span<const Pair> candidates) {
    Sample(candidates);
    for (size_t round = 0; round < options_.rounds; ++round) Round();
    return weights_;
  }

 private:
  void Sample(std::span<const Pair> candidates) {
    size_t step = std::max<size_t>(1, candidates.size() / options_.pairs_max);
    for (size_t i = 0; i < candidates.size(); i += step) likely_.push_back(See(candidates[i]));
    scale_ = static_cast<double>(step);
    size_t count = residents_.size();
    for (size_t i = 0; i < options_.random_pairs_max; ++i) {
      auto a = static_cast<uint32_t>(Scatter(2 * i) % count);
      auto b = static_cast<uint32_t>(Scatter(2 * i + 1) % count);
      if (a != b) random_.push_back(See({a, b}));
    }
  }

  Evidence See(Pair pair) const { return {pair, Compare(residents_[pair.a], residents_[pair.b])}; }

  void Round() {
    Judge judge(weights_);
    Counts counts{};
    double same = 0, home = 0;
    for (const Evidence& seen : likely_) {
      Verdict verdict = WeighOne(judge, seen);
      same += verdict.same;
      home += verdict.home;
      Add(seen.agreement, {verdict.same, verdict.home, 0}, &counts);
    }
    for (const Evidence& seen : random_) {
      Verdict verdict = WeighOne(judge, seen);
      Add(seen.agreement, {0, 0, 1 - verdict.same - verdict.home}, &counts);
    }
    Settle(counts);
    SettlePriors(same * scale_, home * scale_);
  }

  Verdict WeighOne(const Judge& judge, const Evidence& seen) const {
    return judge.Weigh(residents_[seen.pair.a], residents_[seen.pair.b], seen.agreement);
  }

  static void Add(const Agreement& agreement, const std::array<double, kKinCount>& share,
                  Counts* counts) {
    for (size_t f = 0; f < kFieldCount; ++f) {
      for (size_t kin = 0; kin < kKinCount; ++kin) (*counts)[f][agreement[f]][kin] += share[kin];
    }
  }

  void Settle(const Counts& counts) {
    const std::array<double, kKinCount> trust = {options_.same_trust, options_.home_trust,
                                                 options_.other_trust};
    for (size_t f = 0; f < kFieldCount; ++f) {
      size_t levels = LevelNames(static_cast<Field>(f)).size();
      for (size_t kin = 0; kin < kKinCount; ++kin) {
        double total = 0, expected = 0;
        for (size_t level = 1; level <= levels; ++level) {
          total += counts[f][level][kin];
          expected += start_.chance[f][level][kin];
        }
        for (size_t level = 1; level <= levels; ++level) {
          double prior = start_.chance[f][level][kin] / expected * trust[kin];
          double share = (counts[f][level][kin] + prior) / (total + trust[kin]);
          weights_.chance[f][level][kin] = std::max(share, kLeastShare);
        }
      }
    }
  }

  // Of all pairs there are; those that are no candidates are unrelated.
  void SettlePriors(double same, double home) {
    auto count = static_cast<double>(residents_.size());
    double pairs = count * (count - 1) / 2;
    constexpr double kMost = 0.2;
    weights_.same_prior = std::clamp((same + 1) / (pairs + 1), 1e-12, kMost);
    weights_.home_prior = std::clamp((home + 1) / (pairs + 1), 1e-12, kMost);
  }

  std::span<const Resident> residents_;
  const Weights& start_;
  Weights weights_;
  const LearningOptions& options_;
  std::vector<Evidence> likely_;
  std::vector<Evidence> random_;
  double scale_ = 1;
};

}  // namespace

Weights Learn(std::span<const Resident> residents, std::span<const Pair> candidates,
              const Weights& start, const LearningOptions& options) {
  if (residents.size() < 2) return start;
  return Learner(residents, start, options).Run(candidates);
}

}  // namespace vroegsein::identity
