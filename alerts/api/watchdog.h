// Watchdog: notices a desk that gives no sign of life, or that gets nowhere while something waits.
//
// A desk that waits for its log looks alive to everybody, also to Kafka; whether it gets on is seen
// only by what it has applied. Look() is a pure function of what it was shown; the thread shows it
// every desk, and tells what changed.
// Threads: Start() and Stop() from one; stuck() from any; `told` from its own.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <vector>

#include "alerts/rounds/rounds.h"

namespace vroegsein {

// What one desk shows.
struct DeskSign {
  std::chrono::steady_clock::time_point alive;  // when it last was
  size_t waiting = 0;                           // events that it has not applied
  uint64_t applied = 0;                         // changes when it applies some
};

class DeskWatch {
 public:
  // It may be silent for so long, and get nowhere for twice as long.
  explicit DeskWatch(std::chrono::seconds silent_max) : silent_max_(silent_max) {}

  // Whether the desk is stuck.
  bool Look(const DeskSign& sign, std::chrono::steady_clock::time_point now);

 private:
  std::chrono::seconds silent_max_;
  bool seen_ = false;
  uint64_t applied_ = 0;
  std::chrono::steady_clock::time_point moved_;  // or had nothing to do
};

class Watchdog {
 public:
  static constexpr std::chrono::milliseconds kEveryMax{5'000};

  using Told = std::function<void(size_t desk, bool stuck)>;

  // Each of `desks` shows one, from the watchdog's thread.
  Watchdog(std::vector<std::function<DeskSign()>> desks, std::chrono::seconds silent_max, Told told)
      : desks_(std::move(desks)), silent_max_(silent_max), told_(std::move(told)) {}

  void Start();
  void Stop() { rounds_.Stop(); }
  // How many desks are stuck.
  size_t stuck() const { return stuck_; }

 private:
  void LookAtAll();

  const std::vector<std::function<DeskSign()>> desks_;
  const std::chrono::seconds silent_max_;
  const Told told_;
  std::atomic<size_t> stuck_ = 0;
  std::vector<DeskWatch> watches_;  // of the thread, as is the next
  std::vector<bool> known_;
  Rounds rounds_;
};

}  // namespace vroegsein
