#include "ingest/simulator/random.h"

#include <numeric>

#include "ingest/status.h"

namespace vroegsein::simulator {

uint64_t Random::Next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

uint64_t Mix(uint64_t a, uint64_t b) {
  return Random(Random(a).Next() ^ (b * 0xD6E8FEB86659FD93ULL)).Next();
}

size_t Random::PickWeighted(std::span<const uint32_t> weights) {
  uint64_t total = std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  VROEGSEIN_CHECK(total > 0);
  uint64_t at = Below(total);
  for (size_t i = 0;; ++i) {
    if (at < weights[i]) return i;
    at -= weights[i];
  }
}

}  // namespace vroegsein::simulator
