// Matching: records in, persons and households out. Where the parts of this folder come together.
//
// Records that say the same are one resident to compare. With kLearnFrom residents or more the
// weights are learned from them first, unless that is switched off. Pure function; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/household/identity/homes.h"
#include "store/household/identity/learning.h"
#include "store/household/identity/persons.h"
#include "store/household/identity/resident.h"
#include "store/household/identity/weights.h"

namespace vroegsein::identity {

struct MatchOptions {
  Weights weights = DefaultWeights();
  bool learn = true;
  PersonOptions persons;
  HomeOptions homes;
};

struct Placed {
  uint32_t person = 0;  // numbers follow the order of first appearance
  uint32_t household = 0;
  float certainty = 1;  // that the record belongs with its person
};

// The residents of a set of records, ready to compare.
struct Population {
  std::vector<Resident> residents;    // each different
  std::vector<uint32_t> resident_of;  // per record
};
Population Populate(const std::vector<ResidentText>& records);

// What a match was made with, for an explanation.
struct MatchTrace {
  Population population;
  Weights weights;
};

// Fills `*trace` when it is given.
std::vector<Placed> MatchRecords(const std::vector<ResidentText>& records,
                                 const MatchOptions& options = {}, MatchTrace* trace = nullptr);

}  // namespace vroegsein::identity
