#include "store/kafka/kafka_cluster.h"

#include <algorithm>

#include "store/kafka/kafka_client.h"
#include "store/kafka/kafka_error.h"
#include "store/kafka/topics.h"

namespace vroegsein {
namespace {

constexpr size_t kFetchedKbytesMin = 1'024;
constexpr std::chrono::milliseconds kReachWait{1'000};
constexpr std::chrono::milliseconds kEndWait{500};

}  // namespace

KafkaCluster::KafkaCluster(Options options) : options_(std::move(options)) {}
KafkaCluster::~KafkaCluster() = default;

Result<std::unique_ptr<KafkaCluster>> KafkaCluster::Open(const Options& options) {
  VROEGSEIN_CHECK(options.instance.size() == 8);
  std::unique_ptr<KafkaCluster> cluster(new KafkaCluster(options));
  auto found = FindTopic(options.settings, options.settings.LogTopic());
  if (!found.ok()) return found.status();
  cluster->partitions_ = found->partitions;
  cluster->id_ = found->cluster;
  VROEGSEIN_RETURN_IF_ERROR(cluster->OpenConsumer());
  auto producer = KafkaProducer::Open(options.settings, options.complain);
  if (!producer.ok()) return producer.status();
  cluster->producer_ = std::move(*producer);
  return cluster;
}

bool KafkaCluster::Reachable() { return consumer_->Reaches(kReachWait); }

Result<int64_t> KafkaCluster::EndOf(uint32_t partition) {
  auto ends = EndsOf(partition, kEndWait);
  if (!ends.ok()) return ends.status();
  return ends->high;
}

Result<TopicEnds> KafkaCluster::EndsOf(uint32_t partition, std::chrono::milliseconds wait) {
  return asker_->EndsOf(options_.settings.LogTopic(), static_cast<int32_t>(partition), wait);
}

Status KafkaCluster::OpenConsumer() {
  size_t kbytes = std::max(kFetchedKbytesMin, options_.fetched_bytes_max / 1024 / partitions_);
  KafkaOptions more = {{"client.id", "vroegsein-lezer"},
                       {"enable.auto.commit", "false"},
                       {"enable.auto.offset.store", "false"},
                       {"auto.offset.reset", "error"},
                       {"check.crcs", "true"},
                       {"fetch.error.backoff.ms", "100"},
                       {"queued.max.messages.kbytes", std::to_string(kbytes)}};
  auto client = KafkaClient::Open({}, options_.settings, more, options_.complain);
  if (!client.ok()) return client.status();
  consumer_ = std::move(*client);
  // A broker answers a connection in the order of its questions, and a fetch waits there for half a
  // second while nothing comes: what must be known soon is asked over another.
  auto asker =
      KafkaClient::Open({}, options_.settings, {{"client.id", "vroegsein-vraag"}}, nullptr);
  if (!asker.ok()) return asker.status();
  asker_ = std::move(*asker);
  return Status::Ok();
}

}  // namespace vroegsein
