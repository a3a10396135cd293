#include "store/household/neighbourhood.h"

#include <algorithm>

#include "store/household/description.h"
#include "store/household/identity/homes.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

using identity::Resident;

// A phone, an e-mail or a name that so many households share leads nowhere.
constexpr int kTellingSharersMax = 24;

}  // namespace

Result<HouseholdRecord*> Neighbourhood::Load(uint64_t number) {
  auto found = state_->FindHousehold({municipality_, number});
  if (found.ok() && *found == nullptr) {
    return Status::DataLoss("an index names a household that is not there");
  }
  return found;
}

Status Neighbourhood::AddAddress(const AddressRecord& address, const Resident& resident) {
  std::string key = keys::Address(municipality_, address);
  if (!addresses_.insert(key).second) return Status::Ok();
  auto sharing = state_->Sharing(key);
  if (!sharing.ok()) return sharing.status();
  if ((*sharing)->numbers_size() > kLoadedPerAddressMax) {
    crowded_.insert(identity::DwellingKey(resident));
    return Status::Ok();
  }
  HouseholdNumbers numbers = **sharing;
  for (uint64_t number : numbers.numbers()) {
    if (households_.size() >= kNeighboursMax || !seen_.insert(number).second) continue;
    auto household = Load(number);
    if (!household.ok()) return household.status();
    households_.push_back(*household);
  }
  return Status::Ok();
}

// Who shares a key and is alike enough by all that is known.
Status Neighbourhood::AddLookAlikes(const Resident& resident, double bits_least) {
  for (const std::string& key : PersonKeys(municipality_, resident)) {
    auto sharing = state_->Sharing(key);
    if (!sharing.ok()) return sharing.status();
    if ((*sharing)->numbers_size() > kTellingSharersMax) continue;
    HouseholdNumbers numbers = **sharing;
    for (uint64_t number : numbers.numbers()) {
      if (households_.size() >= kNeighboursMax || seen_.contains(number)) continue;
      auto household = Load(number);
      if (!household.ok()) return household.status();
      const auto& persons = (*household)->persons();
      bool alike = std::any_of(persons.begin(), persons.end(), [&](const PersonRecord& person) {
        return judge_.Weigh(resident, Recall(**household, person)).bits >= bits_least;
      });
      if (!alike) continue;
      seen_.insert(number);
      households_.push_back(*household);
    }
  }
  return Status::Ok();
}

// Where the people of these households live besides, and who lives there.
Status Neighbourhood::AddRing(size_t first, size_t last) {
  for (size_t i = first; i < last; ++i) {
    HouseholdRecord* household = households_[i];
    if (household->persons_size() > kLoadedPerAddressMax) continue;
    for (const PersonRecord& person : household->persons()) {
      Resident resident = Recall(*household, person);
      VROEGSEIN_RETURN_IF_ERROR(AddAddress(AddressOf(*household, person), resident));
      VROEGSEIN_RETURN_IF_ERROR(AddLookAlikes(resident, 0));
    }
  }
  return Status::Ok();
}

Status Neighbourhood::Gather(const Resident& resident, const AddressRecord& address) {
  VROEGSEIN_RETURN_IF_ERROR(AddAddress(address, resident));
  VROEGSEIN_RETURN_IF_ERROR(AddLookAlikes(resident, kDoubtBits));
  size_t near = households_.size();
  if (near > kRingMax) return Status::Ok();
  VROEGSEIN_RETURN_IF_ERROR(AddRing(0, near));
  size_t ring = households_.size();
  return ring > kRingMax ? Status::Ok() : AddRing(near, ring);
}

}  // namespace vroegsein
