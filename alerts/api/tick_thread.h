// TickThread: tells every municipality the time, at the start and every hour. Retention happens on
// it. Threads: Start() and Stop() from one.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "alerts/rounds/rounds.h"
#include "ingest/calendar.h"
#include "store/log.h"

namespace vroegsein {

class TickThread {
 public:
  static constexpr std::chrono::hours kEvery{1};

  // `log` must outlive it.
  // Only those are told for which `ours` says so. `also` is what else there is to do every hour.
  TickThread(
      Appender* log, std::vector<std::string> municipalities, std::function<Instant()> now,
      std::function<bool(const std::string&)> ours, std::function<void()> also = [] {});

  void Start();
  void Stop() { rounds_.Stop(); }
  // Not after an hour but now: there is more that is ours.
  void Hurry() { rounds_.Hurry(); }

 private:
  void Tick();

  Appender* log_;
  std::vector<std::string> municipalities_;
  std::function<Instant()> now_;
  std::function<bool(const std::string&)> ours_;
  std::function<void()> also_;
  Rounds rounds_;
};

}  // namespace vroegsein
