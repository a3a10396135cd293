#include "store/kafka/topics.h"

#include <map>
#include <span>

#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"

namespace vroegsein {
namespace {

constexpr char kDayMs[] = "86400000";
constexpr int kPatienceMs =
    static_cast<int>(std::chrono::milliseconds(KafkaClient::kPatience).count());

struct DropMetadata {
  void operator()(const rd_kafka_metadata_t* metadata) const {
    rd_kafka_metadata_destroy(metadata);
  }
};
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, DropMetadata>;

struct DropEvent {
  void operator()(rd_kafka_event_t* event) const { rd_kafka_event_destroy(event); }
};
struct DropQueue {
  void operator()(rd_kafka_queue_t* queue) const { rd_kafka_queue_destroy(queue); }
};
struct DropOptions {
  void operator()(rd_kafka_AdminOptions_t* options) const {
    rd_kafka_AdminOptions_destroy(options);
  }
};
struct DropNewTopic {
  void operator()(rd_kafka_NewTopic_t* topic) const { rd_kafka_NewTopic_destroy(topic); }
};

Result<std::unique_ptr<KafkaClient>> OpenAsker(const KafkaSettings& settings) {
  return KafkaClient::Open({}, settings, {{"client.id", "vroegsein-beheer"}}, nullptr);
}

Result<FoundTopic> FoundIn(const rd_kafka_metadata_t& metadata, const std::string& topic) {
  VROEGSEIN_CHECK(metadata.topic_cnt == 1);
  const rd_kafka_metadata_topic_t& one = metadata.topics[0];
  Status known = FromKafka(one.err);
  if (known.code() == StatusCode::kNotFound) {
    return Status::NotFound("the topic " + topic + " is not there: see vroegsein topics --help");
  }
  VROEGSEIN_RETURN_IF_ERROR(known.Within("topic " + topic));
  FoundTopic found;
  found.partitions = static_cast<uint32_t>(one.partition_cnt);
  if (found.partitions == 0) return Status::Unavailable("the topic " + topic + " is being made");
  found.replicas = static_cast<uint32_t>(one.partitions[0].replica_cnt);
  return found;
}

// `topic`: the one that is asked for; nullptr: every one.
Result<Metadata> AskFor(KafkaClient* client, const KafkaSettings& settings,
                        rd_kafka_topic_t* topic) {
  const rd_kafka_metadata_t* raw = nullptr;
  Status asked = client->Ask([&](std::chrono::milliseconds wait) {
    return rd_kafka_metadata(client->get(), topic == nullptr ? 1 : 0, topic, &raw,
                             static_cast<int>(wait.count()));
  });
  VROEGSEIN_RETURN_IF_ERROR(asked.Within("ask " + settings.brokers));
  return Metadata(raw);
}

// The first thing that was wrong in the answer to a question to make a topic.
Status StatusOf(rd_kafka_event_t* event) {
  VROEGSEIN_RETURN_IF_ERROR(FromKafka(rd_kafka_event_error(event)));
  const auto* result = rd_kafka_event_CreateTopics_result(event);
  if (result == nullptr) return Status::Internal("Kafka answered another question");
  size_t count = 0;
  const auto* topics = rd_kafka_CreateTopics_result_topics(result, &count);
  for (size_t i = 0; i < count; ++i) {
    VROEGSEIN_RETURN_IF_ERROR(FromKafka(rd_kafka_topic_result_error(topics[i])));
  }
  return Status::Ok();
}

std::unique_ptr<rd_kafka_NewTopic_t, DropNewTopic> DescribeTopic(const NewTopic& topic) {
  char why[256];
  std::unique_ptr<rd_kafka_NewTopic_t, DropNewTopic> made(
      rd_kafka_NewTopic_new(topic.name.c_str(), static_cast<int>(topic.partitions),
                            static_cast<int>(topic.replicas), why, sizeof why));
  if (made == nullptr) return nullptr;
  std::string retention_ms = std::to_string(int64_t{topic.retention_days} * 86'400'000);
  rd_kafka_NewTopic_set_config(made.get(), "retention.ms", retention_ms.c_str());
  rd_kafka_NewTopic_set_config(made.get(), "cleanup.policy", "delete");
  // An event says itself when it was recorded: no clock of ours makes the brokers refuse a record,
  // or remove it early.
  rd_kafka_NewTopic_set_config(made.get(), "message.timestamp.type", "LogAppendTime");
  rd_kafka_NewTopic_set_config(made.get(), "unclean.leader.election.enable", "false");
  // So that what is to be removed is in a file of its own soon enough (Kafka's default: a week).
  rd_kafka_NewTopic_set_config(made.get(), "segment.ms", kDayMs);
  std::string bytes_max = std::to_string(topic.record_bytes_max);
  if (topic.record_bytes_max > 0) {
    rd_kafka_NewTopic_set_config(made.get(), "max.message.bytes", bytes_max.c_str());
  }
  const char* in_sync_min = topic.replicas > 1 ? "2" : "1";
  rd_kafka_NewTopic_set_config(made.get(), "min.insync.replicas", in_sync_min);
  return made;
}

}  // namespace

Result<FoundTopic> FindTopic(const KafkaSettings& settings, const std::string& topic) {
  auto client = OpenAsker(settings);
  if (!client.ok()) return client.status();
  KafkaTopic handle(rd_kafka_topic_new((*client)->get(), topic.c_str(), nullptr));
  auto metadata = AskFor(client->get(), settings, handle.get());
  if (!metadata.ok()) return metadata.status();
  auto found = FoundIn(**metadata, topic);
  if (!found.ok()) return found;
  char* id = rd_kafka_clusterid((*client)->get(), kPatienceMs);
  if (id == nullptr) return Status::Unavailable("the brokers do not say which cluster they are");
  found->cluster = id;
  rd_kafka_mem_free((*client)->get(), id);
  return found;
}

Result<std::vector<uint32_t>> CountPartitions(const KafkaSettings& settings,
                                              const std::vector<std::string>& topics) {
  auto client = OpenAsker(settings);
  if (!client.ok()) return client.status();
  auto metadata = AskFor(client->get(), settings, nullptr);
  if (!metadata.ok()) return metadata.status();
  std::map<std::string_view, int> found;
  for (const auto& one :
       std::span((*metadata)->topics, static_cast<size_t>((*metadata)->topic_cnt))) {
    found[one.topic] = one.partition_cnt;
  }
  std::vector<uint32_t> counts;
  for (const std::string& topic : topics) counts.push_back(static_cast<uint32_t>(found[topic]));
  return counts;
}

Status MakeTopic(const KafkaSettings& settings, const NewTopic& topic) {
  auto client = OpenAsker(settings);
  if (!client.ok()) return client.status();
  rd_kafka_t* handle = (*client)->get();
  auto described = DescribeTopic(topic);
  if (described == nullptr) return Status::Invalid("Kafka takes no such topic as " + topic.name);
  std::unique_ptr<rd_kafka_AdminOptions_t, DropOptions> options(
      rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_CREATETOPICS));
  std::unique_ptr<rd_kafka_queue_t, DropQueue> answers(rd_kafka_queue_new(handle));
  rd_kafka_NewTopic_t* topics[] = {described.get()};
  rd_kafka_CreateTopics(handle, topics, 1, options.get(), answers.get());
  std::unique_ptr<rd_kafka_event_t, DropEvent> event(
      rd_kafka_queue_poll(answers.get(), kPatienceMs));
  if (event == nullptr) return Status::Unavailable("the brokers do not answer");
  return StatusOf(event.get()).Within("make the topic " + topic.name);
}

}  // namespace vroegsein
