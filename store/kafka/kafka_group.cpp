#include "store/kafka/kafka_group.h"

#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"

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

KafkaOptions GroupOptions(const std::string& group) {
  return {
      {"client.id", "vroegsein-inname"},
      {"group.id", group},
      // Never cooperative-sticky: it ends the process when the group is left (librdkafka #4312).
      {"partition.assignment.strategy", "range"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "earliest"},
      {"session.timeout.ms", "10000"},
      {"heartbeat.interval.ms", "1000"},
      {"topic.metadata.refresh.interval.ms", "10000"},
      {"queued.max.messages.kbytes", "8192"}};
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
    const KafkaSettings& settings, const std::string& group, const std::vector<std::string>& topics,
    std::function<void(const std::string&)> complain) {
  VROEGSEIN_CHECK(!topics.empty());
  auto client = KafkaClient::Open({}, settings, GroupOptions(group), std::move(complain));
  if (!client.ok()) return client.status();
  rd_kafka_poll_set_consumer((*client)->get());
  PartitionList wanted = NewList(topics.size());
  for (const std::string& topic : topics) {
    rd_kafka_topic_partition_list_add(wanted.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  VROEGSEIN_RETURN_IF_ERROR(FromKafka(rd_kafka_subscribe((*client)->get(), wanted.get())));
  return std::unique_ptr<KafkaGroup>(new KafkaGroup(std::move(*client)));
}

KafkaGroup::~KafkaGroup() { rd_kafka_consumer_close(client_->get()); }

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
