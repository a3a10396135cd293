#include "store/kafka/kafka_members.h"

#include <algorithm>

#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"

namespace vroegsein {
namespace {

constexpr std::string_view kNamePrefix = "vroegsein-knooppunt.";
constexpr std::chrono::milliseconds kAskMax{1'000};
// A heartbeat may be under way when somebody asks, so not all of the timeout is left then.
constexpr int kHoldsPercent = 66;
constexpr int kAsksInTimeout = 8;
constexpr int kRetriesInTimeout = 2;

struct DropList {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
struct DropGroups {
  void operator()(const rd_kafka_group_list* groups) const { rd_kafka_group_list_destroy(groups); }
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
  KafkaOptions options = MemberOptions(settings, settings.NodesGroup());
  options.emplace_back("client.id", std::string(kNamePrefix) + name);
  // Every broker is asked for its groups, also one that is away; each time that it refuses a
  // connection, librdkafka throws away what the others said. So it is tried seldom, and the most
  // questions fall in between.
  auto retry_ms = std::chrono::milliseconds(settings.absent_after).count() / kRetriesInTimeout;
  options.emplace_back("reconnect.backoff.ms", std::to_string(retry_ms));
  options.emplace_back("reconnect.backoff.max.ms", std::to_string(retry_ms));
  return options;
}

std::set<std::string> NamesOf(const rd_kafka_group_info& group) {
  std::set<std::string> names;
  for (int i = 0; i < group.member_cnt; ++i) {
    std::string_view id = group.members[i].client_id;
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
  client_->LeaveGroup();
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
    const auto until = asked + timeout * kHoldsPercent / 100;
    auto present = Ask();
    if (present.ok()) {
      options_.told(*present, until);
    } else {
      options_.in_vain(until);
    }
  }
}

// Not by rd_kafka_DescribeConsumerGroups(): it ends the process when a broker dies meanwhile.
Result<std::set<std::string>> KafkaMembers::Ask() {
  const rd_kafka_group_list* raw = nullptr;
  const std::chrono::milliseconds timeout = options_.settings.absent_after;
  auto error =
      rd_kafka_list_groups(client_->get(), options_.settings.NodesGroup().c_str(), &raw,
                           static_cast<int>(std::min(kAskMax, timeout / kAsksInTimeout).count()));
  std::unique_ptr<const rd_kafka_group_list, DropGroups> groups(raw);
  // A broker that is away has no part in it, when another knows the group.
  bool known = groups != nullptr && groups->group_cnt == 1;
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR && !(known && error == RD_KAFKA_RESP_ERR__PARTIAL)) {
    return FromKafka(error);
  }
  // Who waits for others before it comes must hear that there are none.
  if (!known && !joined_) return std::set<std::string>();
  if (!known) return Status::Unavailable("the brokers do not know the group of the nodes yet");
  if (groups->groups[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return FromKafka(groups->groups[0].err);
  }
  return NamesOf(groups->groups[0]);
}

}  // namespace vroegsein
