#include "store/household/membership.h"

#include <algorithm>
#include <tuple>

#include "store/household/description.h"
#include "store/household/identity/dwelling.h"
#include "store/household/identity/persons.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using identity::Resident;

// What is known of one of the household's addresses.
struct Dwelling {
  const AddressRecord* address;
  Resident resident;
  int32_t last_day = INT32_MIN;
  uint32_t records = 0;
};

std::vector<Dwelling> DwellingsOf(const HouseholdRecord& household) {
  std::vector<Dwelling> dwellings;
  for (const AddressRecord& address : household.addresses()) dwellings.push_back({&address, {}});
  for (const PersonRecord& person : household.persons()) {
    Dwelling& dwelling = dwellings[person.address()];
    if (dwelling.records == 0 && dwellings.size() > 1) {
      dwelling.resident = Recall(household, person);
    }
    dwelling.last_day = std::max(dwelling.last_day, person.last_day());
    dwelling.records += person.records();
  }
  return dwellings;
}

bool IsSlip(const Dwelling& one, const std::vector<Dwelling>& all) {
  return one.records == 1 && std::any_of(all.begin(), all.end(), [&](const Dwelling& other) {
           return other.records > 1 && identity::IsNearAddress(one.resident, other.resident);
         });
}

void DropUnusedAddresses(HouseholdRecord* household) {
  std::vector<bool> used(static_cast<size_t>(household->addresses_size()), false);
  for (const PersonRecord& person : household->persons()) used[person.address()] = true;
  for (int place = household->addresses_size() - 1; place >= 0; --place) {
    if (used[static_cast<size_t>(place)]) continue;
    household->mutable_addresses()->DeleteSubrange(place, 1);
    for (PersonRecord& person : *household->mutable_persons()) {
      if (static_cast<int>(person.address()) > place) person.set_address(person.address() - 1);
    }
  }
}

}  // namespace

std::vector<keys::IndexKey> ListsOf(const HouseholdRecord& household, const PersonRecord& person) {
  auto lists = PersonKeys(household.municipality(), Recall(household, person));
  lists.push_back(keys::Address(household.municipality(), AddressOf(household, person)));
  return lists;
}

Status List(State* state, std::span<const keys::IndexKey> person_keys, HouseholdRecord* household,
            PersonRecord* person) {
  auto add = [&](const keys::IndexKey& key) {
    auto sharers = state->Share(key, household->number(), kSharersMax);
    if (!sharers.ok()) return sharers.status();
    if (!sharers->Contains(household->number())) person->set_unlisted(true);
    return Status::Ok();
  };
  for (const keys::IndexKey& key : person_keys) VROEGSEIN_RETURN_IF_ERROR(add(key));
  return add(keys::Address(household->municipality(), AddressOf(*household, *person)));
}

Status ListAll(State* state, HouseholdRecord* household) {
  for (PersonRecord& person : *household->mutable_persons()) {
    person.clear_unlisted();
    auto person_keys = PersonKeys(household->municipality(), Recall(*household, person));
    VROEGSEIN_RETURN_IF_ERROR(List(state, person_keys, household, &person));
  }
  return Status::Ok();
}

Status UnlistAll(State* state, const HouseholdRecord& household) {
  for (const PersonRecord& person : household.persons()) {
    for (const keys::IndexKey& key : ListsOf(household, person)) {
      VROEGSEIN_RETURN_IF_ERROR(state->Unshare(key, household.number()));
    }
  }
  return Status::Ok();
}

uint32_t PlaceOf(const AddressRecord& address, HouseholdRecord* household) {
  for (int place = 0; place < household->addresses_size(); ++place) {
    if (SameAddress(household->addresses(place), address)) return static_cast<uint32_t>(place);
  }
  *household->add_addresses() = address;
  return static_cast<uint32_t>(household->addresses_size() - 1);
}

PersonRecord* AddDescription(const Newcomer& newcomer, HouseholdRecord* household) {
  uint32_t place = PlaceOf(newcomer.address, household);
  household->set_persons_given(household->persons_given() + 1);
  PersonRecord* person = household->add_persons();
  person->set_number(household->persons_given());
  person->set_person(person->number());
  person->set_address(place);
  person->add_spellings(newcomer.spelling);
  Keep(newcomer.resident, person);
  return person;
}

void CountSeen(int32_t day, PersonRecord* person) {
  bool first = person->records() == 0;
  person->set_first_day(first ? day : std::min(person->first_day(), day));
  person->set_last_day(first ? day : std::max(person->last_day(), day));
  person->set_records(person->records() + 1);
}

void NamePersons(const identity::Judge& judge, HouseholdRecord* household) {
  if (household->persons_size() > kJoinedDescriptionsMax) return;
  std::vector<Resident> residents;
  std::vector<identity::Pair> pairs;
  for (const PersonRecord& person : household->persons()) {
    auto place = static_cast<uint32_t>(residents.size());
    for (uint32_t other = 0; other < place; ++other) pairs.push_back({other, place});
    residents.push_back(Recall(*household, person));
  }
  auto groups = identity::GroupPersons(residents, pairs, judge);
  std::vector<uint32_t> first(residents.size(), 0);
  for (int i = 0; i < household->persons_size(); ++i) {
    PersonRecord* person = household->mutable_persons(i);
    uint32_t& number = first[groups.group[static_cast<size_t>(i)]];
    if (number == 0) number = person->number();
    person->set_person(number);
  }
}

void NamePersons(std::span<const std::pair<uint32_t, uint32_t>> persons,
                 HouseholdRecord* household) {
  for (PersonRecord& person : *household->mutable_persons()) {
    for (const auto& [number, first] : persons) {
      if (number == person.number()) person.set_person(first);
    }
  }
}

bool SettleAddress(HouseholdRecord* household) {
  bool only = household->addresses_size() == 1;
  if (only && SameAddress(household->addresses(0), household->address())) return false;
  DropUnusedAddresses(household);
  std::vector<Dwelling> dwellings = DwellingsOf(*household);
  const Dwelling* newest = nullptr;
  auto rank = [](const Dwelling& one) {
    return std::tie(one.last_day, one.records, one.address->postcode(), one.address->house_number(),
                    one.address->suffix());
  };
  for (const Dwelling& one : dwellings) {
    if (IsSlip(one, dwellings)) continue;
    if (newest == nullptr || rank(*newest) < rank(one)) newest = &one;
  }
  if (newest == nullptr || SameAddress(*newest->address, household->address())) return false;
  AddressRecord address = *newest->address;
  *household->mutable_address() = std::move(address);
  return true;
}

const PersonRecord* FindPerson(const HouseholdRecord& household, uint32_t number) {
  for (const PersonRecord& person : household.persons()) {
    if (person.number() == number) return &person;
  }
  return nullptr;
}

PersonRecord* FindPerson(HouseholdRecord* household, uint32_t number) {
  return const_cast<PersonRecord*>(FindPerson(std::as_const(*household), number));
}

}  // namespace vroegsein
