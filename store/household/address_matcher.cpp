#include "store/household/address.h"
#include "store/household/matcher.h"
#include "store/household/person.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

// The persons at one address that we tell apart; beyond it, new names join the last one. A student
// house has tens; a file that makes thousands is broken.
constexpr int kPersonsPerHouseholdMax = 200;

Result<HouseholdRecord*> FindOrMake(State* state, const std::string& municipality,
                                    const Client& client, bool* made) {
  AddressRecord address = NormaliseAddress(client);
  std::string key = keys::Address(municipality, address);
  auto sharing = state->Sharing(key);
  if (!sharing.ok()) return sharing.status();
  if ((*sharing)->numbers_size() > 0) {
    auto found = state->FindHousehold({municipality, (*sharing)->numbers(0)});
    if (found.ok() && *found == nullptr) {
      return Status::DataLoss("the address index names a household that is not there");
    }
    return found;
  }
  auto household = state->MakeHousehold(municipality);
  if (!household.ok()) return household;
  *made = true;
  *(*household)->mutable_address() = std::move(address);
  VROEGSEIN_RETURN_IF_ERROR(state->Share(key, (*household)->number()).status());
  return household;
}

}  // namespace

Result<HouseholdMatch> AddressMatcher::Place(State* state, const std::string& municipality,
                                             const Client& client) const {
  HouseholdMatch match;
  auto household = FindOrMake(state, municipality, client, &match.made);
  if (!household.ok()) return household.status();
  match.household = *household;
  std::string key = PersonKey(client);
  for (const PersonRecord& person : match.household->persons()) {
    match.person_number = person.number();
    if (person.key() == key) return match;
  }
  if (match.household->persons_size() >= kPersonsPerHouseholdMax) return match;
  PersonRecord* person = match.household->add_persons();
  person->set_number(++match.person_number);
  person->set_key(key);
  state->Changed(*match.household);
  state->Put(keys::Person({municipality, match.household->number()}, key), "");
  return match;
}

Status AddressMatcher::Forget(State* state, const HouseholdRecord& household) const {
  const std::string& municipality = household.municipality();
  for (const PersonRecord& person : household.persons()) {
    state->Delete(keys::Person({municipality, household.number()}, person.key()));
  }
  return state->Unshare(keys::Address(municipality, household.address()), household.number());
}

}  // namespace vroegsein
