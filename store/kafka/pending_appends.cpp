#include "store/kafka/pending_appends.h"

#include <utility>

namespace vroegsein {

std::optional<uint64_t> PendingAppends::Add(Completion done) {
  std::lock_guard lock(mutex_);
  if (closed_ || waiting_.size() >= waiting_max_) return std::nullopt;
  waiting_[++last_].done = std::move(done);
  return last_;
}

void PendingAppends::Acknowledged(uint64_t number) {
  std::unique_lock lock(mutex_);
  auto found = waiting_.find(number);
  if (found == waiting_.end()) return;
  found->second.acknowledged = true;
  if (!found->second.outcome) return;
  Waiting whole = std::move(found->second);
  waiting_.erase(found);
  lock.unlock();
  if (whole.done) whole.done(std::move(*whole.outcome));
}

void PendingAppends::Applied(uint64_t number, Outcome&& outcome) {
  std::unique_lock lock(mutex_);
  auto found = waiting_.find(number);
  if (found == waiting_.end()) return;
  if (!found->second.acknowledged) {
    found->second.outcome = std::move(outcome);
    return;
  }
  Completion done = std::move(found->second.done);
  waiting_.erase(found);
  lock.unlock();
  if (done) done(std::move(outcome));
}

void PendingAppends::Drop(uint64_t number) {
  std::lock_guard lock(mutex_);
  waiting_.erase(number);
}

void PendingAppends::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
}

size_t PendingAppends::count() const {
  std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace vroegsein
