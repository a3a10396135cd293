#include "alerts/nodes/held_partition.h"

namespace vroegsein {

Result<std::optional<std::string>> HeldDatabase::Get(std::string_view key) const {
  if (roster_->OthersKnowBetter(partition_)) {
    auto found = elsewhere_->Get(key);
    if (found.ok()) return found;
  }
  return here_->Get(key);
}

// What another gave before it was gone is not given again.
Status HeldDatabase::Scan(std::string_view begin, std::string_view end, const Each& each) const {
  if (!roster_->OthersKnowBetter(partition_)) return here_->Scan(begin, end, each);
  std::string from(begin);
  Status scanned = elsewhere_->Scan(begin, end, [&](std::string_view key, std::string_view value) {
    from.assign(key).push_back('\0');
    return each(key, value);
  });
  return scanned.ok() ? scanned : here_->Scan(from, end, each);
}

Status HeldLog::Append(Event&& event, Completion done) {
  Appender* log = roster_->OthersKnowBetter(partition_) ? elsewhere_ : here_;
  return log->Append(std::move(event), std::move(done));
}

}  // namespace vroegsein
