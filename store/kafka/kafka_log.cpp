#include "store/kafka/kafka_log.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <cerrno>

#include "store/kafka/digest.h"
#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kInstanceBytes = 8;
// After an election the end of a partition may be known late.
constexpr int kAsksForEndMax = 20;

std::string_view BytesOf(const rd_kafka_message_t& message) {
  return {static_cast<const char*>(message.payload), message.len};
}

// Says whose append an event is: the instance and its number. In the event and not in a header of
// the record: headers cost librdkafka a list of their own for each.
std::string AppendId(const std::string& instance, uint64_t number) {
  return instance + keys::EncodeU64(number);
}

// The number of an append of `instance`; nullopt for somebody else's.
std::optional<uint64_t> AppendOf(const Event& event, std::string_view instance) {
  std::string_view text = event.append();
  if (text.size() != kInstanceBytes + sizeof(uint64_t)) return std::nullopt;
  if (text.substr(0, kInstanceBytes) != instance) return std::nullopt;
  return keys::DecodeU64(text.substr(kInstanceBytes));
}

struct Messages {
  std::vector<rd_kafka_message_t*> held;
  ~Messages() {
    for (rd_kafka_message_t* message : held) rd_kafka_message_destroy(message);
  }
};

// Asking for many at once waits until there are as many: so for one, and then for what is there.
void Fetch(rd_kafka_topic_t* topic, int32_t partition, size_t max, std::chrono::milliseconds wait,
           Messages* messages) {
  messages->held.resize(max);
  auto got = rd_kafka_consume_batch(topic, partition, static_cast<int>(wait.count()),
                                    messages->held.data(), 1);
  if (got > 0 && max > 1) {
    auto more = rd_kafka_consume_batch(topic, partition, 0, messages->held.data() + 1, max - 1);
    got += std::max<ssize_t>(0, more);
  }
  messages->held.resize(static_cast<size_t>(std::max<ssize_t>(0, got)));
}

}  // namespace

KafkaLog::KafkaLog(KafkaCluster* cluster, uint32_t partition, const Options& options)
    : cluster_(cluster),
      partition_(partition),
      end_(options.end),
      pending_(std::make_shared<PendingAppends>(options.waiting_max)) {
  place_.set_cluster(cluster->id());
  place_.set_topic(cluster->options().settings.LogTopic());
  place_.set_partition(partition);
  place_.set_partitions(cluster->partitions());
}

KafkaLog::~KafkaLog() {
  if (started_) rd_kafka_consume_stop(topic_, static_cast<int32_t>(partition_));
  if (topic_ != nullptr) rd_kafka_topic_destroy(topic_);
}

Result<std::unique_ptr<KafkaLog>> KafkaLog::Open(KafkaCluster* cluster, uint32_t partition,
                                                 const Database* database, const Options& options) {
  std::unique_ptr<KafkaLog> log(new KafkaLog(cluster, partition, options));
  std::string where = log->place_.topic() + " partition " + std::to_string(partition);
  VROEGSEIN_RETURN_IF_ERROR(log->FindPlace(*database).Within(where));
  VROEGSEIN_RETURN_IF_ERROR(log->CheckEnds().Within(where));
  VROEGSEIN_RETURN_IF_ERROR(log->Start().Within(where));
  return log;
}

Status KafkaLog::FindPlace(const Database& database) {
  auto applied = database.Get(keys::AppliedOffset());
  if (!applied.ok()) return applied.status();
  if (!applied->has_value()) return Status::Ok();
  auto bytes = database.Get(keys::LogPlace());
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) {
    return Status::Invalid("the folder " + database.folder() + " has a log of its own");
  }
  LogPlace known;
  if ((*applied)->size() != sizeof(uint64_t) || !known.ParseFromString(**bytes)) {
    return Status::DataLoss("the place in the log cannot be read");
  }
  next_ = static_cast<int64_t>(keys::DecodeU64(**applied));
  expected_digest_ = known.digest();
  return CheckPlace(known);
}

Status KafkaLog::CheckPlace(const LogPlace& known) const {
  if (known.partitions() != place_.partitions()) {
    return Status::Invalid("the topic had " + std::to_string(known.partitions()) +
                           " partitions when the folder was made, and has another number now: "
                           "municipalities would move");
  }
  bool same = known.cluster() == place_.cluster() && known.topic() == place_.topic() &&
              known.partition() == place_.partition();
  if (same) return Status::Ok();
  return Status::Invalid("the folder follows another place: " + known.topic() + " partition " +
                         std::to_string(known.partition()) + " of cluster " + known.cluster());
}

// Everything after what was applied must still be there, and what was applied must have been.
Status KafkaLog::CheckEnds() {
  int64_t low = 0;
  for (int ask = 0; ask < kAsksForEndMax; ++ask) {
    auto ends = cluster_->EndsOf(partition_, KafkaClient::kPatience);
    if (!ends.ok()) return ends.status();
    low = ends->low;
    end_at_opening_ = ends->high;
    if (end_at_opening_ >= next_) break;
  }
  if (end_at_opening_ < next_) {
    return Status::DataLoss("the folder has applied " + std::to_string(next_) +
                            " records and the brokers have only " +
                            std::to_string(end_at_opening_));
  }
  if (low > next_) {
    return Status::DataLoss("the brokers have no record before " + std::to_string(low) +
                            " any more, and the folder has applied only those before " +
                            std::to_string(next_) + ": restore a newer copy of the folder");
  }
  // The last one that was applied may just have been removed.
  if (low == next_) expected_digest_.clear();
  return Status::Ok();
}

Status KafkaLog::Start() {
  topic_ = rd_kafka_topic_new(cluster_->consumer().get(), place_.topic().c_str(), nullptr);
  if (topic_ == nullptr) return FromKafka(rd_kafka_last_error());
  int64_t from = expected_digest_.empty() ? next_.load() : next_ - 1;
  if (rd_kafka_consume_start(topic_, static_cast<int32_t>(partition_), from) != 0) {
    return FromKafka(rd_kafka_last_error());
  }
  started_ = true;
  return Status::Ok();
}

Status KafkaLog::Append(Event&& event, Completion done) {
  event.set_version(kEventVersion);
  auto number = pending_->Add(std::move(done));
  if (!number) return Status::Unavailable("the log is behind or closing; try again later");
  event.set_append(AppendId(cluster_->options().instance, *number));
  KafkaRecord record;
  record.topic = place_.topic();
  record.partition = static_cast<int32_t>(partition_);
  record.key = event.municipality();
  record.value = event.SerializeAsString();
  auto delivered = [pending = pending_,
                    number = *number](const Result<KafkaProducer::Place>& place) {
    if (place.ok()) return pending->Acknowledged(number);
    pending->Drop(number);
  };
  Status sent = cluster_->producer().Send(record, std::move(delivered));
  if (!sent.ok()) pending_->Drop(*number);
  return sent;
}

Result<std::vector<LogEntry>> KafkaLog::Take(size_t max, std::chrono::milliseconds wait) {
  if (!stopped_.ok()) return stopped_;
  Messages messages;
  Fetch(topic_, static_cast<int32_t>(partition_), max, wait, &messages);
  std::vector<LogEntry> taken;
  taken.reserve(messages.held.size());
  for (const rd_kafka_message_t* message : messages.held) {
    stopped_ = TakeOne(*message, &taken)
                   .Within(place_.topic() + " partition " + std::to_string(partition_));
    if (!stopped_.ok()) break;
  }
  // What came before is applied first: the next call says why it stops.
  if (!stopped_.ok() && taken.empty()) return stopped_;
  return taken;
}

Status KafkaLog::TakeOne(const rd_kafka_message_t& message, std::vector<LogEntry>* taken) {
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return NotGiven(message.err);
  }
  told_error_ = 0;
  if (!expected_digest_.empty()) return Recognise(message);
  if (message.offset >= end_) return Status::Ok();
  if (message.offset != next_) {
    return Status::DataLoss("record " + std::to_string(next_) + " is missing: the next one is " +
                            std::to_string(message.offset));
  }
  auto entry = EntryOf(message);
  if (!entry.ok()) return entry.status();
  taken->push_back(std::move(*entry));
  ++next_;
  return Status::Ok();
}

// What is gone stops the desk. Everything else passes by itself or when somebody repairs it, and
// librdkafka tries again and again; whether it does not pass the watchdog sees.
Status KafkaLog::NotGiven(int error) {
  Status failed = FromKafka(error);
  if (failed.code() == StatusCode::kDataLoss) return failed;
  if (failed.code() != StatusCode::kUnavailable && error != told_error_) {
    told_error_ = error;
    const auto& complain = cluster_->options().complain;
    if (complain) complain(failed.Within(place_.topic()).message());
  }
  return Status::Ok();
}

// The record applied last is the one that the topic has at its place: else this is another topic of
// the same name.
Status KafkaLog::Recognise(const rd_kafka_message_t& message) {
  bool same = message.offset == next_ - 1 && DigestOf(BytesOf(message)) == expected_digest_;
  expected_digest_.clear();
  if (same) return Status::Ok();
  return Status::DataLoss("the record before " + std::to_string(next_) +
                          " is another one than the folder has applied: the topic was made anew?");
}

Result<LogEntry> KafkaLog::EntryOf(const rd_kafka_message_t& message) {
  LogEntry entry;
  std::string where = "record " + std::to_string(message.offset);
  entry.bytes = BytesOf(message);
  bool parsed = entry.event.ParseFromString(entry.bytes) && entry.event.version() != 0;
  if (!parsed) return Status::DataLoss(where + " cannot be read");
  if (entry.event.version() > kEventVersion) {
    return Status::DataLoss(where +
                            " was written by a newer version of vroegsein: nothing is lost, "
                            "start that version on this folder");
  }
  entry.offset = static_cast<uint64_t>(message.offset) + 1;
  if (auto number = AppendOf(entry.event, cluster_->options().instance)) {
    entry.done = [pending = pending_, number = *number](Outcome&& outcome) {
      pending->Applied(number, std::move(outcome));
    };
  }
  return entry;
}

void KafkaLog::AddTo(Batch* batch, const std::vector<LogEntry>& entries) {
  place_.set_digest(DigestOf(entries.back().bytes));
  batch->Put(keys::LogPlace(), place_.SerializeAsString());
}

Status KafkaLog::Trim(Instant, Batch*) { return Status::Ok(); }

size_t KafkaLog::waiting() const {
  int64_t low = 0;
  int64_t high = 0;
  auto known = rd_kafka_get_watermark_offsets(cluster_->consumer().get(), place_.topic().c_str(),
                                              static_cast<int32_t>(partition_), &low, &high);
  int64_t end =
      known == RD_KAFKA_RESP_ERR_NO_ERROR ? std::max(high, end_at_opening_) : end_at_opening_;
  return static_cast<size_t>(std::max<int64_t>(0, end - next_));
}

void KafkaLog::Close() { pending_->Close(); }

}  // namespace vroegsein
