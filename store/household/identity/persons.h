// Persons: which records describe one person.
//
// The likeliest pairs first. Two groups become one only when what speaks for it among all pairs of
// their members outweighs what contradicts it in name, birth date or number, so that no chain of
// links fuses people: a record that fits two twins goes to one of them, and the twins stay two.
// Pure function; thread safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "store/household/identity/candidates.h"
#include "store/household/identity/weights.h"

namespace vroegsein::identity {

struct PersonOptions {
  // Odds at and above which two records are one person: at one address, and over two, where a
  // mistake joins strangers.
  double link_bits = 0;
  double link_elsewhere_bits = 4;
  size_t compared_max = 12;  // members of a group that are compared with another's
  double vote_bits = 10;     // no pair of them counts for more than this
  double contradiction_weight = 2;
  double field_bits = 8;  // against it of one field, over all pairs that have it
};

struct PersonGroups {
  std::vector<uint32_t> group;   // per resident; numbers follow the order of first appearance
  std::vector<float> certainty;  // per resident: of its best link within the group; 1 when alone
};

PersonGroups GroupPersons(std::span<const Resident> residents, std::span<const Pair> candidates,
                          const Judge& judge, const PersonOptions& options = {});

}  // namespace vroegsein::identity
