#include "alerts/api/watchdog.h"

namespace vroegsein {
namespace {

constexpr int kLooksInSilence = 6;

}  // namespace

using std::chrono::steady_clock;

bool DeskWatch::Look(const DeskSign& sign, steady_clock::time_point now) {
  bool moved = !seen_ || sign.applied != applied_ || sign.waiting == 0;
  if (moved) moved_ = now;
  seen_ = true;
  applied_ = sign.applied;
  return now - sign.alive > silent_max_ || now - moved_ > 2 * silent_max_;
}

void Watchdog::Start() {
  thread_ = std::thread([this] { Work(); });
}

void Watchdog::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Watchdog::Work() {
  std::vector<DeskWatch> watches(desks_.size(), DeskWatch(silent_max_));
  const auto every = std::min(kEveryMax, std::chrono::milliseconds(silent_max_) / kLooksInSilence);
  std::vector<bool> stuck(desks_.size());
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, every, [this] { return stopping_; })) {
    size_t count = 0;
    for (size_t i = 0; i < desks_.size(); ++i) {
      bool now = watches[i].Look(desks_[i](), steady_clock::now());
      if (now != stuck[i]) told_(i, now);
      stuck[i] = now;
      if (now) ++count;
    }
    stuck_ = count;
  }
}

}  // namespace vroegsein
