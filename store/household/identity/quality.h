// Quality: how far a grouping of records is the true one.
//
// Pairwise: of the pairs of records that were put together, how many belong (precision), and of
// those that belong, how many were put together (recall). B-cubed: the same, averaged per record,
// so that large groups do not decide all. Wrongly joined: groups that hold records of more than
// one true group, of all groups. Pure functions; thread safe.
#pragma once

#include <cstdint>
#include <span>

namespace vroegsein::identity {

struct Rates {
  double precision = 1;
  double recall = 1;
  double f1() const {
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  }
};

struct Quality {
  Rates pairs;
  Rates b_cubed;
  uint64_t groups = 0;
  uint64_t joined_wrongly = 0;
  double joined_wrongly_share() const {
    return groups > 0 ? static_cast<double>(joined_wrongly) / static_cast<double>(groups) : 0;
  }
};

// REQUIRES: both have a label per record, in the same order.
Quality MeasureGroups(std::span<const uint32_t> found, std::span<const uint32_t> truth);

// How many of the groups hold two people who never belonged to one true household: what somebody
// else's debt on the doorstep comes from. Groups that only hold one person's records of before and
// after a break-up are not among them.
uint64_t GroupsWithStrangers(std::span<const uint32_t> found, std::span<const uint32_t> persons,
                             std::span<const uint32_t> households);

}  // namespace vroegsein::identity
