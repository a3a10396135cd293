// Descriptions: a resident as one signal describes them, in the form that the matcher compares and
// that a household keeps (PersonRecord), and the keys of the person index by which the same person
// is found at another address.
//
// How common a name is comes from the short list that the program knows, not from what the store
// holds: what was counted so far would depend on the order of arrival. Pure functions; thread safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/signal.pb.h"
#include "store/household/identity/resident.h"
#include "store/keys.h"
#include "store/record.pb.h"

namespace vroegsein {

// A hash of everything of a client that is compared, as it was written, but street and town: who is
// written the same again needs no second look.
uint64_t SpellingOf(const Client& client);

// At that address, normalised.
identity::Resident Describe(const Client& client, const AddressRecord& address);

// What Describe() made, kept; and back. A description stands at one address of its household.
//
//   description = surnames codes given initials birth street phone email citizen-number legal
//
// each ended by 1F, which no text holds (what stands at the end and is empty is left out);
// surnames, and the codes of how they sound, have 1E between them; legal is 1 or empty.
void Keep(const identity::Resident& resident, PersonRecord* person);
identity::Resident Recall(const HouseholdRecord& household, const PersonRecord& person);
// REQUIRES: `into` is a new one.
void Recall(const HouseholdRecord& household, const PersonRecord& person, identity::Resident* into);

// Where `person` was seen.
const AddressRecord& AddressOf(const HouseholdRecord& household, const PersonRecord& person);
bool SameAddress(const AddressRecord& a, const AddressRecord& b);
// As identity::DwellingKey() of who lives there.
std::string DwellingOf(const AddressRecord& address);

// The keys of a description in the person index, sorted. At most kPersonKeysMax.
inline constexpr size_t kPersonKeysMax = 10;
std::vector<keys::IndexKey> PersonKeys(const std::string& municipality,
                                       const identity::Resident& resident);

}  // namespace vroegsein
