// Random: the simulator's own numbers, the same on every machine and with every standard library.
//
// SplitMix64 and integer arithmetic only; no floating point, no std:: distributions, no hidden
// state. Not for secrets. A value type; not for several threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace vroegsein::simulator {

// Parts per million: 0 never, 1,000,000 always.
using RatePpm = uint32_t;
inline constexpr RatePpm kAlways = 1'000'000;
inline constexpr RatePpm kPercent = 10'000;

// One number out of two, evenly spread: seeds for parts that must not depend on each other.
uint64_t Mix(uint64_t a, uint64_t b);

// One draw per statement: the order in which the operands of + are drawn is the compiler's choice.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next();
  // 0 .. bound-1. REQUIRES: bound > 0.
  uint64_t Below(uint64_t bound) { return Next() % bound; }
  // low .. high, both included. REQUIRES: low <= high.
  int Between(int low, int high) {
    return low + static_cast<int>(Below(static_cast<uint64_t>(high - low + 1)));
  }
  bool Chance(RatePpm rate) { return Below(kAlways) < rate; }

  template <typename T>
  const T& Pick(std::span<const T> items) {
    return items[Below(items.size())];
  }
  template <typename T, size_t kSize>
  const T& Pick(const T (&items)[kSize]) {
    return items[Below(kSize)];
  }
  // An index, as often as its weight says. REQUIRES: a weight above zero.
  size_t PickWeighted(std::span<const uint32_t> weights);

 private:
  uint64_t state_;
};

}  // namespace vroegsein::simulator
