// HouseholdList: the households that share a key, in order of arrival. Nearly always there is one,
// which then takes no memory of its own.
//
// A value; movable. Threads: one at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace vroegsein {

class HouseholdList {
 public:
  // Valid until the list changes.
  std::span<const uint64_t> numbers() const {
    if (several_ != nullptr) return *several_;
    return {&only_, only_ == 0 ? size_t{0} : size_t{1}};
  }

  bool Contains(uint64_t household) const {
    auto all = numbers();
    return std::find(all.begin(), all.end(), household) != all.end();
  }

  // REQUIRES: `household` is not 0, which is no household's number.
  void Add(uint64_t household) {
    if (several_ == nullptr && only_ == 0) {
      only_ = household;
      return;
    }
    if (several_ == nullptr) several_ = std::make_unique<std::vector<uint64_t>>(1, only_);
    several_->push_back(household);
  }

  void Remove(uint64_t household) {
    if (several_ != nullptr) {
      std::erase(*several_, household);
    } else if (only_ == household) {
      only_ = 0;
    }
  }

 private:
  uint64_t only_ = 0;  // where several_ is nullptr; 0: none
  std::unique_ptr<std::vector<uint64_t>> several_;
};

}  // namespace vroegsein
