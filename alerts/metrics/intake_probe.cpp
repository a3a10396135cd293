#include "alerts/metrics/intake_probe.h"

#include <prometheus/counter.h>
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
                    .Help("Receipts given over HTTP, by outcome and sector")
                    .Register(registry->prometheus())),
      errors_(&prometheus::BuildCounter()
                   .Name("vroegsein_signal_errors_total")
                   .Help("Errors in what was delivered over HTTP, by code")
                   .Register(registry->prometheus())),
      aftermaths_(&prometheus::BuildCounter()
                       .Name("vroegsein_aftermaths_total")
                       .Help("Aftermaths (aflopen) delivered over HTTP, by outcome")
                       .Register(registry->prometheus())) {}

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
