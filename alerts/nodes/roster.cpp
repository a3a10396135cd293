#include "alerts/nodes/roster.h"

#include <algorithm>

namespace vroegsein {

Roster::Roster(NodePlacement placement, std::string self, const std::string& secret, Clock clock)
    : placement_(std::move(placement)), self_(std::move(self)), clock_(std::move(clock)) {
  VROEGSEIN_CHECK(placement_.Find(self_) != nullptr);
  for (const KafkaNode& node : placement_.nodes()) {
    if (node.name == self_) continue;
    links_[node.name] = std::make_unique<NodeLink>(node.name, node.address, secret);
  }
}

void Roster::Now(std::set<std::string> present, BootClock::time_point until, bool shows) {
  std::lock_guard lock(mutex_);
  present_ = std::move(present);
  until_ = until;
  awake_until_ = until;
  shows_ = shows;
}

void Roster::InVain(BootClock::time_point until) {
  std::lock_guard lock(mutex_);
  if (clock_() < awake_until_) awake_until_ = std::max(awake_until_, until);
}

bool Roster::Hung() const {
  std::lock_guard lock(mutex_);
  return clock_() >= awake_until_;
}

bool Roster::InTouch() const {
  std::lock_guard lock(mutex_);
  return clock_() < until_ + kLapsedMax;
}

void Roster::StandAside(bool aside) {
  std::lock_guard lock(mutex_);
  aside_ = aside;
}

std::set<std::string> Roster::present() const {
  std::lock_guard lock(mutex_);
  return present_;
}

bool Roster::Owns(uint32_t partition) const {
  {
    std::lock_guard lock(mutex_);
    if (clock_() >= until_) return false;
  }
  return OwnedLast(partition);
}

bool Roster::OwnedLast(uint32_t partition) const {
  std::lock_guard lock(mutex_);
  return !aside_ && placement_.OwnerOf(partition, present_) == self_;
}

bool Roster::OthersKnowBetter(uint32_t partition) const {
  std::lock_guard lock(mutex_);
  if (!aside_ && shows_ && clock_() < awake_until_) return false;
  const std::vector<std::string>& holders = placement_.HoldersOf(partition);
  return std::any_of(holders.begin(), holders.end(), [&](const std::string& name) {
    return name != self_ && present_.contains(name);
  });
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
