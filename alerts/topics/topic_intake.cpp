#include "alerts/topics/topic_intake.h"

#include "alerts/api/signal_handlers.h"
#include "ingest/cloud_event.h"
#include "ingest/error_code.h"
#include "ingest/reader_limits.h"

namespace vroegsein {
namespace {

// They spread over the partitions, and each desk writes its part at once.
constexpr size_t kBatchMax = 2'000;
constexpr std::chrono::milliseconds kWait{200};
constexpr std::chrono::seconds kRetry{1};

}  // namespace

void DecodeRecord(std::string_view record, SignalDecoder* decoder, DecodedSignal* decoded) {
  if (record.size() > ReaderLimits().record_bytes_max) {
    *decoded = DecodedSignal();
    decoded->errors = {
        MakeError(ErrorCode::kRecordTooLarge, "", std::to_string(ReaderLimits().record_bytes_max))};
    return;
  }
  if (!IsCloudEvent(record)) return decoder->Decode(record, decoded);
  std::vector<FieldError> errors;
  std::string data = DataOfCloudEvent(record, &errors);
  if (!errors.empty()) {
    *decoded = DecodedSignal();
    decoded->errors = std::move(errors);
    return;
  }
  decoder->Decode(data, decoded);
  for (FieldError& error : decoded->errors) error.field.insert(0, "/data");
}

TopicIntake::TopicIntake(const ApiContext* api, DeadLetters* dead_letters, std::string member,
                         Complain complain)
    : api_(api),
      dead_letters_(dead_letters),
      member_(std::move(member)),
      complain_(std::move(complain)) {
  for (const Identity& identity : api->installation->identities) {
    if (identity.role != Role::kPartner) continue;
    partners_[api->installation->kafka.PartnerTopic(identity.name)] = &identity;
  }
}

TopicIntake::~TopicIntake() { Stop(); }

void TopicIntake::Start() {
  VROEGSEIN_CHECK(!partners_.empty());
  thread_ = std::thread([this] { Work(); });
}

void TopicIntake::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    stopped_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void TopicIntake::WaitBeforeRetry() {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, kRetry, [this] { return stopping_.load(); });
}

void TopicIntake::Work() {
  const KafkaSettings& settings = api_->installation->kafka;
  KafkaGroup::Membership membership{settings.IntakeGroup(), member_, {}};
  for (const auto& [topic, partner] : partners_) membership.topics.push_back(topic);
  std::unique_ptr<KafkaGroup> group;
  while (!stopping_) {
    Status worked;
    if (group == nullptr) {
      auto opened = KafkaGroup::Open(settings, membership, complain_);
      worked = opened.status();
      if (opened.ok()) group = std::move(*opened);
    }
    if (group != nullptr) worked = WorkOnce(group.get());
    if (worked.ok() || stopping_) continue;
    // What was not committed comes again, to this node or to another.
    complain_(worked.message());
    group.reset();
    WaitBeforeRetry();
  }
}

Status TopicIntake::WorkOnce(KafkaGroup* group) {
  auto received = group->Take(kBatchMax, kWait);
  if (!received.ok()) return received.status();
  if (received->empty()) return Status::Ok();
  Round round{api_->Submit(api_->Deadline()), {}, {}};
  for (const KafkaReceived& one : *received) {
    VROEGSEIN_RETURN_IF_ERROR(HandIn(one, &round).Within("hand in"));
  }
  VROEGSEIN_RETURN_IF_ERROR(AwaitReceipts(&round).Within("hand in"));
  VROEGSEIN_RETURN_IF_ERROR(dead_letters_->Add(round.refused).Within("refuse"));
  return group->Commit(*received).Within("commit");
}

// What is in the future follows from the day: each day has its own decoders.
SignalDecoder* TopicIntake::DecoderOf(const std::string& topic, const Identity& partner) {
  Date today = api_->today();
  if (decoders_day_ != today) decoders_.clear();
  decoders_day_ = today;
  auto known = decoders_.find(topic);
  if (known == decoders_.end()) {
    known = decoders_.emplace(topic, DecodeOptionsFor(*api_, partner)).first;
  }
  return &known->second;
}

// What was decoded and its event are filled again and again: of a signal hardly any memory is asked
// for.
Status TopicIntake::HandIn(const KafkaReceived& received, Round* round) {
  const Identity& partner = *partners_.at(received.topic);
  DecodeRecord(received.value, DecoderOf(received.topic, partner), &decoded_);
  if (!decoded_.ok()) {
    Refuse(received, partner, round);
    return Status::Ok();
  }
  round->sectors.push_back(decoded_.signal.sector());
  event_.set_recorded_ms(MillisOf(api_->now()));
  event_.set_municipality(decoded_.signal.municipality());
  event_.mutable_signal()->mutable_signal()->Swap(&decoded_.signal);
  return round->submission.Add(std::move(event_));
}

void TopicIntake::Refuse(const KafkaReceived& received, const Identity& partner, Round* round) {
  DeadLetter letter;
  letter.partner = partner.name;
  letter.topic = received.topic;
  letter.partition = received.partition;
  letter.offset = received.offset;
  letter.refused_at = api_->now();
  letter.errors = std::move(decoded_.errors);
  letter.message = received.value;
  api_->intake->CountSignal(NameOf(ReceiptStatus::kRejected), decoded_.signal.sector());
  for (const FieldError& error : letter.errors) api_->intake->CountRejected(error.code);
  round->refused.push_back(std::move(letter));
}

Status TopicIntake::AwaitReceipts(Round* round) {
  auto outcomes = round->submission.Wait();
  if (!outcomes.ok()) return outcomes.status();
  for (size_t i = 0; i < outcomes->size(); ++i) {
    const auto& receipt = (*outcomes)[i].receipt;
    if (receipt) api_->intake->CountSignal(NameOf(receipt->status), round->sectors[i]);
  }
  return Status::Ok();
}

}  // namespace vroegsein
