#include "store/index_cache.h"

#include <algorithm>

#include "ingest/status.h"

namespace vroegsein {
namespace {

// A word: sixteen bits of space, 47 of a household or of a place in several_, one that says which.
constexpr int kSpaceShift = 48;
constexpr uint64_t kBelowSpace = (uint64_t{1} << kSpaceShift) - 1;
constexpr uint64_t kSeveral = 1;
constexpr size_t kSlotsLeast = 1'024;

uint64_t SpaceOf(const keys::IndexKey& key) { return uint64_t{key.Space()} << kSpaceShift; }

}  // namespace

bool Sharers::Contains(uint64_t household) const {
  return std::find(begin(), end(), household) != end();
}

size_t IndexCache::Table::PlaceOf(uint64_t hash, uint64_t space) const {
  // The number in the key is a hash already.
  uint64_t mixed = hash ^ (hash >> 32) ^ (space >> kSpaceShift) * 0x9E3779B97F4A7C15u;
  return static_cast<size_t>(mixed) & (slots_.size() - 1);
}

IndexCache::Table::Slot* IndexCache::Table::Find(const keys::IndexKey& key) {
  if (slots_.empty()) return nullptr;
  uint64_t space = SpaceOf(key);
  for (size_t place = PlaceOf(key.hash, space);; place = (place + 1) & (slots_.size() - 1)) {
    Slot& slot = slots_[place];
    if (slot.word == 0) return nullptr;
    if (slot.hash == key.hash && (slot.word & ~kBelowSpace) == space) return &slot;
  }
}

void IndexCache::Table::Foresee(const keys::IndexKey& key) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[PlaceOf(key.hash, SpaceOf(key))]);
}

IndexCache::Table::Slot* IndexCache::Table::FindOrMake(const keys::IndexKey& key) {
  if (Slot* there = Find(key)) return there;
  if ((size_ + 1) * 4 > slots_.size() * 3) Grow();
  uint64_t space = SpaceOf(key);
  size_t place = PlaceOf(key.hash, space);
  while (slots_[place].word != 0) place = (place + 1) & (slots_.size() - 1);
  slots_[place] = {key.hash, space};
  ++size_;
  return &slots_[place];
}

void IndexCache::Table::Grow() {
  std::vector<Slot> before(std::max(kSlotsLeast, slots_.size() * 2));
  before.swap(slots_);
  for (const Slot& slot : before) {
    if (slot.word == 0) continue;
    size_t place = PlaceOf(slot.hash, slot.word & ~kBelowSpace);
    while (slots_[place].word != 0) place = (place + 1) & (slots_.size() - 1);
    slots_[place] = slot;
  }
}

Sharers IndexCache::Table::SharersOf(const Slot& slot) const {
  uint64_t below = slot.word & kBelowSpace;
  if (below == 0) return Sharers();
  if ((below & kSeveral) == 0) return Sharers(below >> 1);
  return Sharers(std::span<const uint64_t>(several_[below >> 1]));
}

void IndexCache::Table::Set(std::span<const uint64_t> households, Slot* slot) {
  uint64_t space = slot->word & ~kBelowSpace, below = slot->word & kBelowSpace;
  for (uint64_t household : households) VROEGSEIN_CHECK(household - 1 < kHouseholdsInIndexMax - 1);
  if ((below & kSeveral) != 0) {
    several_[below >> 1].assign(households.begin(), households.end());
  } else if (households.size() > 1) {
    several_.emplace_back(households.begin(), households.end());
    slot->word = space | (several_.size() - 1) << 1 | kSeveral;
  } else {
    slot->word = space | (households.empty() ? 0 : households[0] << 1);
  }
}

void IndexCache::Table::Add(uint64_t household, Slot* slot) {
  uint64_t below = slot->word & kBelowSpace;
  if ((below & kSeveral) != 0) {
    VROEGSEIN_CHECK(household - 1 < kHouseholdsInIndexMax - 1);
    several_[below >> 1].push_back(household);
  } else if (below == 0) {
    Set({&household, 1}, slot);
  } else {
    uint64_t both[] = {below >> 1, household};
    Set(both, slot);
  }
}

void IndexCache::Table::Clear() {
  slots_ = {};
  several_ = {};
  size_ = 0;
}

IndexCache::Table::Slot* IndexCache::FindYoung(const keys::IndexKey& key) {
  if (Table::Slot* young = young_.Find(key)) return young;
  Table::Slot* old = old_.Find(key);
  if (old == nullptr) return nullptr;
  Table::Slot* young = young_.FindOrMake(key);
  Sharers sharers = old_.SharersOf(*old);
  young_.Set({sharers.begin(), sharers.size()}, young);
  return young;
}

std::optional<Sharers> IndexCache::Find(const keys::IndexKey& key) {
  if (Table::Slot* young = FindYoung(key)) return young_.SharersOf(*young);
  return std::nullopt;
}

void IndexCache::Foresee(const keys::IndexKey& key) const {
  young_.Foresee(key);
  old_.Foresee(key);
}

void IndexCache::Keep(const keys::IndexKey& key, std::span<const uint64_t> households) {
  young_.Set(households, young_.FindOrMake(key));
}

Sharers IndexCache::AddTo(const keys::IndexKey& key, uint64_t household) {
  Table::Slot* slot = FindYoung(key);
  if (slot == nullptr) slot = young_.FindOrMake(key);
  young_.Add(household, slot);
  return young_.SharersOf(*slot);
}

void IndexCache::Trim() {
  if (young_.size() <= half_max_) return;
  complete_ = complete_ && old_.size() == 0;
  old_ = std::move(young_);
  young_.Clear();
}

}  // namespace vroegsein
