// Frequencies: how common each name is, so that agreement on a rare one counts more.
//
// Counted over what one file or municipality has, on top of a short list of the commonest Dutch
// surnames that weighs as much as kListWeight records: in a small file every name looks common.
// Threads: Count() one at a time; Fill() any, when nobody counts.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "store/household/identity/resident.h"

namespace vroegsein::identity {

class Frequencies {
 public:
  void Count(const Resident& resident);
  // Sets resident->share.
  void Fill(Resident* resident) const;

 private:
  using Table = std::unordered_map<std::string, uint32_t>;
  double Share(const Table& table, uint64_t total, const std::string& key, double expected) const;

  Table surnames_, codes_, given_, initials_, initial_;
  uint64_t named_ = 0, with_given_ = 0, with_initials_ = 0;
};

}  // namespace vroegsein::identity
