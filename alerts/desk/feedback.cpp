#include "alerts/desk/feedback.h"

#include "alerts/ddas/values.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

Status Tell(const StepContext& context, bool help_accepted, uint64_t replaces,
            SignalRecord* record) {
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
  feedback.set_replaces(replaces);
  record->add_feedbacks(feedback.number());
  context.state->Put(keys::Feedback(context.code(), feedback.partner(), feedback.number()),
                     feedback.SerializeAsString());
  return Status::Ok();
}

}  // namespace

std::string WhatThePartnerMayKnow(SignalStatus status) {
  if (status == SIGNAL_OTHER_REASON) return "Niet opgepakt";
  return std::string(ddas::NameOf(status));
}

Status TellPartner(const StepContext& context, bool help_accepted, SignalRecord* record) {
  return Tell(context, help_accepted, 0, record);
}

Status CorrectPartner(const StepContext& context, SignalRecord* record) {
  int count = record->feedbacks_size();
  return Tell(context, false, count == 0 ? 0 : record->feedbacks(count - 1), record);
}

}  // namespace vroegsein
