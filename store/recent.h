// Recent: what was read or written lately, within a bound.
//
// Two halves. What is kept goes into the young one; when that is full it becomes the old one and
// what was old is dropped; what is asked for again comes back to the young one. So an entry costs
// nothing but itself, and what is in use stays.
//
// A pointer is valid until the next call of anything but const. Threads: one at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>

namespace vroegsein {

template <typename Key, typename Value, typename Hash = std::hash<Key>>
class Recent {
 public:
  // What all entries together may weigh, in the caller's unit; a single one may be heavier.
  explicit Recent(size_t weight_max) : half_max_(weight_max / 2) {}

  // nullptr when it is not here.
  Value* Find(const Key& key) {
    auto young = young_.find(key);
    if (young != young_.end()) return &young->second.value;
    auto node = old_.extract(key);
    if (node.empty()) return nullptr;
    MakeRoom(node.mapped().weight);
    return &young_.insert(std::move(node)).position->second.value;
  }

  // In place of what was kept under the key before.
  Value* Keep(const Key& key, Value value, size_t weight) {
    auto young = young_.find(key);
    if (young != young_.end()) {
      young_weight_ += weight - young->second.weight;
      young->second = Entry{std::move(value), weight};
      return &young->second.value;
    }
    old_.erase(key);
    return Add(key, std::move(value), weight);
  }

  // REQUIRES: it is not here, as Find() said.
  Value* Add(const Key& key, Value value, size_t weight) {
    MakeRoom(weight);
    return &young_.emplace(key, Entry{std::move(value), weight}).first->second.value;
  }

  void Forget(const Key& key) {
    auto young = young_.find(key);
    if (young != young_.end()) {
      young_weight_ -= young->second.weight;
      young_.erase(young);
    }
    old_.erase(key);
  }

  size_t size() const { return young_.size() + old_.size(); }

 private:
  struct Entry {
    Value value;
    size_t weight;
  };
  using Half = std::unordered_map<Key, Entry, Hash>;

  void MakeRoom(size_t weight) {
    if (young_weight_ + weight > half_max_) {
      old_.swap(young_);
      young_.clear();
      young_weight_ = 0;
    }
    young_weight_ += weight;
  }

  size_t half_max_;
  size_t young_weight_ = 0;
  Half young_;
  Half old_;
};

}  // namespace vroegsein
