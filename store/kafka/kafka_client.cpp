#include "store/kafka/kafka_client.h"

#include "store/kafka/kafka_error.h"
#include "store/kafka/kafka_trouble.h"

namespace vroegsein {
namespace {

constexpr std::chrono::milliseconds kOneQuestion{500};
constexpr int kAskAgainMs = 100;
constexpr int kAskForLeadersMs = 500;
constexpr std::chrono::milliseconds kLeaveMin{300};
constexpr std::chrono::seconds kLeaveMax{1};
constexpr int kLeavePollMs = 20;
constexpr std::chrono::seconds kComplainAgain{60};

struct DropConfig {
  void operator()(rd_kafka_conf_t* config) const { rd_kafka_conf_destroy(config); }
};
using Config = std::unique_ptr<rd_kafka_conf_t, DropConfig>;

struct DropList {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};

bool HasPart(rd_kafka_t* handle) {
  rd_kafka_topic_partition_list_t* raw = nullptr;
  if (rd_kafka_assignment(handle, &raw) != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
  std::unique_ptr<rd_kafka_topic_partition_list_t, DropList> part(raw);
  return part->cnt > 0;
}

// What librdkafka would print on stderr, where our own lines are.
void SayNothing(const rd_kafka_t*, int, const char*, const char*) {}

std::string ProtocolOf(const KafkaSettings& settings) {
  if (settings.sasl_mechanism.empty()) return settings.tls ? "ssl" : "plaintext";
  return settings.tls ? "sasl_ssl" : "sasl_plaintext";
}

KafkaOptions OptionsOf(const KafkaSettings& settings) {
  KafkaOptions options = {{"bootstrap.servers", settings.brokers},
                          {"security.protocol", ProtocolOf(settings)},
                          {"reconnect.backoff.max.ms", "1000"},
                          {"log_level", "0"},
                          {"log.connection.close", "false"}};
  auto add = [&options](const char* name, const std::string& value) {
    if (!value.empty()) options.emplace_back(name, value);
  };
  add("ssl.ca.location", settings.ca_file);
  add("ssl.certificate.location", settings.certificate_file);
  add("ssl.key.location", settings.key_file);
  add("sasl.mechanisms", settings.sasl_mechanism);
  add("sasl.username", settings.user);
  add("sasl.password", settings.password);
  return options;
}

Status SetAll(rd_kafka_conf_t* config, const KafkaOptions& options) {
  char why[256];
  for (const auto& [name, value] : options) {
    auto set = rd_kafka_conf_set(config, name.c_str(), value.c_str(), why, sizeof why);
    // `why` would repeat the value, which can be a password.
    if (set != RD_KAFKA_CONF_OK) return Status::Invalid("Kafka does not take the value of " + name);
  }
  return Status::Ok();
}

}  // namespace

Result<std::unique_ptr<KafkaClient>> KafkaClient::Open(const Kind& kind,
                                                       const KafkaSettings& settings,
                                                       const KafkaOptions& more,
                                                       KafkaComplaint complain) {
  std::unique_ptr<KafkaClient> client(new KafkaClient(std::move(complain)));
  Config config(rd_kafka_conf_new());
  VROEGSEIN_RETURN_IF_ERROR(SetAll(config.get(), OptionsOf(settings)));
  VROEGSEIN_RETURN_IF_ERROR(SetAll(config.get(), more));
  rd_kafka_conf_set_opaque(config.get(), client.get());
  rd_kafka_conf_set_log_cb(config.get(), SayNothing);
  rd_kafka_conf_set_error_cb(config.get(), OnError);
  rd_kafka_conf_set_ssl_cert_verify_cb(config.get(), OnCertificate);
  if (kind.delivered != nullptr) rd_kafka_conf_set_dr_msg_cb(config.get(), kind.delivered);
  if (kind.rebalanced != nullptr) rd_kafka_conf_set_rebalance_cb(config.get(), kind.rebalanced);
  char why[512];
  client->handle_ = rd_kafka_new(kind.type, config.get(), why, sizeof why);
  if (client->handle_ == nullptr) return Status::Invalid(std::string("Kafka: ") + why);
  (void)config.release();  // rd_kafka_new() took it
  return client;
}

KafkaOptions MemberOptions(const KafkaSettings& settings, const std::string& group) {
  constexpr int kHeartbeatsInTimeout = 6;
  auto timeout_ms = std::chrono::milliseconds(settings.absent_after).count();
  return {
      {"group.id", group},
      // Never cooperative-sticky: it ends the process when the group is left (librdkafka #4312).
      {"partition.assignment.strategy", "range"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"session.timeout.ms", std::to_string(timeout_ms)},
      {"heartbeat.interval.ms", std::to_string(timeout_ms / kHeartbeatsInTimeout)}};
}

// Who was a member has left already, or cannot.
KafkaClient::~KafkaClient() {
  if (handle_ != nullptr) rd_kafka_destroy_flags(handle_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void KafkaClient::LeaveGroup() {
  rd_kafka_unsubscribe(handle_);
  auto begun = std::chrono::steady_clock::now();
  auto lasts = [&] { return std::chrono::steady_clock::now() - begun; };
  // What it had it gives back while it polls, and then it says that it leaves.
  while (lasts() < kLeaveMin || (HasPart(handle_) && lasts() < kLeaveMax)) {
    rd_kafka_message_t* unread = rd_kafka_consumer_poll(handle_, kLeavePollMs);
    if (unread != nullptr) rd_kafka_message_destroy(unread);
  }
}

bool KafkaClient::Reaches(std::chrono::milliseconds wait) {
  rd_kafka_poll(handle_, 0);  // of a client that is not polled OnError() comes from here
  const rd_kafka_metadata_t* metadata = nullptr;
  auto error = rd_kafka_metadata(handle_, 0, nullptr, &metadata, static_cast<int>(wait.count()));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
  rd_kafka_metadata_destroy(metadata);
  std::lock_guard lock(mutex_);
  trouble_ = Status::Ok();
  return true;
}

// Kafka's own names for the ends, in place of a time.
Result<int64_t> KafkaClient::OffsetAt(int64_t time, const std::string& topic, int32_t partition,
                                      std::chrono::milliseconds wait) {
  std::unique_ptr<rd_kafka_topic_partition_list_t, DropList> asked(
      rd_kafka_topic_partition_list_new(1));
  auto* one = rd_kafka_topic_partition_list_add(asked.get(), topic.c_str(), partition);
  one->offset = time;
  auto error = rd_kafka_offsets_for_times(handle_, asked.get(), static_cast<int>(wait.count()));
  VROEGSEIN_RETURN_IF_ERROR(FromKafka(error));
  VROEGSEIN_RETURN_IF_ERROR(FromKafka(one->err));
  if (one->offset < 0) return Status::Unavailable("the brokers do not say where the topic ends");
  return one->offset;
}

void KafkaClient::AskForLeaders(const std::string& topic) {
  KafkaTopic one(rd_kafka_topic_new(handle_, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* answer = nullptr;
  auto error = rd_kafka_metadata(handle_, 0, one.get(), &answer, kAskForLeadersMs);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) rd_kafka_metadata_destroy(answer);
}

Result<TopicEnds> KafkaClient::EndsOf(const std::string& topic, int32_t partition,
                                      std::chrono::milliseconds wait) {
  constexpr int64_t kEarliest = -2, kLatest = -1;
  auto until = std::chrono::steady_clock::now() + wait;
  while (true) {
    auto low = OffsetAt(kEarliest, topic, partition, wait);
    auto high = low.ok() ? OffsetAt(kLatest, topic, partition, wait) : low;
    if (high.ok()) return TopicEnds{*low, *high};
    // Brokers that have just started do not know each partition yet.
    StatusCode code = high.status().code();
    bool passes = code == StatusCode::kUnavailable || code == StatusCode::kNotFound;
    if (!passes) return high.status();
    // Who led a partition, or that nobody did, librdkafka believes until it hears otherwise: so it
    // is made to ask, also for the next time.
    AskForLeaders(topic);
    if (std::chrono::steady_clock::now() >= until) return high.status();
    rd_kafka_poll(handle_, kAskAgainMs);
  }
}

Status KafkaClient::trouble() const {
  std::lock_guard lock(mutex_);
  return trouble_;
}

Status KafkaClient::Ask(const std::function<int(std::chrono::milliseconds wait)>& ask) {
  auto until = std::chrono::steady_clock::now() + kPatience;
  while (true) {
    Status asked = FromKafka(ask(kOneQuestion));
    if (asked.code() != StatusCode::kUnavailable) return asked;
    rd_kafka_poll(handle_, 0);  // OnError() comes from here
    Status known = trouble();
    if (known.code() == StatusCode::kForbidden) return known;
    if (std::chrono::steady_clock::now() >= until) return known.ok() ? asked : known;
  }
}

// Only looks at what OpenSSL found, and lets nothing pass that it does not.
int KafkaClient::OnCertificate(rd_kafka_t*, const char*, int32_t, int* found, int, const char*,
                               size_t, char*, size_t, void* self) {
  if (*found != 0) static_cast<KafkaClient*>(self)->certificate_ = *found;
  return *found == 0 ? 1 : 0;
}

void KafkaClient::OnError(rd_kafka_t* handle, int error, const char* reason, void* self) {
  auto* client = static_cast<KafkaClient*>(self);
  if (error == RD_KAFKA_RESP_ERR__FATAL) {
    client->spent_ = true;
    char why[256];
    error = rd_kafka_fatal_error(handle, why, sizeof why);
  }
  Status trouble = KafkaTrouble(error, reason, client->certificate_);
  {
    std::lock_guard lock(client->mutex_);
    auto now = std::chrono::steady_clock::now();
    bool known = client->trouble_.message() == trouble.message() &&
                 now - client->complained_ < kComplainAgain;
    // That no broker is left says less than why not.
    bool less = error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN && !client->trouble_.ok();
    if (known || less) return;
    client->trouble_ = trouble;
    client->complained_ = now;
  }
  if (client->complain_) client->complain_(trouble.message());
}

}  // namespace vroegsein
