// Comeback: whether a node that comes back has to wait before it owns or shows anything.
//
// While it was away others owned its partitions, and they have all of them applied. Would it own
// them at once, everybody would ask the one that is behind. So it first applies what it missed;
// unless a partition would have no owner meanwhile: then late is better than nobody.
//
// Who missed little owns at once, and shows its copy when it has applied what it missed.
// A busy owner may be behind as well and stays: this is for who was away.
// Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "alerts/nodes/node_placement.h"

namespace vroegsein {

// How far a partition is applied here, and where its log ends.
struct Progress {
  uint64_t applied = 0;
  uint64_t end = 0;
};
// Of each partition that is here; nullopt: nobody can say.
using Backlog = std::optional<std::vector<Progress>>;

class Comeback {
 public:
  // So many events are applied in about half a second.
  static constexpr size_t kBehindMax = 5'000;

  // `placement` must outlive it.
  Comeback(const NodePlacement* placement, std::string self)
      : placement_(placement), self_(std::move(self)) {}

  // It starts, or hears again who is there after it did not for too long.
  void Begin(const Backlog& backlog) { waits_ = Missed(backlog) > kBehindMax; }
  // Who is there, each time that it hears. `hung`: since the last time it did nothing.
  void Hear(const std::set<std::string>& present, bool hung, const Backlog& backlog);

  // It owns nothing yet.
  bool waits() const { return waits_; }
  // Its copy is not of before it hung.
  bool shows() const { return !unsure_ && owed_.empty(); }

 private:
  static size_t Missed(const Backlog& backlog);
  bool OthersOwnAll(std::set<std::string> present) const;

  const NodePlacement* placement_;
  const std::string self_;
  bool waits_ = false;
  bool unsure_ = false;         // it hung, and nobody said what it missed
  std::vector<uint64_t> owed_;  // where each log ended when it was heard; empty: it is applied
};

}  // namespace vroegsein
