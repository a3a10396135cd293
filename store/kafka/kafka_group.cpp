#include "store/kafka/kafka_group.h"

#include <sodium.h>

#include "store/kafka/digest.h"
#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"
#include "store/kafka/topics.h"

namespace vroegsein {
namespace {

struct DropList {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t, DropList>;

struct DropMessage {
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};
using Message = std::unique_ptr<rd_kafka_message_t, DropMessage>;

PartitionList NewList(size_t size) {
  return PartitionList(rd_kafka_topic_partition_list_new(static_cast<int>(size)));
}

constexpr std::chrono::seconds kLeaveMax{1};
constexpr int kLeavePollMs = 20;

// Other topics or partitions make another member.
std::string InstanceOf(const KafkaGroup::Membership& membership,
                       const std::vector<uint32_t>& partitions) {
  std::string all = membership.member;
  for (size_t i = 0; i < partitions.size(); ++i) {
    all += '\n' + membership.topics[i] + ' ' + std::to_string(partitions[i]);
  }
  std::string digest = DigestOf(all);
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(digest.data()),
                 digest.size());
  hex.pop_back();
  return hex;
}

KafkaOptions GroupOptions(const KafkaSettings& settings, const std::string& group,
                          const std::string& instance) {
  KafkaOptions options = MemberOptions(settings, group);
  options.insert(options.end(), {{"client.id", "vroegsein-inname"},
                                 {"group.instance.id", instance},
                                 {"auto.offset.reset", "earliest"},
                                 {"topic.metadata.refresh.interval.ms", "10000"},
                                 {"queued.max.messages.kbytes", "8192"}});
  return options;
}

bool HasPart(rd_kafka_t* handle) {
  rd_kafka_topic_partition_list_t* raw = nullptr;
  if (rd_kafka_assignment(handle, &raw) != RD_KAFKA_RESP_ERR_NO_ERROR) return false;
  return PartitionList(raw)->cnt > 0;
}

// What will not pass by itself.
bool IsFinal(const Status& status) {
  return status.code() == StatusCode::kForbidden || status.code() == StatusCode::kInvalid ||
         status.code() == StatusCode::kInternal;
}

KafkaReceived ReceivedOf(const rd_kafka_message_t& message) {
  KafkaReceived received;
  received.topic = rd_kafka_topic_name(message.rkt);
  received.partition = message.partition;
  received.offset = message.offset;
  received.value.assign(static_cast<const char*>(message.payload), message.len);
  return received;
}

}  // namespace

KafkaGroup::KafkaGroup(std::unique_ptr<KafkaClient> client) : client_(std::move(client)) {}

Result<std::unique_ptr<KafkaGroup>> KafkaGroup::Open(
    const KafkaSettings& settings, const Membership& membership,
    std::function<void(const std::string&)> complain) {
  const std::vector<std::string>& topics = membership.topics;
  VROEGSEIN_CHECK(!topics.empty());
  auto partitions = CountPartitions(settings, topics);
  if (!partitions.ok()) return partitions.status();
  std::string instance = InstanceOf(membership, *partitions);
  auto client = KafkaClient::Open({}, settings, GroupOptions(settings, membership.group, instance),
                                  std::move(complain));
  if (!client.ok()) return client.status();
  rd_kafka_poll_set_consumer((*client)->get());
  PartitionList wanted = NewList(topics.size());
  for (const std::string& topic : topics) {
    rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  VROEGSEIN_RETURN_IF_ERROR(FromKafka(rd_kafka_subscribe((*client)->get(), wanted.get())));
  return std::unique_ptr<KafkaGroup>(new KafkaGroup(std::move(*client)));
}

// Who only closes keeps its place for whoever comes back as this member; who wants nothing any more
// leaves.
KafkaGroup::~KafkaGroup() {
  rd_kafka_unsubscribe(client_->get());
  auto until = std::chrono::steady_clock::now() + kLeaveMax;
  while (HasPart(client_->get()) && std::chrono::steady_clock::now() < until) {
    Message unread(rd_kafka_consumer_poll(client_->get(), kLeavePollMs));
  }
  rd_kafka_consumer_close(client_->get());
}

Result<std::vector<KafkaReceived>> KafkaGroup::Take(size_t max, std::chrono::milliseconds wait) {
  std::vector<KafkaReceived> taken;
  while (taken.size() < max) {
    int wait_ms = taken.empty() ? static_cast<int>(wait.count()) : 0;
    Message message(rd_kafka_consumer_poll(client_->get(), wait_ms));
    if (message == nullptr) break;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      taken.push_back(ReceivedOf(*message));
      continue;
    }
    // A member can do no more, and hears it here alone: not by the callback, as a producer does.
    if (message->err == RD_KAFKA_RESP_ERR__FATAL) {
      return Status::Conflict("Kafka: another came in this node's place in the group");
    }
    Status failed = FromKafka(message->err);
    if (IsFinal(failed)) return failed;
  }
  return taken;
}

Status KafkaGroup::Commit(const std::vector<KafkaReceived>& done) {
  PartitionList offsets = NewList(done.size());
  for (const KafkaReceived& one : done) {
    auto* known =
        rd_kafka_topic_partition_list_find(offsets.get(), one.topic.c_str(), one.partition);
    if (known == nullptr) {
      known = rd_kafka_topic_partition_list_add(offsets.get(), one.topic.c_str(), one.partition);
    }
    known->offset = one.offset + 1;
  }
  return FromKafka(rd_kafka_commit(client_->get(), offsets.get(), 0));
}

}  // namespace vroegsein
