#include "store/household/acquaintance.h"

#include <algorithm>
#include <map>
#include <vector>

#include "ingest/signal_shape.h"
#include "store/household/identity/homes.h"
#include "store/household/membership.h"
#include "store/household/person.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

// Households at one address that are asked whether they know the spelling.
constexpr size_t kAskedPerAddressMax = 24;

// A contract of which a home has one, in another's name too: then who came after whom may change.
bool IsOnAnothersContract(const Acquaintance& known, const std::string& sector) {
  const HouseholdRecord& household = *known.household;
  if (household.persons_size() == 1 || ContractOf(sector).empty()) return false;
  auto is_anothers = [&](const SignalRecord& record) {
    if (record.signal().sector() != sector) return false;
    const PersonRecord* person = FindPerson(household, record.person_number());
    return person != nullptr && person->person() != known.person->person();
  };
  return std::any_of(household.signals().begin(), household.signals().end(), is_anothers);
}

ptrdiff_t CountPeople(const HouseholdRecord& household) {
  std::vector<uint32_t> people;
  for (const PersonRecord& one : household.persons()) people.push_back(one.person());
  std::sort(people.begin(), people.end());
  return std::unique(people.begin(), people.end()) - people.begin();
}

}  // namespace

std::string_view ContractOf(const std::string& sector) {
  static const std::map<std::string_view, std::string> kKnown = [] {
    std::map<std::string_view, std::string> known;
    const identity::HomeOptions usual;
    for (std::string_view name : kSectors) {
      std::string sort = FoldName(name);
      known[name] = usual.one_per_home.contains(sort) ? sort : std::string();
    }
    return known;
  }();
  auto found = kKnown.find(sector);
  return found == kKnown.end() ? std::string_view() : std::string_view(found->second);
}

Result<Acquaintance> FindWritten(State* state, const std::string& municipality,
                                 const AddressRecord& address, uint64_t spelling) {
  auto sharing = state->Sharing(keys::Address(municipality, address));
  if (!sharing.ok()) return sharing.status();
  Acquaintance found;
  found.alone = sharing->size() == 1;
  size_t asked = 0;
  for (uint64_t number : *sharing) {
    if (++asked > kAskedPerAddressMax) break;
    auto household = state->FindHousehold({municipality, number});
    if (!household.ok()) return household.status();
    if (*household == nullptr) {
      return Status::DataLoss("the address index names a household that is not there");
    }
    for (const PersonRecord& person : (*household)->persons()) {
      const auto& spellings = person.spellings();
      bool same = std::find(spellings.begin(), spellings.end(), spelling) != spellings.end();
      if (!same) continue;
      found.household = *household;
      found.person = &person;
      return found;
    }
  }
  return found;
}

bool ChangesNothing(const Acquaintance& known, const Signal& signal) {
  if (IsOnAnothersContract(known, signal.sector())) return false;
  int32_t day = signal.signal_day();
  bool seen_then = known.person->first_day() <= day && day <= known.person->last_day();
  const HouseholdRecord& household = *known.household;
  if (!known.alone || household.linked() || household.addresses_size() > 1) {
    return seen_then && known.person->records() >= kCountedRecordsMax;
  }
  return seen_then || CountPeople(household) <= 2;
}

}  // namespace vroegsein
