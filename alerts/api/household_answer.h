// Who a household is made of, and why: its old names, addresses, people and history, and how each
// description of a resident compares with the others. Never the BSN.
//
// Pure functions; thread safe.
#pragma once

#include <optional>

#include "alerts/reading/json_writer.h"
#include "store/household/identity/explanation.h"
#include "store/record.pb.h"

namespace vroegsein {

// `samengevoegd`, `afgesplitst`, `overgenomen`, `verhuisd`, `verschillend-beoordeeld`.
std::string_view NameOf(HouseholdChangeKind kind);

// Comparisons that are shown of one household.
inline constexpr int kComparisonsMax = 30;

// The fields `aliassen`, `adressen`, `personen`, `geschiedenis` and `vergelijkingen`.
void AddComposition(const HouseholdRecord& household, JsonWriter* json);

// The fields of an explanation: `zelfdePersoon`, `kans`, `velden`, `keerpunten`.
void AddExplanation(const identity::Explanation& explanation, JsonWriter* json);

// The two descriptions of two households that are most alike.
struct LikestPair {
  const PersonRecord* person = nullptr;
  const PersonRecord* other = nullptr;
  identity::Explanation explanation;
};
std::optional<LikestPair> FindLikest(const HouseholdRecord& household,
                                     const HouseholdRecord& other);

}  // namespace vroegsein
