// Reading a whole data folder: which municipalities it has, and each municipality's households, one
// at a time. What the command line and the reports start from; memory stays that of one household.
//
// Errors: kDataLoss when a record cannot be read, those of the database, and whatever `each`
// returned, which ends the walk. Threads: any; every call sees one moment of the store.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/ids.h"
#include "store/record.pb.h"

namespace vroegsein {

// In order of their code.
Result<std::vector<MunicipalityRecord>> Municipalities(const Database& database);

// How much of a household is read. The cases are always there with their decisions spelled out.
enum class Depth {
  kCases,  // its signals without what stands in their details (store/record.proto): one read
  kWhole   // everything: a read for each signal
};

// In order of their number. The record lives only during the call.
using EachHouseholdFunction = std::function<Status(const HouseholdRecord&)>;
Status EachHousehold(const Database& database, const std::string& municipality, Depth depth,
                     const EachHouseholdFunction& each);

// Those with a number from `first` to `last`, both included, as Depth::kCases; `texts` of that
// municipality (store/texts.h). For who reads parts side by side.
struct HouseholdRange {
  std::string municipality;
  uint64_t first = 0;
  uint64_t last = 0;
};
Status EachHouseholdIn(const Database& database, const HouseholdRange& range,
                       const TextsRecord& texts, const EachHouseholdFunction& each);

// Also by a name from before. nullopt when there is none.
Result<std::optional<HouseholdRecord>> ReadHousehold(const Database& database,
                                                     const HouseholdId& id, Depth depth);

// One that is absent reads as an empty one.
Result<CountersRecord> ReadCounters(const Database& database, const std::string& municipality);

// What is left of erased cases and signals, in the order of erasure.
using EachFactFunction = std::function<Status(const CaseFact&)>;
Status EachErasedFact(const Database& database, const std::string& municipality,
                      const EachFactFunction& each);

}  // namespace vroegsein
