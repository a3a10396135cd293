#include "alerts/nodes/roster.h"

#include <algorithm>

namespace vroegsein {

Roster::Roster(NodePlacement placement, std::string self, const std::string& secret)
    : placement_(std::move(placement)), self_(std::move(self)) {
  VROEGSEIN_CHECK(placement_.Find(self_) != nullptr);
  for (const KafkaNode& node : placement_.nodes()) {
    if (node.name == self_) continue;
    links_[node.name] = std::make_unique<NodeLink>(node.name, node.address, secret);
  }
}

void Roster::Now(std::set<std::string> present) {
  std::lock_guard lock(mutex_);
  present_ = std::move(present);
}

std::set<std::string> Roster::present() const {
  std::lock_guard lock(mutex_);
  return present_;
}

bool Roster::Owns(uint32_t partition) const {
  return placement_.OwnerOf(partition, present()) == self_;
}

std::vector<NodeLink*> Roster::ToAsk(uint32_t partition) const {
  std::set<std::string> here = present();
  std::vector<NodeLink*> asked;
  for (const std::string& name : placement_.HoldersOf(partition)) {
    if (name != self_) asked.push_back(links_.at(name).get());
  }
  std::stable_partition(asked.begin(), asked.end(),
                        [&](const NodeLink* link) { return here.contains(link->name()); });
  return asked;
}

}  // namespace vroegsein
