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
// Of what waits so many are tried together: where nobody answers, that takes a while.
constexpr size_t kTriedMax = 500;
constexpr size_t kWaitingMax = 10'000;
constexpr size_t kWaitingBytesMax = 16u << 20;
// How far a partition may be ahead of its first record that waits: so much comes again after kill
// -9.
constexpr size_t kAheadMax = 20'000;

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
      complain_(std::move(complain)),
      goes_on_([this] {
        return api_->desk_works() && std::chrono::steady_clock::now() < stop_waiting_.load();
      }) {
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
    stop_waiting_ = std::chrono::steady_clock::now() + KafkaProducer::kGrace;
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
    Forget();
    WaitBeforeRetry();
  }
}

Status TopicIntake::WorkOnce(KafkaGroup* group) {
  VROEGSEIN_RETURN_IF_ERROR(HoldBack(group).Within("hold back"));
  auto received = group->Take(kBatchMax, kWait);
  if (!received.ok()) return received.status();
  for (const KafkaReceived& one : *received) offsets_.Take(one.from, one.offset);
  Round round{Submission(api_->log, &goes_on_, api_->Deadline()), Due(), 0, {}, {}, {}, {}};
  round.tried_before = round.records.size();
  std::move(received->begin(), received->end(), std::back_inserter(round.records));
  if (round.records.empty()) return Status::Ok();
  for (size_t i = 0; i < round.records.size(); ++i) {
    VROEGSEIN_RETURN_IF_ERROR(HandIn(i, &round).Within("hand in"));
  }
  Settle(&round);
  VROEGSEIN_RETURN_IF_ERROR(dead_letters_->Add(round.refused).Within("refuse"));
  Keep(&round);
  return group->Commit(offsets_.Finished()).Within("commit");
}

// What was not committed comes again with another group.
void TopicIntake::Forget() {
  offsets_ = TakenOffsets();
  waiting_.clear();
  waiting_of_.clear();
  waiting_bytes_ = 0;
  waits_ = 0;
  held_ = false;
}

// What is too much, or too far ahead, stays on the topic.
Status TopicIntake::HoldBack(KafkaGroup* group) {
  if (waiting_.empty() && !held_) return Status::Ok();
  bool all = waiting_.size() >= kWaitingMax || waiting_bytes_ >= kWaitingBytesMax;
  held_ = false;
  return group->Hold([&](const TopicPartition& which) {
    bool hold = all || offsets_.Span(which) >= kAheadMax;
    held_ = held_ || hold;
    return hold;
  });
}

// What waits, in its order, when it is time to try again.
std::vector<KafkaReceived> TopicIntake::Due() {
  std::vector<KafkaReceived> due;
  if (waiting_.empty() || std::chrono::steady_clock::now() < next_try_) return due;
  while (!waiting_.empty() && due.size() < kTriedMax) {
    Waiting& first = waiting_.front();
    auto of = waiting_of_.find(first.municipality);
    if (--of->second == 0) waiting_of_.erase(of);
    waiting_bytes_ -= first.record.value.size();
    due.push_back(std::move(first.record));
    waiting_.pop_front();
  }
  return due;
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
Status TopicIntake::HandIn(size_t record, Round* round) {
  const KafkaReceived& received = round->records[record];
  const Identity& partner = *partners_.at(received.from.topic);
  DecodeRecord(received.value, DecoderOf(received.from.topic, partner), &decoded_);
  if (!decoded_.ok()) {
    api_->intake->CountSignal(NameOf(ReceiptStatus::kRejected), decoded_.signal.sector());
    Refuse(received, std::move(decoded_.errors), round);
    return Status::Ok();
  }
  HandedIn handed_in{record, decoded_.signal.municipality(), decoded_.signal.sector()};
  // It comes after those of its municipality that wait.
  if (record >= round->tried_before && waiting_of_.contains(handed_in.municipality)) {
    round->waits.emplace(record, std::move(handed_in.municipality));
    return Status::Ok();
  }
  event_.set_recorded_ms(MillisOf(api_->now()));
  event_.set_municipality(handed_in.municipality);
  event_.mutable_signal()->mutable_signal()->Swap(&decoded_.signal);
  Status added = round->submission.Add(std::move(event_));
  if (added.ok()) {
    round->handed_in.push_back(std::move(handed_in));
  } else if (added.code() == StatusCode::kUnavailable) {
    round->reason = added.message();
    round->waits.emplace(record, std::move(handed_in.municipality));
    added = Status::Ok();
  }
  return added;
}

void TopicIntake::Refuse(const KafkaReceived& received, std::vector<FieldError> errors,
                         Round* round) {
  DeadLetter letter;
  letter.partner = partners_.at(received.from.topic)->name;
  letter.topic = received.from.topic;
  letter.partition = received.from.partition;
  letter.offset = received.offset;
  letter.refused_at = api_->now();
  letter.errors = std::move(errors);
  letter.Keep(received.value);
  for (const FieldError& error : letter.errors) api_->intake->CountRejected(error.code);
  round->refused.push_back(std::move(letter));
}

// What the desk says to a partner that waits for a receipt is here for the administrator to see.
void TopicIntake::Settle(Round* round) {
  std::vector<Outcome> outcomes = round->submission.Gather();
  for (size_t i = 0; i < outcomes.size(); ++i) {
    HandedIn& one = round->handed_in[i];
    Outcome& outcome = outcomes[i];
    // A node of before these receipts gives none where there is no policy.
    if (outcome.status.code() == StatusCode::kUnavailable || !outcome.receipt) {
      round->reason = outcome.status.message();
      round->waits.emplace(one.record, std::move(one.municipality));
      continue;
    }
    api_->intake->CountSignal(NameOf(outcome.receipt->status), one.sector);
    if (outcome.receipt->errors.empty()) continue;
    Refuse(round->records[one.record], std::move(outcome.receipt->errors), round);
  }
}

// What is done need not come again; what waits is kept.
void TopicIntake::Keep(Round* round) {
  bool first = waiting_.empty() && round->tried_before == 0 && !round->waits.empty();
  if (first) {
    complain_("what partners put on their topics waits, and the rest goes on: " + round->reason);
  }
  // Where there is an answer again, the rest of what waits need not wait longer.
  bool in_vain = !round->waits.empty() && round->waits.begin()->first < round->tried_before;
  if (first || in_vain) next_try_ = std::chrono::steady_clock::now() + kRetry;
  for (size_t i = 0; i < round->records.size(); ++i) {
    KafkaReceived& record = round->records[i];
    auto waits = round->waits.find(i);
    if (waits == round->waits.end()) {
      offsets_.Finish(record.from, record.offset);
      continue;
    }
    ++waiting_of_[waits->second];
    waiting_bytes_ += record.value.size();
    waiting_.push_back({std::move(record), std::move(waits->second)});
  }
  waits_ = waiting_.size();
}

}  // namespace vroegsein
