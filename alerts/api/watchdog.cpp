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
  watches_.assign(desks_.size(), DeskWatch(silent_max_));
  known_.resize(desks_.size());
  const auto every = std::min(kEveryMax, std::chrono::milliseconds(silent_max_) / kLooksInSilence);
  rounds_.Start(every, [this, every] {
    LookAtAll();
    return every;
  });
}

void Watchdog::LookAtAll() {
  size_t count = 0;
  for (size_t i = 0; i < desks_.size(); ++i) {
    bool now = watches_[i].Look(desks_[i](), steady_clock::now());
    if (now != known_[i]) told_(i, now);
    known_[i] = now;
    if (now) ++count;
  }
  stuck_ = count;
}

}  // namespace vroegsein
