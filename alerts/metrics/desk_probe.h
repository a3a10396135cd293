// The desk and its log, counted.
//
//   vroegsein_desk_events_total{soort}     events applied, by kind
//   vroegsein_desk_batches_total           writes
//   vroegsein_desk_commit_seconds          how long a write took, its sync included
//   vroegsein_desk_running                 1 while the desk works
//   vroegsein_desk_stuck                   desks that give no sign, or get nowhere (watchdog.h)
//   vroegsein_log_waiting_events           appended and not yet applied
//   vroegsein_store_bytes                  size of the data files, about
//
// Threads: Observe() from the desk's; Refresh() from any.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "alerts/metrics/registry.h"
#include "store/log.h"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
template <typename T>
class Family;
}  // namespace prometheus

namespace vroegsein {

class DeskProbe {
 public:
  explicit DeskProbe(MetricsRegistry* registry);

  void Observe(const std::vector<LogEntry>& entries, std::chrono::nanoseconds commit);
  // What is read rather than counted, before a scrape.
  void Refresh(bool running, size_t waiting, size_t stuck, uint64_t store_bytes);

 private:
  prometheus::Family<prometheus::Counter>* events_;
  prometheus::Counter* batches_;
  prometheus::Histogram* commit_;
  prometheus::Gauge* running_;
  prometheus::Gauge* stuck_;
  prometheus::Gauge* waiting_;
  prometheus::Gauge* bytes_;
};

}  // namespace vroegsein
