#include "alerts/desk/feedback.h"

#include "alerts/ddas/values.h"
#include "store/keys.h"

namespace vroegsein {

std::string WhatThePartnerMayKnow(SignalStatus status) {
  if (status == SIGNAL_OTHER_REASON) return "Niet opgepakt";
  return std::string(ddas::NameOf(status));
}

Status TellPartner(const StepContext& context, bool help_accepted, SignalRecord* record) {
  auto counters = context.state->Counters(context.code());
  if (!counters.ok()) return counters.status();
  (*counters)->set_feedbacks((*counters)->feedbacks() + 1);
  FeedbackRecord feedback;
  feedback.set_version(kRecordVersion);
  feedback.set_number((*counters)->feedbacks());
  feedback.set_partner(record->signal().partner());
  feedback.set_signal_id(record->signal().id());
  feedback.set_status(WhatThePartnerMayKnow(record->status()));
  feedback.set_help_accepted(help_accepted);
  feedback.set_at_ms(MillisOf(context.now));
  record->add_feedbacks(feedback.number());
  context.state->Put(keys::Feedback(context.code(), feedback.partner(), feedback.number()),
                     feedback.SerializeAsString());
  return Status::Ok();
}

}  // namespace vroegsein
