#include "alerts/metrics/mail_probe.h"

#include <prometheus/counter.h>
#include <prometheus/registry.h>

namespace vroegsein {

MailProbe::MailProbe(MetricsRegistry* registry) {
  auto& family = prometheus::BuildCounter()
                     .Name("vroegsein_mail_total")
                     .Help("Letters of the daily digest, by what became of them")
                     .Register(registry->prometheus());
  sent_ = &family.Add({{"uitkomst", "verstuurd"}});
  failed_ = &family.Add({{"uitkomst", "mislukt"}});
}

void MailProbe::CountSent() { sent_->Increment(); }
void MailProbe::CountFailed() { failed_->Increment(); }

}  // namespace vroegsein
