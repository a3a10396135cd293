#include "alerts/metrics/intake_probe.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <algorithm>

#include "ingest/signal_shape.h"

namespace vroegsein {
namespace {

std::string_view KnownSector(std::string_view sector) {
  bool known = std::find(kSectors.begin(), kSectors.end(), sector) != kSectors.end();
  return known ? sector : "onbekend";
}

}  // namespace

IntakeProbe::IntakeProbe(MetricsRegistry* registry)
    : signals_(&prometheus::BuildCounter()
                    .Name("vroegsein_signals_total")
                    .Help("Receipts given by outcome and sector")
                    .Register(registry->prometheus())),
      errors_(&prometheus::BuildCounter()
                   .Name("vroegsein_signal_errors_total")
                   .Help("Errors in what was delivered by code")
                   .Register(registry->prometheus())),
      aftermaths_(&prometheus::BuildCounter()
                       .Name("vroegsein_aftermaths_total")
                       .Help("Aftermaths (aflopen) delivered by outcome")
                       .Register(registry->prometheus())),
      waiting_(&prometheus::BuildGauge()
                    .Name("vroegsein_topic_waiting_records")
                    .Help("Records of partners' topics for which nobody answers yet")
                    .Register(registry->prometheus())
                    .Add({})) {}

void IntakeProbe::Refresh(size_t waiting) { waiting_->Set(static_cast<double>(waiting)); }

void IntakeProbe::CountSignal(std::string_view outcome, std::string_view sector) {
  std::string_view known = KnownSector(sector);
  std::lock_guard lock(mutex_);
  auto of_outcome = counters_.find(outcome);
  if (of_outcome == counters_.end()) {
    of_outcome = counters_.try_emplace(std::string(outcome)).first;
  }
  auto counter = of_outcome->second.find(known);
  if (counter == of_outcome->second.end()) {
    auto* made =
        &signals_->Add({{"uitkomst", std::string(outcome)}, {"soort", std::string(known)}});
    counter = of_outcome->second.emplace(known, made).first;
  }
  counter->second->Increment();
}

void IntakeProbe::CountRejected(std::string_view code) {
  errors_->Add({{"code", std::string(code)}}).Increment();
}

void IntakeProbe::CountAftermath(std::string_view outcome) {
  aftermaths_->Add({{"uitkomst", std::string(outcome)}}).Increment();
}

}  // namespace vroegsein
