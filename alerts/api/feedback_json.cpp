#include "alerts/api/feedback_json.h"

#include "ingest/calendar.h"

namespace vroegsein {
namespace {

constexpr int kSuspensionDays = 30;  // opschorting: from the day help was accepted

}  // namespace

void AddFeedback(const std::string& municipality, const FeedbackRecord& feedback,
                 JsonWriter* json) {
  Instant at = InstantOf(feedback.at_ms());
  json->BeginObject().Integer("nummer", static_cast<int64_t>(feedback.number()));
  json->Text("gemeentecode", municipality).Text("signaalId", feedback.signal_id());
  json->Text("status", feedback.status()).Text("tijdstip", FormatInstant(at));
  json->Flag("hulpAanvaard", feedback.help_accepted());
  std::string suspended;
  if (feedback.help_accepted()) {
    suspended = FormatDate(DayInAmsterdam(at) + std::chrono::days(kSuspensionDays));
  }
  json->TextOrNull("opschortenTotEnMet", suspended).Key("vervangt");
  if (feedback.replaces() == 0) {
    json->Null();
  } else {
    json->Integer(static_cast<int64_t>(feedback.replaces()));
  }
  json->EndObject();
}

}  // namespace vroegsein
