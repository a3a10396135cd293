// IndexCache: who shares a key of an index (keys.h: 'A', 'K', 'P'), of the keys that were read or
// written lately, within a bound.
//
// Two tables. What is added goes into the young one; when that is full it becomes the old one and
// what was old is dropped; what is asked for again comes back to the young one. A table is flat, an
// entry takes 16 bytes, and one that is asked for costs one fetch from memory. As long as nothing
// was dropped that was in the store, a key that is not here is not in the store either: Complete().
//
// Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "store/keys.h"

namespace vroegsein {

// The households that share a key, in order of arrival. Nearly always there is one. Valid until the
// cache is called again; a copy of it until then too.
class Sharers {
 public:
  Sharers() = default;
  explicit Sharers(uint64_t only) : only_(only), size_(1) {}
  explicit Sharers(std::span<const uint64_t> several)
      : several_(several.data()), size_(several.size()) {}

  const uint64_t* begin() const { return several_ != nullptr ? several_ : &only_; }
  const uint64_t* end() const { return begin() + size_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool Contains(uint64_t household) const;

 private:
  uint64_t only_ = 0;
  const uint64_t* several_ = nullptr;
  size_t size_ = 0;
};

// An entry has room for so many: 16 of its 64 bits say which index, one whether there are several.
inline constexpr uint64_t kHouseholdsInIndexMax = uint64_t{1} << 46;

class IndexCache {
 public:
  // REQUIRES: at least 2.
  explicit IndexCache(size_t entries_max) : half_max_(entries_max / 2) {}

  // nullopt when it is not here.
  std::optional<Sharers> Find(const keys::IndexKey& key);
  // That it will be asked for: the memory that it takes to answer comes meanwhile.
  void Foresee(const keys::IndexKey& key) const;
  // In place of what was here before. Nobody may share a key: then it is known not to be there.
  // REQUIRES: households are not 0 and below kHouseholdsInIndexMax.
  void Keep(const keys::IndexKey& key, std::span<const uint64_t> households);
  // Who share it now. REQUIRES: Find() knew the key, and `household` is not among its sharers.
  Sharers AddTo(const keys::IndexKey& key, uint64_t household);

  // Says that everything which is in the store is here.
  void SetComplete() { complete_ = true; }
  bool Complete() const { return complete_; }

  // Back to within the bound. Not called by the others, so that what was written stays until it is
  // in the store.
  void Trim();

  size_t size() const { return young_.size() + old_.size(); }

 private:
  // A table from a key to households, open addressed, nothing ever taken out.
  class Table {
   public:
    struct Slot {
      uint64_t hash = 0;
      uint64_t word = 0;  // 0: free; else the space of the key, and below it who shares it
    };
    Slot* Find(const keys::IndexKey& key);
    void Foresee(const keys::IndexKey& key) const;
    // The slot of the key, made when there is none.
    Slot* FindOrMake(const keys::IndexKey& key);
    Sharers SharersOf(const Slot& slot) const;
    void Set(std::span<const uint64_t> households, Slot* slot);
    void Add(uint64_t household, Slot* slot);
    size_t size() const { return size_; }
    void Clear();

   private:
    size_t PlaceOf(uint64_t hash, uint64_t space) const;
    void Grow();

    std::vector<Slot> slots_;  // a power of two, or none
    size_t size_ = 0;
    std::vector<std::vector<uint64_t>> several_;  // of keys that more than one shares
  };

  Table::Slot* FindYoung(const keys::IndexKey& key);

  size_t half_max_;
  Table young_;
  Table old_;
  bool complete_ = false;
};

}  // namespace vroegsein
