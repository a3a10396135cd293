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

struct DropQueue {
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
};
struct DropEvent {
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
};

PartitionList NewList(size_t size) {
  return PartitionList(rd_kafka_topic_partition_list_new(static_cast<int>(size)));
}

constexpr int kCommitMaxMs = 5'000;

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

// What this member has; nothing where that is not known.
PartitionList PartOf(rd_kafka_t* handle) {
  rd_kafka_topic_partition_list_t* raw = nullptr;
  if (rd_kafka_assignment(handle, &raw) != RD_KAFKA_RESP_ERR_NO_ERROR) return NewList(0);
  return PartitionList(raw);
}

// What will not pass by itself, nor leaves the rest alone.
bool IsFinal(const Status& status) {
  return status.code() == StatusCode::kForbidden || status.code() == StatusCode::kInvalid ||
         status.code() == StatusCode::kInternal;
}

KafkaReceived ReceivedOf(const rd_kafka_message_t& message) {
  KafkaReceived received;
  received.from = {rd_kafka_topic_name(message.rkt), message.partition};
  received.offset = message.offset;
  received.value.assign(static_cast<const char*>(message.payload), message.len);
  return received;
}

}  // namespace

KafkaGroup::KafkaGroup(std::unique_ptr<KafkaClient> client,
                       std::function<void(const std::string&)> complain)
    : client_(std::move(client)), complain_(std::move(complain)) {}

Result<std::unique_ptr<KafkaGroup>> KafkaGroup::Open(
    const KafkaSettings& settings, const Membership& membership,
    std::function<void(const std::string&)> complain) {
  const std::vector<std::string>& topics = membership.topics;
  VROEGSEIN_CHECK(!topics.empty());
  auto partitions = CountPartitions(settings, topics);
  if (!partitions.ok()) return partitions.status();
  std::string instance = InstanceOf(membership, *partitions);
  auto client =
      KafkaClient::Open({}, settings, GroupOptions(settings, membership.group, instance), complain);
  if (!client.ok()) return client.status();
  rd_kafka_poll_set_consumer((*client)->get());
  PartitionList wanted = NewList(topics.size());
  for (const std::string& topic : topics) {
    rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  VROEGSEIN_RETURN_IF_ERROR(FromKafka(rd_kafka_subscribe((*client)->get(), wanted.get())));
  return std::unique_ptr<KafkaGroup>(new KafkaGroup(std::move(*client), std::move(complain)));
}

KafkaGroup::~KafkaGroup() { client_->LeaveGroup(); }

Result<std::vector<KafkaReceived>> KafkaGroup::Take(size_t max, std::chrono::milliseconds wait) {
  std::vector<KafkaReceived> taken;
  size_t bytes = 0;
  while (taken.size() < max && bytes < kTakeBytesMax) {
    int wait_ms = taken.empty() ? static_cast<int>(wait.count()) : 0;
    Message message(rd_kafka_consumer_poll(client_->get(), wait_ms));
    if (message == nullptr) break;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      bytes += message->len;
      taken.push_back(ReceivedOf(*message));
      continue;
    }
    // A member can do no more, and hears it here alone: not by the callback, as a producer does.
    if (message->err == RD_KAFKA_RESP_ERR__FATAL) {
      return Status::Conflict("Kafka: another came in this node's place in the group");
    }
    Status failed = FromKafka(message->err);
    // One partner's topic that may not be read is no reason to leave the others'.
    if (message->err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED && message->rkt != nullptr) {
      complain_(failed.Within(rd_kafka_topic_name(message->rkt)).message());
      continue;
    }
    if (IsFinal(failed)) return failed;
  }
  return taken;
}

Status KafkaGroup::Hold(const std::function<bool(const TopicPartition& which)>& held) {
  PartitionList ours = PartOf(client_->get());
  PartitionList hold = NewList(static_cast<size_t>(ours->cnt));
  PartitionList give = NewList(static_cast<size_t>(ours->cnt));
  for (int i = 0; i < ours->cnt; ++i) {
    const rd_kafka_topic_partition_t& one = ours->elems[i];
    TopicPartition which{one.topic, one.partition};
    bool now = held(which);
    bool before = held_.contains(which);
    // One that is not held may come twice when it is let go (librdkafka #2593).
    if (now || before) {
      rd_kafka_topic_partition_list_add((now ? hold : give).get(), one.topic, one.partition);
    }
    now ? (void)held_.insert(which) : (void)held_.erase(which);
  }
  if (hold->cnt > 0) {
    VROEGSEIN_RETURN_IF_ERROR(FromKafka(rd_kafka_pause_partitions(client_->get(), hold.get())));
  }
  if (give->cnt == 0) return Status::Ok();
  return FromKafka(rd_kafka_resume_partitions(client_->get(), give.get()));
}

Status KafkaGroup::Commit(const std::map<TopicPartition, int64_t>& next) {
  if (next.empty()) return Status::Ok();
  PartitionList ours = PartOf(client_->get());
  PartitionList offsets = NewList(next.size());
  for (const auto& [which, offset] : next) {
    const char* topic = which.topic.c_str();
    bool had = rd_kafka_topic_partition_list_find(ours.get(), topic, which.partition) != nullptr;
    if (!had) continue;
    rd_kafka_topic_partition_list_add(offsets.get(), topic, which.partition)->offset = offset;
  }
  if (offsets->cnt == 0) return Status::Ok();
  // Not by rd_kafka_commit(): that waits for the coordinator without end.
  std::unique_ptr<rd_kafka_queue_t, DropQueue> answers(rd_kafka_queue_new(client_->get()));
  auto asked =
      rd_kafka_commit_queue(client_->get(), offsets.get(), answers.get(), nullptr, nullptr);
  VROEGSEIN_RETURN_IF_ERROR(FromKafka(asked));
  std::unique_ptr<rd_kafka_event_t, DropEvent> event(
      rd_kafka_queue_poll(answers.get(), kCommitMaxMs));
  if (event == nullptr) return Status::Unavailable("the brokers do not answer");
  return FromKafka(rd_kafka_event_error(event.get()));
}

}  // namespace vroegsein
