// Tenancies: who lives together at an address, and which of them are one household that moved.
//
// Plain computation over what homes.cpp collected; see homes.h for the rules. Pure; one thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/household/identity/dwelling.h"
#include "store/household/identity/homes.h"

namespace vroegsein::identity {

// Whether so many unrelated people live at one address that it is no single home.
bool IsCrowded(std::span<const Living* const> present, std::span<const Profile> profiles,
               const HomeOptions& options);

class Tenancies {
 public:
  // REQUIRES: all outlive this, also the options; livings without records are left out.
  Tenancies(std::span<const Living> livings, std::span<const Profile> profiles,
            std::vector<bool> crowded, const HomeOptions& options);

  // Per living the number of its household; livings at no known address are alone.
  std::vector<uint32_t> Households();

 private:
  struct Tenancy {
    std::vector<uint32_t> livings;
    uint32_t before = kNowhere;  // the same household at its former address
    uint32_t after = kNowhere;
  };

  std::vector<uint32_t> Settle(std::vector<uint32_t>& present);
  uint32_t Find(uint32_t living, const std::vector<uint32_t>& among, bool crowded) const;
  std::vector<uint32_t> Alike(
      uint32_t living,
      const std::unordered_map<std::string, std::vector<uint32_t>>& of_trait) const;
  bool Belongs(uint32_t living, const Tenancy& tenancy, bool crowded) const;
  bool StoodEmpty(const Tenancy& tenancy, const Living& newcomer) const;
  bool HasLeft(const Tenancy& tenancy, const Living& newcomer) const;
  bool CameAfter(const Tenancy& tenancy, const Living& newcomer) const;
  bool AnyLivedAt(const Tenancy& tenancy, uint32_t dwelling) const;
  bool WasSeenSince(const Tenancy& tenancy, const Living& newcomer) const;
  bool IsThirdName(const Tenancy& tenancy, const Living& newcomer) const;
  bool TookOver(const Tenancy& tenancy, const Living& newcomer) const;
  bool LivesWith(uint32_t person, const Tenancy& tenancy) const;
  void Follow(const std::vector<uint32_t>& of_person);
  bool MovedAlong(const Living& from, const Living& to, const Tenancy& old_home,
                  const Tenancy& new_home) const;
  bool MayHaveJoined(const Living& newcomer) const;

  std::span<const Living> livings_;
  std::span<const Profile> profiles_;
  std::vector<bool> crowded_;
  const HomeOptions& options_;
  std::vector<std::vector<uint32_t>> of_person_;  // livings, by day
  std::vector<Tenancy> tenancies_;
  std::vector<std::vector<uint32_t>> tenancies_at_;  // per dwelling
  std::vector<uint32_t> tenancy_of_;                 // per living
};

}  // namespace vroegsein::identity
