#include "alerts/topics/feedback_topic.h"

#include <charconv>

#include "alerts/api/feedback_json.h"
#include "alerts/topics/cloud_event_out.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kAtOnceMax = 500;
constexpr std::string_view kType = "nl.vroegsein.terugkoppeling.v1";
constexpr size_t kMunicipalitySize = 4;

std::string CursorKey(std::string_view municipality, std::string_view partner) {
  return "U" + std::string(municipality) + std::string(partner);
}

Result<uint64_t> LastTold(const ToldBook& told, const std::string& key) {
  auto known = told.Get(key);
  if (!known.ok()) return known.status();
  return known->has_value() ? keys::DecodeU64(**known) : 0;
}

// `0080/vitens/17`; nothing for what is no id of ours.
Status NoteId(std::string_view id, ToldBook* told) {
  size_t partner = id.find('/');
  size_t number_at = id.rfind('/');
  uint64_t number = 0;
  auto [end, error] = std::from_chars(id.data() + number_at + 1, id.data() + id.size(), number);
  bool shaped = partner == kMunicipalitySize && number_at > partner && error == std::errc() &&
                end == id.data() + id.size();
  if (!shaped) return Status::Ok();
  std::string key =
      CursorKey(id.substr(0, partner), id.substr(partner + 1, number_at - partner - 1));
  auto last = LastTold(*told, key);
  if (!last.ok()) return last.status();
  if (number > *last) told->Put(key, keys::EncodeU64(number));
  return Status::Ok();
}

}  // namespace

Status FeedbackTopic::CatchUp() {
  return told_->CatchUp(
      api_->installation->kafka.FeedbackTopic(),
      [this](const std::string& id, std::string_view) { return NoteId(id, told_); });
}

Status FeedbackTopic::TellOf(const std::string& municipality) {
  for (const Identity& identity : api_->installation->identities) {
    if (identity.role != Role::kPartner) continue;
    for (bool more = true; more;) {
      auto told = TellSome(municipality, identity.name);
      if (!told.ok()) return told.status().Within("tell " + identity.name);
      more = *told;
    }
  }
  return Status::Ok();
}

// What came after what was told last, at most so many; whether there may be more.
Result<bool> FeedbackTopic::TellSome(const std::string& municipality, const std::string& partner) {
  std::string cursor = CursorKey(municipality, partner);
  auto last = LastTold(*told_, cursor);
  if (!last.ok()) return last.status();
  const KafkaSettings& settings = api_->installation->kafka;
  std::vector<KafkaRecord> records;
  Status unreadable;
  uint64_t number = *last;
  Status scanned = api_->database->Scan(
      keys::Feedback(municipality, partner, *last + 1),
      keys::After(keys::PartnerFeedback(municipality, partner)),
      [&](std::string_view, std::string_view value) {
        FeedbackRecord feedback;
        if (!feedback.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          unreadable = Status::DataLoss("a feedback cannot be read");
          return false;
        }
        number = feedback.number();
        OutEvent event{settings.FeedbackTopic(), municipality, settings.source, kType, "", {}, ""};
        event.id = municipality + "/" + partner + "/" + std::to_string(number);
        event.time = InstantOf(feedback.at_ms());
        JsonWriter json(&event.data);
        AddFeedback(municipality, feedback, &json);
        records.push_back(RecordOf(event));
        return records.size() < kAtOnceMax;
      });
  VROEGSEIN_RETURN_IF_ERROR(scanned);
  VROEGSEIN_RETURN_IF_ERROR(unreadable);
  if (records.empty() || !owns_(municipality)) return false;
  VROEGSEIN_RETURN_IF_ERROR(producer_->SendAll(records));
  told_->Put(cursor, keys::EncodeU64(number));
  VROEGSEIN_RETURN_IF_ERROR(told_->Write(true));
  return records.size() == kAtOnceMax;
}

}  // namespace vroegsein
