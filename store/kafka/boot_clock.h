// BootClock: time since the machine started, that in which it slept included: a process that was
// stopped, or a machine that was, sees how long nothing was heard. Threads: any.
#pragma once

#include <time.h>

#include <chrono>

namespace vroegsein {

struct BootClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;

  static time_point now() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return time_point(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
  }
};

}  // namespace vroegsein
