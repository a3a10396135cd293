#include "alerts/topics/feedback_topic.h"

#include <charconv>

#include "alerts/api/feedback_json.h"
#include "alerts/reading/households.h"
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

// Asked after every bunch of events, most of which have nothing for a partner.
Status FeedbackTopic::TellOf(const std::string& municipality) {
  auto counters = ReadCounters(*api_->database, municipality);
  if (!counters.ok()) return counters.status();
  auto known = all_told_.find(municipality);
  bool nothing_new = known != all_told_.end() && known->second == counters->feedbacks();
  if (nothing_new) return Status::Ok();
  for (const Identity& identity : api_->installation->identities) {
    if (identity.role != Role::kPartner) continue;
    Told told = Told::kSome;
    while (told == Told::kSome) {
      auto some = TellSome(municipality, identity.name);
      if (!some.ok()) return some.status().Within("tell " + identity.name);
      told = *some;
    }
    if (told == Told::kNothing) return Status::Ok();
  }
  all_told_[municipality] = counters->feedbacks();
  return Status::Ok();
}

// What came after what was told last, at most so many.
Result<FeedbackTopic::Told> FeedbackTopic::TellSome(const std::string& municipality,
                                                    const std::string& partner) {
  std::string cursor = CursorKey(municipality, partner);
  auto last = LastTold(*told_, cursor);
  if (!last.ok()) return last.status();
  // Of what was sent and failed something later may stand on the topic all the same.
  if (auto known = failed_from_.find(cursor); known != failed_from_.end()) {
    *last = std::min(*last, known->second);
  }
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
  if (records.empty()) return Told::kAll;
  if (!owns_(municipality)) return Told::kNothing;
  auto places = producer_->SendAll(records);
  if (!places.ok()) {
    failed_from_[cursor] = *last;
    return places.status();
  }
  failed_from_.erase(cursor);
  told_->Put(cursor, keys::EncodeU64(number));
  told_->Told(settings.FeedbackTopic(), *places);
  VROEGSEIN_RETURN_IF_ERROR(told_->Write(true));
  return records.size() == kAtOnceMax ? Told::kSome : Told::kAll;
}

}  // namespace vroegsein
