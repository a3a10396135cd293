// ChangeFollower: hears from one other node what changed in the partitions that this node asks it
// about, so that a screen that is open here sees them too.
//
// When something was missed, or another node is asked from now on, every municipality concerned is
// told to have changed as a whole. Threads: Start() and Stop() from one; `hear` is called from a
// thread of its own.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "alerts/nodes/node_call.pb.h"
#include "alerts/nodes/roster.h"
#include "alerts/rounds/rounds.h"
#include "store/log.h"

namespace vroegsein {

class ChangeFollower {
 public:
  static constexpr std::chrono::milliseconds kRetry{500};

  using Hear = std::function<void(const std::vector<LogEntry>&, const std::vector<Outcome>&)>;

  // All must outlive it.
  ChangeFollower(const Roster* roster, NodeLink* node, const std::vector<std::string>* codes,
                 Hear hear);

  void Start();
  void Stop() { rounds_.Stop(); }

 private:
  bool FollowOnce();
  std::set<uint32_t> Followed() const;
  void TellAll(const std::set<uint32_t>& partitions) const;
  void Tell(const NotesAnswer& answer) const;
  uint32_t PartitionHere(const std::string& municipality) const;

  const Roster* roster_;
  NodeLink* node_;
  const std::vector<std::string>* codes_;
  const Hear hear_;
  std::set<uint32_t> followed_;  // of the thread, as is the next
  NotesCall call_;
  Rounds rounds_;
};

}  // namespace vroegsein
