// Roster: who is there now, and so whom to ask about a partition.
//
// What was heard of that holds for a time. After it this node owns nothing until it hears again: it
// may have hung, and another have taken its place (kafka_members.h). And if nobody answers while it
// asks in time, the brokers are away; when it did not ask, it hung, and others know better.
//
// Threads: any.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "alerts/nodes/node_link.h"
#include "alerts/nodes/node_placement.h"
#include "store/kafka/boot_clock.h"

namespace vroegsein {

class Roster {
 public:
  // Nobody waits for a question that has been here for longer (remote_partition.cpp).
  static constexpr std::chrono::seconds kLapsedMax{5};

  using Clock = std::function<BootClock::time_point()>;

  // REQUIRES: `self` is one of the nodes of `placement`.
  Roster(NodePlacement placement, std::string self, const std::string& secret,
         Clock clock = BootClock::now);

  const NodePlacement& placement() const { return placement_; }
  const std::string& self() const { return self_; }

  // As Kafka has it, until then. Before the first time nobody is known to be there. `shows`: what
  // is here is not of before it hung.
  void Now(std::set<std::string> present, BootClock::time_point until, bool shows = true);
  // Nobody said who is there, but it asked. Of no use to who hung: it only asks again since it woke
  // up.
  void InVain(BootClock::time_point until);
  std::set<std::string> present() const;
  // Whether what was heard still holds, or has not long ago; true before the first time.
  bool InTouch() const;
  // This node owns nothing from now on, or what it hears that it owns.
  void StandAside(bool aside);

  bool Holds(uint32_t partition) const { return placement_.Holds(self_, partition); }
  // This node is the one that tells the outside what happens there. To be asked right before.
  bool Owns(uint32_t partition) const;
  // Whether it was when it heard last, and does not stand aside.
  bool OwnedLast(uint32_t partition) const;

  // It did not hear in time, and did not ask either.
  bool Hung() const;
  // This node has it and stands aside or hung, and another that is there has it too.
  bool OthersKnowBetter(uint32_t partition) const;

  // Whom to ask, in turn: the owner, and then who else has it; who is not there comes last, for it
  // may be back. Never this node.
  std::vector<NodeLink*> ToAsk(uint32_t partition) const;
  // The others, each with its link.
  const std::map<std::string, std::unique_ptr<NodeLink>>& others() const { return links_; }

 private:
  const NodePlacement placement_;
  const std::string self_;
  std::map<std::string, std::unique_ptr<NodeLink>> links_;
  const Clock clock_;
  mutable std::mutex mutex_;
  std::set<std::string> present_;  // guarded by mutex_, as is the rest
  BootClock::time_point until_ = BootClock::time_point::max() - kLapsedMax;
  BootClock::time_point awake_until_ = BootClock::time_point::max();
  bool shows_ = true;
  bool aside_ = false;
};

}  // namespace vroegsein
