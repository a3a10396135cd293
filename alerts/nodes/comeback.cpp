#include "alerts/nodes/comeback.h"

namespace vroegsein {

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
