#include "store/kafka/kafka_producer.h"

#include <condition_variable>

#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"

namespace vroegsein {
namespace {

constexpr int kPollMs = 100;
constexpr std::chrono::milliseconds kRoomAgain{20};
constexpr std::chrono::milliseconds kLookAgain{100};
// For what was purged to be told.
constexpr int kFarewellMs = 1'000;

void OnDelivered(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  std::unique_ptr<KafkaProducer::Delivered> delivered(
      static_cast<KafkaProducer::Delivered*>(message->_private));
  if (!*delivered) return;
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    (*delivered)(KafkaProducer::Place{message->partition, message->offset});
  } else {
    (*delivered)(Status::Unavailable(FromKafka(message->err).message()));
  }
}

KafkaOptions ProducerOptions() {
  using std::chrono::milliseconds;
  auto delivery_ms = std::chrono::duration_cast<milliseconds>(KafkaProducer::kDeliveryMax).count();
  return {{"client.id", "vroegsein-schrijver"},
          {"enable.idempotence", "true"},
          {"acks", "all"},
          {"compression.type", "lz4"},
          {"linger.ms", "1"},
          // As Kafka's own clients do: a key has one partition, whoever writes it.
          {"partitioner", "murmur2_random"},
          {"message.max.bytes", std::to_string(KafkaProducer::kRecordBytesMax)},
          {"message.timeout.ms", std::to_string(delivery_ms)},
          {"queue.buffering.max.messages", "200000"},
          {"queue.buffering.max.kbytes", std::to_string(KafkaProducer::kUnderWayBytesMax / 1024)}};
}

// Where many records came to stand, for one who waits for all of them.
class Places {
 public:
  explicit Places(size_t wanted) : open_(wanted), places_(wanted) {}

  void Set(size_t at, const Result<KafkaProducer::Place>& place) {
    std::lock_guard lock(mutex_);
    if (place.ok()) {
      places_[at] = *place;
    } else {
      failed_ = place.status();
    }
    --open_;
    changed_.notify_all();
  }
  // Until one more is answered, or a moment: others have records under way too.
  void WaitForOne() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kRoomAgain, [this, open = open_] { return open_ < open; });
  }
  Result<std::vector<KafkaProducer::Place>> Wait(const std::atomic<bool>& hurried) {
    std::unique_lock lock(mutex_);
    auto done = [this] { return open_ == 0; };
    while (!hurried && !changed_.wait_for(lock, kLookAgain, done)) continue;
    if (!changed_.wait_for(lock, KafkaProducer::kGrace, done)) {
      return Status::Unavailable("the log is closing");
    }
    if (!failed_.ok()) return failed_;
    return std::move(places_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t open_;                               // guarded by mutex_, as is the rest
  std::vector<KafkaProducer::Place> places_;  // in the order of the records
  Status failed_;
};

}  // namespace

KafkaProducer::KafkaProducer(KafkaSettings settings,
                             std::function<void(const std::string&)> complain)
    : settings_(std::move(settings)), complain_(std::move(complain)) {}

KafkaProducer::~KafkaProducer() { Close(); }

Result<std::unique_ptr<KafkaProducer>> KafkaProducer::Open(
    const KafkaSettings& settings, std::function<void(const std::string&)> complain) {
  std::unique_ptr<KafkaProducer> producer(new KafkaProducer(settings, std::move(complain)));
  VROEGSEIN_RETURN_IF_ERROR(producer->Renew());
  producer->thread_ = std::thread([made = producer.get()] { made->Work(); });
  return producer;
}

// What the former client still had under way is answered by its purge.
Status KafkaProducer::Renew() {
  KafkaClient::Kind kind{RD_KAFKA_PRODUCER, OnDelivered};
  auto client = KafkaClient::Open(kind, settings_, ProducerOptions(), complain_);
  if (!client.ok()) return client.status();
  std::shared_ptr<KafkaClient> former = std::move(*client);
  {
    std::lock_guard lock(mutex_);
    former.swap(client_);
  }
  if (former != nullptr) {
    rd_kafka_purge(former->get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(former->get(), kFarewellMs);
  }
  return Status::Ok();
}

void KafkaProducer::Work() {
  while (!closed_) {
    std::shared_ptr<KafkaClient> client;
    {
      std::lock_guard lock(mutex_);
      client = client_;
    }
    rd_kafka_poll(client->get(), kPollMs);
    if (!client->spent()) continue;
    client.reset();
    Renew().IgnoreBecause("the client is still spent, so the next round tries again");
  }
}

Status KafkaProducer::Send(const KafkaRecord& record, Delivered delivered) {
  std::shared_ptr<KafkaClient> client;
  {
    std::lock_guard lock(mutex_);
    client = client_;
  }
  if (closed_) return Status::Unavailable("the log is closing");
  rd_kafka_headers_t* headers = rd_kafka_headers_new(record.headers.size());
  for (const auto& [name, value] : record.headers) {
    rd_kafka_header_add(headers, name.c_str(), -1, value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  auto held = std::make_unique<Delivered>(std::move(delivered));
  // librdkafka copies the value; it only reads through a pointer that is not const.
  auto error = rd_kafka_producev(
      client->get(), RD_KAFKA_V_TOPIC(record.topic.c_str()),
      RD_KAFKA_V_PARTITION(record.partition < 0 ? RD_KAFKA_PARTITION_UA : record.partition),
      RD_KAFKA_V_KEY(record.key.data(), record.key.size()),
      RD_KAFKA_V_VALUE(const_cast<char*>(record.value.data()), record.value.size()),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_HEADERS(headers),
      RD_KAFKA_V_OPAQUE(held.get()), RD_KAFKA_V_END);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_headers_destroy(headers);
    return FromKafka(error);
  }
  (void)held.release();  // OnDelivered() has it
  return Status::Ok();
}

Result<std::vector<KafkaProducer::Place>> KafkaProducer::SendAll(
    const std::vector<KafkaRecord>& records) {
  auto places = std::make_shared<Places>(records.size());
  auto deadline = std::chrono::steady_clock::now() + kDeliveryMax;
  for (size_t i = 0; i < records.size(); ++i) {
    auto delivered = [places, i](const Result<Place>& place) { places->Set(i, place); };
    Status sent = Send(records[i], delivered);
    while (sent.code() == StatusCode::kUnavailable && !closed_ && !hurried_ &&
           std::chrono::steady_clock::now() < deadline) {
      places->WaitForOne();
      sent = Send(records[i], delivered);
    }
    VROEGSEIN_RETURN_IF_ERROR(sent);
  }
  return places->Wait(hurried_);
}

void KafkaProducer::Close() {
  if (closed_.exchange(true)) return;
  if (thread_.joinable()) thread_.join();
  if (client_ == nullptr) return;
  using std::chrono::milliseconds;
  auto patience =
      std::chrono::duration_cast<milliseconds>(hurried_ ? kGrace : kDeliveryMax).count();
  rd_kafka_flush(client_->get(), static_cast<int>(patience));
  rd_kafka_purge(client_->get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_flush(client_->get(), kFarewellMs);
}

void KafkaProducer::BreakForTest() {
  std::lock_guard lock(mutex_);
  rd_kafka_test_fatal_error(client_->get(), RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "test");
}

}  // namespace vroegsein
