#include "alerts/nodes/change_follower.h"

#include <algorithm>

#include "alerts/nodes/outcome_record.h"
#include "store/kafka/partition.h"

namespace vroegsein {

ChangeFollower::ChangeFollower(const Roster* roster, NodeLink* node,
                               const std::vector<std::string>* codes, Hear hear)
    : roster_(roster), node_(node), codes_(codes), hear_(std::move(hear)) {}

void ChangeFollower::Start() {
  using std::chrono::milliseconds;
  rounds_.Start(milliseconds(0), [this] { return FollowOnce() ? milliseconds(0) : kRetry; });
}

// False when there is nothing to ask, or no answer.
bool ChangeFollower::FollowOnce() {
  std::set<uint32_t> now = Followed();
  bool more = !std::includes(followed_.begin(), followed_.end(), now.begin(), now.end());
  if (now.empty()) {
    followed_.clear();
    return false;
  }
  NodeAnswer given = node_->Ask({"/wijzigingen", call_.SerializeAsString()});
  NotesAnswer answer;
  if (given.how != Asking::kAnswered || !answer.ParseFromString(given.body)) return false;
  followed_ = std::move(now);  // not before there is an answer: then what is new to it is still new
  if (more || answer.gap()) {
    TellAll(followed_);
  } else {
    Tell(answer);
  }
  call_.set_start(answer.start());
  call_.set_after(answer.last());
  return true;
}

std::set<uint32_t> ChangeFollower::Followed() const {
  std::set<uint32_t> followed;
  for (uint32_t partition = 0; partition < roster_->placement().partitions(); ++partition) {
    if (roster_->Holds(partition)) continue;
    if (roster_->ToAsk(partition).front() == node_) followed.insert(partition);
  }
  return followed;
}

uint32_t ChangeFollower::PartitionHere(const std::string& municipality) const {
  return PartitionOf(municipality, roster_->placement().partitions());
}

// Settings are what everybody loads anew for.
void ChangeFollower::TellAll(const std::set<uint32_t>& partitions) const {
  std::vector<LogEntry> entries;
  for (const std::string& code : *codes_) {
    if (!partitions.contains(PartitionHere(code))) continue;
    LogEntry entry;
    entry.event.set_municipality(code);
    entry.event.mutable_settings();
    entries.push_back(std::move(entry));
  }
  hear_(entries, std::vector<Outcome>(entries.size()));
}

void ChangeFollower::Tell(const NotesAnswer& answer) const {
  std::vector<LogEntry> entries;
  std::vector<Outcome> outcomes;
  for (const NoteRecord& note : answer.notes()) {
    if (!followed_.contains(PartitionHere(note.event().municipality()))) continue;
    LogEntry entry;
    entry.event = note.event();
    entries.push_back(std::move(entry));
    outcomes.push_back(OutcomeOf(note.outcome()));
  }
  if (!entries.empty()) hear_(entries, outcomes);
}

}  // namespace vroegsein
