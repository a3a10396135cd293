// Comeback: whether a node that comes back has to wait before it owns anything.
//
// While it was away others owned its partitions, and they have all of them applied. Would it own
// them at once, everybody would ask the one that is behind. So it first applies what it missed;
// unless a partition would have no owner meanwhile: then late is better than nobody.
//
// A busy owner may be behind as well and stays: this is for who was away.
// Threads: one at a time.
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "alerts/nodes/node_placement.h"

namespace vroegsein {

class Comeback {
 public:
  // So many events are applied in about half a second.
  static constexpr size_t kBehindMax = 5'000;

  // `placement` must outlive it.
  Comeback(const NodePlacement* placement, std::string self)
      : placement_(placement), self_(std::move(self)) {}

  // It starts, or hears again who is there after it did not for too long. `missed`: events of the
  // log that it has not applied yet; SIZE_MAX when nobody can say.
  void Begin(size_t missed) { waits_ = missed > kBehindMax; }
  void Hear(const std::set<std::string>& present, size_t missed) {
    if (missed <= kBehindMax || !OthersOwnAll(present)) waits_ = false;
  }
  bool waits() const { return waits_; }

 private:
  bool OthersOwnAll(std::set<std::string> present) const;

  const NodePlacement* placement_;
  const std::string self_;
  bool waits_ = false;
};

}  // namespace vroegsein
