#include "alerts/metrics/shadow_probe.h"

#include <prometheus/counter.h>
#include <prometheus/registry.h>

namespace vroegsein {

ShadowProbe::ShadowProbe(MetricsRegistry* registry)
    : decisions_(&prometheus::BuildCounter()
                      .Name("vroegsein_shadow_decisions_total")
                      .Help("Decisions that a shadow was asked about too, and whether it agreed")
                      .Register(registry->prometheus())) {}

void ShadowProbe::Count(const std::string& municipality, ShadowQuestion question, bool same) {
  decisions_
      ->Add({{"gemeente", municipality},
             {"besluit", question == ShadowQuestion::kSignal ? "signaal" : "zaak"},
             {"uitkomst", same ? "gelijk" : "anders"}})
      .Increment();
}

}  // namespace vroegsein
