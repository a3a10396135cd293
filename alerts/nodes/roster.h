// Roster: who is there now, and so whom to ask about a partition.
//
// Threads: any.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "alerts/nodes/node_link.h"
#include "alerts/nodes/node_placement.h"

namespace vroegsein {

class Roster {
 public:
  // REQUIRES: `self` is one of the nodes of `placement`.
  Roster(NodePlacement placement, std::string self, const std::string& secret);

  const NodePlacement& placement() const { return placement_; }
  const std::string& self() const { return self_; }

  // As Kafka has it. Before the first time nobody is known to be there.
  void Now(std::set<std::string> present);
  std::set<std::string> present() const;

  bool Holds(uint32_t partition) const { return placement_.Holds(self_, partition); }
  // This node is the one that tells the outside what happens there.
  bool Owns(uint32_t partition) const;

  // Whom to ask, in turn: the owner, and then who else has it; who is not there comes last, for it
  // may be back. Never this node.
  std::vector<NodeLink*> ToAsk(uint32_t partition) const;
  // The others, each with its link.
  const std::map<std::string, std::unique_ptr<NodeLink>>& others() const { return links_; }

 private:
  const NodePlacement placement_;
  const std::string self_;
  std::map<std::string, std::unique_ptr<NodeLink>> links_;
  mutable std::mutex mutex_;
  std::set<std::string> present_;  // guarded by mutex_
};

}  // namespace vroegsein
