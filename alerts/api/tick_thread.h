// TickThread: tells every municipality the time, at the start and every hour. Retention happens on
// it. Threads: Start() and Stop() from one.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

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
  ~TickThread();

  void Start();
  void Stop();
  // Not after an hour but now: there is more that is ours.
  void Hurry();

 private:
  void Work();
  void Tick();

  Appender* log_;
  std::vector<std::string> municipalities_;
  std::function<Instant()> now_;
  std::function<bool(const std::string&)> ours_;
  std::function<void()> also_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // guarded by mutex_, as is the next
  bool hurry_ = false;
  std::thread thread_;
};

}  // namespace vroegsein
