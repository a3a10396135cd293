// Membership: the people of a household as its record keeps them, and the lists by which the
// household is found: of its addresses, and of names, birth dates, phones (keys.h, 'A' and 'P').
//
// A list is bounded; whoever finds it full is marked `unlisted` and found by the others. Errors: of
// the store. Thread: the desk's.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "store/household/identity/weights.h"
#include "store/household/matcher.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

// Households that one key leads to. At an address with more the newest are found by name; a phone
// of more is an institution's.
inline constexpr size_t kSharersMax = 64;
// Descriptions in a household: beyond it a new one counts as the last. And those that two may have
// together to become one by themselves.
inline constexpr int kDescriptionsMax = 200;
inline constexpr int kJoinedDescriptionsMax = 40;

// The lists in which a description belongs.
std::vector<keys::IndexKey> ListsOf(const HouseholdRecord& household, const PersonRecord& person);

// A description that was not listed before; its keys in the person index are `person_keys`.
Status List(State* state, std::span<const keys::IndexKey> person_keys, HouseholdRecord* household,
            PersonRecord* person);
Status ListAll(State* state, HouseholdRecord* household);
Status UnlistAll(State* state, const HouseholdRecord& household);

// Adds a description; it is in no list yet. REQUIRES: fewer than kDescriptionsMax.
PersonRecord* AddDescription(const Newcomer& newcomer, HouseholdRecord* household);
// The place of `address` in the household, added when it is new.
uint32_t PlaceOf(const AddressRecord& address, HouseholdRecord* household);

// One more signal of that day that describes them so.
void CountSeen(int32_t day, PersonRecord* person);

// Says anew which descriptions are one person: by comparing them, or as the pairs say (number of
// the description, number of the person's first).
void NamePersons(const identity::Judge& judge, HouseholdRecord* household);
void NamePersons(std::span<const std::pair<uint32_t, uint32_t>> persons,
                 HouseholdRecord* household);

// Leaves out addresses where nobody of the household was seen, and sets the one where they live
// now: where they were seen last. One signal at a slip of the pen from another address does not
// count. True when that is another than before.
bool SettleAddress(HouseholdRecord* household);

// nullptr when there is none.
const PersonRecord* FindPerson(const HouseholdRecord& household, uint32_t number);
PersonRecord* FindPerson(HouseholdRecord* household, uint32_t number);

}  // namespace vroegsein
