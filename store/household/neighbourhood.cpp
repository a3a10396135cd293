#include "store/household/neighbourhood.h"

#include <algorithm>

#include "store/household/description.h"
#include "store/household/identity/dwelling.h"
#include "store/household/identity/homes.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using identity::Resident;

// A phone, an e-mail or a name that so many households share leads nowhere.
constexpr size_t kTellingSharersMax = 24;

bool IsIn(const std::vector<uint64_t>& numbers, uint64_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

bool Same(const std::string& a, const std::string& b) { return !a.empty() && a == b; }

// In a house of many that is what makes people a household (identity/tenancy.h).
bool AreRelatives(const Resident& a, const Resident& b) {
  identity::Profile one, other;
  identity::AddToProfile(a, &one);
  identity::AddToProfile(b, &other);
  return identity::ShareSurname(one, other) || identity::ShareContact(one, other);
}

}  // namespace

Result<HouseholdRecord*> Neighbourhood::Load(uint64_t number) {
  auto found = state_->FindHousehold({municipality_, number});
  if (found.ok() && *found == nullptr) {
    return Status::DataLoss("an index names a household that is not there");
  }
  return found;
}

Status Neighbourhood::AddAddress(const AddressRecord& address) {
  keys::IndexKey key = keys::Address(municipality_, address);
  if (std::find(addresses_.begin(), addresses_.end(), key) != addresses_.end()) return Status::Ok();
  addresses_.push_back(key);
  auto sharing = state_->Sharing(key);
  if (!sharing.ok()) return sharing.status();
  if (sharing->size() > kLoadedPerAddressMax) {
    crowded_.insert(DwellingOf(address));
    limits_.insert(MATCH_LIMIT_FULL_ADDRESS);
    return Status::Ok();
  }
  // Reading a household leaves the lists alone.
  for (uint64_t number : *sharing) {
    if (IsIn(seen_, number) || !HasRoom()) continue;
    auto household = Load(number);
    if (!household.ok()) return household.status();
    Take(*household);
  }
  return Status::Ok();
}

void Neighbourhood::Take(HouseholdRecord* household) {
  seen_.push_back(household->number());
  households_.push_back(household);
}

bool Neighbourhood::HasRoom() {
  if (households_.size() < kNeighboursMax) return true;
  limits_.insert(MATCH_LIMIT_NEIGHBOURS);
  return false;
}

// Who shares a key and is alike enough by all that is known.
Status Neighbourhood::AddLookAlikes(const Resident& resident, std::span<const keys::IndexKey> lists,
                                    double bits_least) {
  std::vector<uint64_t> others;  // several keys lead to the same
  for (const keys::IndexKey& key : lists) {
    auto sharing = state_->Sharing(key);
    if (!sharing.ok()) return sharing.status();
    if (sharing->size() > kTellingSharersMax) {
      limits_.insert(MATCH_LIMIT_COMMON_TRAIT);
      continue;
    }
    for (uint64_t number : *sharing) {
      if (IsIn(seen_, number) || IsIn(others, number)) continue;
      auto household = Load(number);
      if (!household.ok()) return household.status();
      if (!IsAlike(resident, **household, bits_least)) {
        others.push_back(number);
        continue;
      }
      if (HasRoom()) Take(*household);
    }
  }
  return Status::Ok();
}

// At an address too full to be looked at whole, also relatives.
bool Neighbourhood::IsAlike(const Resident& resident, const HouseholdRecord& household,
                            double bits_least) const {
  std::string home = crowded_.empty() ? std::string() : identity::DwellingKey(resident);
  bool crowded = crowded_.contains(home);
  return std::any_of(
      household.persons().begin(), household.persons().end(), [&](const PersonRecord& person) {
        Resident other = Recall(household, person);
        if (judge_.Weigh(resident, other).bits >= bits_least) return true;
        return crowded && identity::DwellingKey(other) == home && AreRelatives(resident, other);
      });
}

// Where the people of these households live besides, who lives there, and who is like them. The
// latter is nobody where nobody else was ever looked at beside them: whoever came after them would
// have met them.
Status Neighbourhood::AddRing(size_t first, size_t last) {
  for (size_t i = first; i < last; ++i) {
    HouseholdRecord* household = households_[i];
    bool alone = !household->linked() && household->limits().empty();
    for (const PersonRecord& person : household->persons()) {
      if (++asked_ > kAskedMax) {
        limits_.insert(MATCH_LIMIT_NEIGHBOURS);
        return Status::Ok();
      }
      VROEGSEIN_RETURN_IF_ERROR(AddAddress(AddressOf(*household, person)));
      if (alone) continue;
      Resident resident = Recall(*household, person);
      VROEGSEIN_RETURN_IF_ERROR(AddLookAlikes(resident, PersonKeys(municipality_, resident), 0));
    }
  }
  return Status::Ok();
}

Status Neighbourhood::Gather(const Resident& resident, std::span<const keys::IndexKey> lists,
                             const AddressRecord& address) {
  state_->Foresee(lists);
  VROEGSEIN_RETURN_IF_ERROR(AddAddress(address));
  VROEGSEIN_RETURN_IF_ERROR(AddLookAlikes(resident, lists, kDoubtBits));
  for (size_t from = 0, to = households_.size(); from < to; to = households_.size()) {
    VROEGSEIN_RETURN_IF_ERROR(AddRing(from, to));
    from = to;
  }
  return Status::Ok();
}

std::string_view NameOf(MatchLimit limit) {
  switch (limit) {
    case MATCH_LIMIT_FULL_ADDRESS: return "adres-vol";
    case MATCH_LIMIT_NEIGHBOURS: return "omgeving-te-groot";
    case MATCH_LIMIT_COMMON_TRAIT: return "kenmerk-van-velen";
    case MATCH_LIMIT_SIZE: return "te-groot-om-samen-te-voegen";
    default: return "";
  }
}

bool IndexLeadsTo(const Resident& a, const Resident& b) {
  if (Same(a.phone, b.phone) || Same(a.email, b.email) ||
      Same(a.citizen_number, b.citizen_number)) {
    return true;
  }
  if (a.legal_person || b.legal_person) return false;
  bool code = std::any_of(a.codes.begin(), a.codes.end(), [&b](const std::string& each) {
    return std::find(b.codes.begin(), b.codes.end(), each) != b.codes.end();
  });
  bool initials = a.initials.size() > 1 && a.initials == b.initials;
  bool door = a.postcode.compare(0, 4, b.postcode, 0, 4) == 0 && Same(a.number, b.number);
  return code && (Same(a.birth, b.birth) || initials || door);
}

}  // namespace vroegsein
