// The daily digest, counted.
//
//   vroegsein_mail_total{uitkomst}   letters: verstuurd (the mail server took it) or mislukt
//
// Threads: any.
#pragma once

#include "alerts/metrics/registry.h"

namespace prometheus {
class Counter;
}

namespace vroegsein {

class MailProbe {
 public:
  explicit MailProbe(MetricsRegistry* registry);

  void CountSent();
  void CountFailed();

 private:
  prometheus::Counter* sent_;
  prometheus::Counter* failed_;
};

}  // namespace vroegsein
