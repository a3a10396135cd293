#include "store/household/identity/homes.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "store/household/identity/dwelling.h"
#include "store/household/identity/tenancy.h"

namespace vroegsein::identity {
namespace {

class Homes {
 public:
  Homes(std::span<const Resident> residents, std::span<const Stay> stays,
        const HomeOptions& options)
      : residents_(residents), stays_(stays), options_(options) {}

  std::vector<uint32_t> Run() {
    ListLivings();
    AbsorbSlips();

    Tenancies tenancies(livings_, profiles_, Crowded(), options_);
    return Number(tenancies.Households());
  }

 private:
  void ListLivings() {
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> seen;
    for (const Stay& stay : stays_) {
      if (stay.person >= profiles_.size()) profiles_.resize(stay.person + 1);
      const Resident& resident = residents_[stay.resident];
      AddToProfile(resident, &profiles_[stay.person]);
      uint32_t dwelling = DwellingOf(resident);
      auto [at, is_new] =
          seen.try_emplace({stay.person, dwelling}, static_cast<uint32_t>(livings_.size()));
      int day = stay.day ? DaysOf(*stay.day) : 0;
      if (is_new) livings_.push_back({stay.person, dwelling, day, day, 0, stay.resident, {}});
      Living& living = livings_[at->second];
      living.first_day = std::min(living.first_day, day);
      living.last_day = std::max(living.last_day, day);
      ++living.records;
      if (options_.one_per_home.count(stay.contract) > 0) {
        AddContract(stay.contract, day, &living.contracts);
      }
      if (dwelling != kNowhere) {
        records_at_.resize(dwellings_.size());
        ++records_at_[dwelling];
      }
      living_of_stay_.push_back(at->second);
    }
  }

  uint32_t DwellingOf(const Resident& resident) {
    std::string key = DwellingKey(resident);
    if (key.empty()) return kNowhere;
    return dwellings_.try_emplace(std::move(key), static_cast<uint32_t>(dwellings_.size()))
        .first->second;
  }

  // A living that is a mistake becomes part of the one that it was meant for.
  void AbsorbSlips() {
    std::vector<std::vector<uint32_t>> of_person(profiles_.size());
    for (uint32_t i = 0; i < livings_.size(); ++i) of_person[livings_[i].person].push_back(i);
    std::vector<uint32_t> meant(livings_.size());
    std::iota(meant.begin(), meant.end(), 0u);
    for (auto& all : of_person) {
      std::stable_sort(all.begin(), all.end(), [this](uint32_t a, uint32_t b) {
        const Living &x = livings_[a], &y = livings_[b];
        if (Weight(x) != Weight(y)) return Weight(x) > Weight(y);
        return SeenAt(x) > SeenAt(y);
      });
      for (size_t i = 1; i < all.size(); ++i) {
        for (size_t j = 0; j < i; ++j) {
          if (meant[all[j]] != all[j] || !IsSlipOf(livings_[all[i]], livings_[all[j]])) continue;
          meant[all[i]] = all[j];
          break;
        }
      }
    }
    for (uint32_t i = 0; i < livings_.size(); ++i) Merge(i, meant[i]);
    for (uint32_t& living : living_of_stay_) living = meant[living];
  }

  uint32_t SeenAt(const Living& living) const {
    return living.dwelling == kNowhere ? 0 : records_at_[living.dwelling];
  }

  // A suffix gets left out, and is hardly ever made up.
  uint32_t Weight(const Living& living) const {
    constexpr uint32_t kWithSuffix = 4;
    bool suffix = living.dwelling != kNowhere && !residents_[living.resident].suffix.empty();
    return suffix ? living.records * kWithSuffix : living.records;
  }

  bool IsSlipOf(const Living& slip, const Living& usual) const {
    if (slip.dwelling == kNowhere) return true;
    if (usual.dwelling == kNowhere) return false;
    bool in_between = usual.first_day < slip.first_day && slip.last_day < usual.last_day;
    const Resident &here = residents_[slip.resident], &there = residents_[usual.resident];
    if (LeavesOutSuffix(here, there)) return true;
    bool near = IsNearAddress(here, there);
    if (near && (in_between || slip.records == 1)) return true;
    return in_between && slip.records * 3 <= usual.records;
  }

  void Merge(uint32_t from, uint32_t into) {
    if (from == into) return;
    Living &gone = livings_[from], &kept = livings_[into];
    kept.first_day = std::min(kept.first_day, gone.first_day);
    kept.last_day = std::max(kept.last_day, gone.last_day);
    kept.records += std::exchange(gone.records, 0u);
    for (const Contract& contract : gone.contracts) {
      AddContract(contract.sort, contract.first_day, &kept.contracts);
      AddContract(contract.sort, contract.last_day, &kept.contracts);
    }
  }

  std::vector<bool> Crowded() const {
    std::vector<bool> crowded(dwellings_.size());
    std::vector<std::vector<const Living*>> present(dwellings_.size());
    for (const Living& living : livings_) {
      bool person = !profiles_[living.person].legal_person;
      if (living.records > 0 && living.dwelling != kNowhere && person) {
        present[living.dwelling].push_back(&living);
      }
    }
    for (const auto& [key, dwelling] : dwellings_) {
      crowded[dwelling] =
          options_.crowded.count(key) > 0 || IsCrowded(present[dwelling], profiles_, options_);
    }
    return crowded;
  }

  std::vector<uint32_t> Number(const std::vector<uint32_t>& household_of_living) const {
    std::unordered_map<uint32_t, uint32_t> numbers;
    std::vector<uint32_t> households;
    for (uint32_t living : living_of_stay_) {
      auto next = static_cast<uint32_t>(numbers.size());
      households.push_back(numbers.try_emplace(household_of_living[living], next).first->second);
    }
    return households;
  }

  std::span<const Resident> residents_;
  std::span<const Stay> stays_;
  const HomeOptions& options_;
  std::unordered_map<std::string, uint32_t> dwellings_;
  std::vector<uint32_t> records_at_;  // per dwelling
  std::vector<Profile> profiles_;     // per person
  std::vector<Living> livings_;
  std::vector<uint32_t> living_of_stay_;
};

}  // namespace

std::string DwellingKey(const Resident& resident) {
  if (resident.postcode.empty() || resident.number.empty()) return {};
  std::string key = resident.postcode + '|' + resident.number + '|' + resident.suffix;
  if (!resident.dutch_postcode) key += '|' + resident.street;
  return key;
}

bool SameDwelling(const Resident& a, const Resident& b) {
  bool known = !a.postcode.empty() && !a.number.empty();
  if (known != (!b.postcode.empty() && !b.number.empty())) return false;
  if (!known) return true;
  bool same = a.postcode == b.postcode && a.number == b.number && a.suffix == b.suffix;
  return same && a.dutch_postcode == b.dutch_postcode && (a.dutch_postcode || a.street == b.street);
}

std::vector<uint32_t> GroupHomes(std::span<const Resident> residents, std::span<const Stay> stays,
                                 const HomeOptions& options) {
  return Homes(residents, stays, options).Run();
}

}  // namespace vroegsein::identity
