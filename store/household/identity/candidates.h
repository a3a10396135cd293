// Candidates: which residents are worth comparing at all.
//
// Each resident has a few blocking keys (address; name with birth date; phone; ...); who share one
// are candidates. A key that very many share is cut short: there only neighbours in the order of
// their names are taken, so that the work is bounded whatever the input. Pure functions; thread
// safe.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "store/household/identity/resident.h"

namespace vroegsein::identity {

inline constexpr size_t kBlockMax = 100;      // residents that are all compared with one another
inline constexpr size_t kNeighboursMax = 12;  // beyond it: with so many next in order
inline constexpr size_t kBlockingKeysMax = 28;

// The keys of one resident, as hashes that are the same on every machine.
std::vector<uint64_t> BlockingKeys(const Resident& resident);

struct Pair {
  uint32_t a;
  uint32_t b;  // a < b
};
// Every pair once, in order.
std::vector<Pair> CandidatePairs(std::span<const Resident> residents);

}  // namespace vroegsein::identity
