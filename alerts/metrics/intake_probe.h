// What came in over HTTP and topics, counted: signals by outcome and sector, errors by code.
//
//   vroegsein_signals_total{uitkomst,soort}     receipts that were given
//   vroegsein_signal_errors_total{code}         errors in them, by the codes of
//                                               ingest/error_codes.md
//   vroegsein_aftermaths_total{uitkomst}        aflopen
//   vroegsein_topic_waiting_records             taken from topics, and nobody answers for them
//
// Threads: any.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "alerts/metrics/registry.h"

namespace prometheus {
class Counter;
class Gauge;
template <typename T>
class Family;
}  // namespace prometheus

namespace vroegsein {

class IntakeProbe {
 public:
  // `registry` must outlive it.
  explicit IntakeProbe(MetricsRegistry* registry);

  // A sector that is not one of DDAS counts as `onbekend`.
  void CountSignal(std::string_view outcome, std::string_view sector);
  void CountRejected(std::string_view code);
  void CountAftermath(std::string_view outcome);
  // Before a scrape.
  void Refresh(size_t waiting);

 private:
  prometheus::Family<prometheus::Counter>* signals_;
  // Of it, by outcome and sector: looked up by labels, each signal would make a map of strings.
  std::mutex mutex_;
  std::map<std::string, std::map<std::string, prometheus::Counter*, std::less<>>, std::less<>>
      counters_;  // guarded by mutex_
  prometheus::Family<prometheus::Counter>* errors_;
  prometheus::Family<prometheus::Counter>* aftermaths_;
  prometheus::Gauge* waiting_;
};

}  // namespace vroegsein
