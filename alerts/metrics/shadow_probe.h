// What a shadow made of the decisions that it was asked about too, counted.
//
//   vroegsein_shadow_decisions_total{gemeente,besluit,uitkomst}   besluit: signaal, zaak;
//                                                                 uitkomst: gelijk, anders
//
// Which cases differ and why is listed by `vroegsein policy shadow differences` and
// GET /v1/schaduwbeleid/verschillen. Threads: Count() from the desk's.
#pragma once

#include <string>

#include "alerts/metrics/registry.h"
#include "alerts/policy/shadow.h"

namespace prometheus {
class Counter;
template <typename T>
class Family;
}  // namespace prometheus

namespace vroegsein {

class ShadowProbe {
 public:
  // `registry` must outlive it.
  explicit ShadowProbe(MetricsRegistry* registry);

  void Count(const std::string& municipality, ShadowQuestion question, bool same);

 private:
  prometheus::Family<prometheus::Counter>* decisions_;
};

}  // namespace vroegsein
