#include "alerts/nodes/comeback.h"

#include <algorithm>

namespace vroegsein {

size_t Comeback::Missed(const Backlog& backlog) {
  if (!backlog) return SIZE_MAX;
  size_t missed = 0;
  for (const Progress& one : *backlog) missed += one.end - std::min(one.end, one.applied);
  return missed;
}

void Comeback::Hear(const std::set<std::string>& present, bool hung, const Backlog& backlog) {
  if (Missed(backlog) <= kBehindMax || !OthersOwnAll(present)) waits_ = false;
  unsure_ = unsure_ || hung;
  if (!backlog || shows()) return;
  if (unsure_) {
    owed_.clear();
    for (const Progress& one : *backlog) owed_.push_back(one.end);
    unsure_ = false;
  }
  bool applied = std::equal(owed_.begin(), owed_.end(), backlog->begin(), backlog->end(),
                            [](uint64_t end, const Progress& one) { return one.applied >= end; });
  if (applied) owed_.clear();
}

// Of what is here.
bool Comeback::OthersOwnAll(std::set<std::string> present) const {
  present.erase(self_);
  for (uint32_t partition = 0; partition < placement_->partitions(); ++partition) {
    bool nobody = placement_->OwnerOf(partition, present).empty();
    if (nobody && placement_->Holds(self_, partition)) return false;
  }
  return true;
}

}  // namespace vroegsein
