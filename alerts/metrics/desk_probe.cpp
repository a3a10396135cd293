#include "alerts/metrics/desk_probe.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <map>

namespace vroegsein {
namespace {

const prometheus::Histogram::BucketBoundaries kCommitSeconds = {
    0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};

const char* NameOf(Event::BodyCase body) {
  switch (body) {
    case Event::kSignal: return "signaal";
    case Event::kRefused: return "afgewezen";
    case Event::kAftermath: return "afloop";
    case Event::kContact: return "contactpoging";
    case Event::kOutcome: return "eindresultaat";
    case Event::kTask: return "taak";
    case Event::kPolicy: return "beleid";
    case Event::kSettings: return "instellingen";
    case Event::kTick: return "tik";
    case Event::kWithdrawn: return "beleid-ingetrokken";
    case Event::kShadow: return "schaduw";
    case Event::kNote: return "notitie";
    case Event::kJoined: return "samenvoeging";
    case Event::kDivided: return "splitsing";
    case Event::kAnswered: return "beoordeling";
    case Event::BODY_NOT_SET: break;
  }
  return "onbekend";
}

prometheus::Gauge* MakeGauge(MetricsRegistry* registry, const char* name, const char* help) {
  return &prometheus::BuildGauge().Name(name).Help(help).Register(registry->prometheus()).Add({});
}

}  // namespace

DeskProbe::DeskProbe(MetricsRegistry* registry)
    : events_(&prometheus::BuildCounter()
                   .Name("vroegsein_desk_events_total")
                   .Help("Events that the desk applied, by kind")
                   .Register(registry->prometheus())),
      batches_(&prometheus::BuildCounter()
                    .Name("vroegsein_desk_batches_total")
                    .Help("Writes of the desk")
                    .Register(registry->prometheus())
                    .Add({})),
      commit_(&prometheus::BuildHistogram()
                   .Name("vroegsein_desk_commit_seconds")
                   .Help("How long a write of the desk took, its sync included")
                   .Register(registry->prometheus())
                   .Add({}, kCommitSeconds)),
      running_(MakeGauge(registry, "vroegsein_desk_running", "1 while the desk works")),
      stuck_(MakeGauge(registry, "vroegsein_desk_stuck",
                       "Desks that give no sign of life, or get nowhere while something waits")),
      waiting_(MakeGauge(registry, "vroegsein_log_waiting_events",
                         "Events that were appended and not yet applied")),
      bytes_(MakeGauge(registry, "vroegsein_store_bytes", "Size of the data files, about")) {}

void DeskProbe::Observe(const std::vector<LogEntry>& entries, std::chrono::nanoseconds commit) {
  std::map<Event::BodyCase, double> counts;
  for (const LogEntry& entry : entries) ++counts[entry.event.body_case()];
  for (const auto& [body, count] : counts) events_->Add({{"soort", NameOf(body)}}).Increment(count);
  batches_->Increment();
  commit_->Observe(std::chrono::duration<double>(commit).count());
}

void DeskProbe::Refresh(bool running, size_t waiting, size_t stuck, uint64_t store_bytes) {
  running_->Set(running ? 1 : 0);
  stuck_->Set(static_cast<double>(stuck));
  waiting_->Set(static_cast<double>(waiting));
  bytes_->Set(static_cast<double>(store_bytes));
}

}  // namespace vroegsein
