#include "alerts/rounds/rounds.h"

#include <utility>

namespace vroegsein {

void Rounds::Start(std::chrono::milliseconds wait, Round round) {
  thread_ = std::thread([this, wait, round = std::move(round)] { Work(wait, round); });
}

void Rounds::Work(std::chrono::milliseconds wait, const Round& round) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait_for(lock, wait, [this] { return stopping_ || hurry_; });
    if (stopping_) return;
    hurry_ = false;
    lock.unlock();
    wait = round();
    lock.lock();
  }
}

void Rounds::Hurry() {
  std::lock_guard lock(mutex_);
  hurry_ = true;
  changed_.notify_all();
}

void Rounds::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

}  // namespace vroegsein
