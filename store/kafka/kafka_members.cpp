#include "store/kafka/kafka_members.h"

#include <algorithm>

#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"

namespace vroegsein {
namespace {

constexpr std::string_view kNamePrefix = "vroegsein-knooppunt.";
constexpr int kAskMs = 2'000;
constexpr int kHeartbeatsInTimeout = 6;
// A heartbeat may be under way when somebody asks, so not all of the timeout is left then.
constexpr int kHoldsPercent = 66;
constexpr int kAsksInTimeout = 8;

struct DropList {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
struct DropQueue {
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
};
struct DropEvent {
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
};
struct DropOptions {
  void operator()(rd_kafka_AdminOptions_t* options) const {
    rd_kafka_AdminOptions_destroy(options);
  }
};
struct DropMessage {
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};

// An empty share is a share: given none at all, a member would join again and again.
void TakeNothing(rd_kafka_t* handle, rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t*,
                 void*) {
  if (error != RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    rd_kafka_assign(handle, nullptr);
    return;
  }
  std::unique_ptr<rd_kafka_topic_partition_list_t, DropList> none(
      rd_kafka_topic_partition_list_new(0));
  rd_kafka_assign(handle, none.get());
}

KafkaOptions GroupOptions(const KafkaSettings& settings, const std::string& name) {
  auto timeout_ms = std::chrono::milliseconds(settings.absent_after).count();
  return {{"client.id", std::string(kNamePrefix) + name},
          {"group.id", settings.NodesGroup()},
          // Never cooperative-sticky: it ends the process when the group is left (#4312).
          {"partition.assignment.strategy", "range"},
          {"enable.auto.commit", "false"},
          {"enable.auto.offset.store", "false"},
          {"session.timeout.ms", std::to_string(timeout_ms)},
          {"heartbeat.interval.ms", std::to_string(timeout_ms / kHeartbeatsInTimeout)}};
}

std::set<std::string> NamesOf(const rd_kafka_ConsumerGroupDescription_t* group) {
  std::set<std::string> names;
  for (size_t i = 0; i < rd_kafka_ConsumerGroupDescription_member_count(group); ++i) {
    const auto* member = rd_kafka_ConsumerGroupDescription_member(group, i);
    std::string_view id = rd_kafka_MemberDescription_client_id(member);
    if (id.starts_with(kNamePrefix)) names.emplace(id.substr(kNamePrefix.size()));
  }
  return names;
}

}  // namespace

KafkaMembers::KafkaMembers(Options options) : options_(std::move(options)) {}
KafkaMembers::~KafkaMembers() { Stop(); }

Result<std::unique_ptr<KafkaMembers>> KafkaMembers::Open(Options options) {
  std::unique_ptr<KafkaMembers> members(new KafkaMembers(std::move(options)));
  const Options& own = members->options_;
  KafkaClient::Kind kind;
  kind.rebalanced = TakeNothing;
  auto client =
      KafkaClient::Open(kind, own.settings, GroupOptions(own.settings, own.name), own.complain);
  if (!client.ok()) return client.status();
  members->client_ = std::move(*client);
  rd_kafka_poll_set_consumer(members->client_->get());
  return members;
}

Status KafkaMembers::Join() {
  std::unique_ptr<rd_kafka_topic_partition_list_t, DropList> topics(
      rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(topics.get(), options_.settings.LogTopic().c_str(),
                                    RD_KAFKA_PARTITION_UA);
  return FromKafka(rd_kafka_subscribe(client_->get(), topics.get()));
}

Status KafkaMembers::JoinOrLeave() {
  if (joined_ != aside_) return Status::Ok();
  joined_ = !joined_;
  return joined_ ? Join() : FromKafka(rd_kafka_unsubscribe(client_->get()));
}

void KafkaMembers::Start() {
  thread_ = std::thread([this] { Work(); });
}

void KafkaMembers::Stop() {
  stopping_ = true;
  if (!thread_.joinable()) return;
  thread_.join();
  rd_kafka_consumer_close(client_->get());
}

void KafkaMembers::Work() {
  const std::chrono::milliseconds timeout = options_.settings.absent_after;
  const auto every = std::min(kAskEveryMax, timeout / kAsksInTimeout);
  auto next = BootClock::now();
  int told_error = 0;
  while (!stopping_) {
    Status joined = JoinOrLeave();
    if (!joined.ok()) options_.complain(joined.message());
    // A member that does not poll is taken for dead.
    constexpr int kPollMs = 100;
    std::unique_ptr<rd_kafka_message_t, DropMessage> message(
        rd_kafka_consumer_poll(client_->get(), kPollMs));
    if (message != nullptr && message->err != told_error) {
      told_error = message->err;
      options_.complain(FromKafka(message->err).message());
    }
    auto asked = BootClock::now();
    if (asked < next) continue;
    next = asked + every;
    auto present = Ask();
    if (present.ok()) options_.told(*present, asked + timeout * kHoldsPercent / 100);
  }
}

Result<std::set<std::string>> KafkaMembers::Ask() {
  rd_kafka_t* handle = client_->get();
  std::unique_ptr<rd_kafka_AdminOptions_t, DropOptions> options(
      rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS));
  char why[256];
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kAskMs, why, sizeof why);
  std::unique_ptr<rd_kafka_queue_t, DropQueue> answers(rd_kafka_queue_new(handle));
  std::string name = options_.settings.NodesGroup();
  const char* groups[] = {name.c_str()};
  rd_kafka_DescribeConsumerGroups(handle, groups, 1, options.get(), answers.get());
  std::unique_ptr<rd_kafka_event_t, DropEvent> event(rd_kafka_queue_poll(answers.get(), kAskMs));
  if (event == nullptr) return Status::Unavailable("the brokers do not answer");
  Status asked = FromKafka(rd_kafka_event_error(event.get()));
  if (!asked.ok()) return asked;
  const auto* result = rd_kafka_event_DescribeConsumerGroups_result(event.get());
  size_t count = 0;
  const auto** found = rd_kafka_DescribeConsumerGroups_result_groups(result, &count);
  if (count != 1) return Status::Internal("Kafka answered another question");
  const auto* error = rd_kafka_ConsumerGroupDescription_error(found[0]);
  if (error != nullptr) return FromKafka(rd_kafka_error_code(error));
  return NamesOf(found[0]);
}

}  // namespace vroegsein
