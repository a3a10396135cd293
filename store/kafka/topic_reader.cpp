#include "store/kafka/topic_reader.h"

#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"
#include "store/kafka/topics.h"

namespace vroegsein {
namespace {

constexpr int kWaitMs = 1'000;
constexpr int kEmptyRoundsMax = 30;

struct DropMessage {
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};

class PartitionReading {
 public:
  PartitionReading(rd_kafka_topic_t* topic, int32_t partition)
      : topic_(topic), partition_(partition) {}
  ~PartitionReading() {
    if (started_) rd_kafka_consume_stop(topic_, partition_);
  }

  // Records from `low` up to `high`; false when `each` had enough.
  Result<bool> Read(int64_t low, int64_t high,
                    const std::function<bool(const TopicRecord& record)>& each) {
    if (rd_kafka_consume_start(topic_, partition_, low) != 0) {
      return FromKafka(rd_kafka_last_error());
    }
    started_ = true;
    int empty_rounds = 0;
    for (int64_t next = low; next < high;) {
      std::unique_ptr<rd_kafka_message_t, DropMessage> message(
          rd_kafka_consume(topic_, partition_, kWaitMs));
      bool here = message != nullptr && message->err == RD_KAFKA_RESP_ERR_NO_ERROR;
      if (!here && ++empty_rounds > kEmptyRoundsMax) {
        return Status::Unavailable("the brokers do not give what they have");
      }
      if (!here) continue;
      empty_rounds = 0;
      next = message->offset + 1;
      std::string_view value(static_cast<const char*>(message->payload), message->len);
      if (!each({partition_, message->offset, value})) return false;
    }
    return true;
  }

 private:
  rd_kafka_topic_t* topic_;
  int32_t partition_;
  bool started_ = false;
};

}  // namespace

Status ReadTopic(const KafkaSettings& settings, const std::string& topic,
                 const std::function<bool(std::string_view value)>& each) {
  auto whole = [&](const TopicRecord& record) { return each(record.value); };
  return ReadTopicFrom(settings, topic, {}, whole).status();
}

Result<TopicOffsets> ReadTopicFrom(const KafkaSettings& settings, const std::string& topic,
                                   const TopicOffsets& from,
                                   const std::function<bool(const TopicRecord& record)>& each) {
  TopicOffsets ends;
  auto found = FindTopic(settings, topic);
  if (!found.ok()) return found.status();
  auto client = KafkaClient::Open({}, settings,
                                  {{"client.id", "vroegsein-inzage"},
                                   {"enable.auto.commit", "false"},
                                   {"auto.offset.reset", "error"}},
                                  nullptr);
  if (!client.ok()) return client.status();
  KafkaTopic handle(rd_kafka_topic_new((*client)->get(), topic.c_str(), nullptr));
  for (int32_t partition = 0; partition < static_cast<int32_t>(found->partitions); ++partition) {
    auto there = (*client)->EndsOf(topic, partition, KafkaClient::kPatience);
    if (!there.ok()) return there.status();
    auto [low, high] = *there;
    auto known = from.find(partition);
    if (known != from.end() && known->second >= low && known->second <= high) low = known->second;
    if (low < high) {
      auto more = PartitionReading(handle.get(), partition).Read(low, high, each);
      if (!more.ok()) return more.status();
      if (!*more) break;
    }
    ends[partition] = high;
  }
  return ends;
}

}  // namespace vroegsein
