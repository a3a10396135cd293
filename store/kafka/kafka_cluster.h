// KafkaCluster: the connection of one process with the brokers: a producer and a consumer that all
// its partitions share.
//
// The consumer joins no group and commits nothing: each KafkaLog says itself where it goes on.
// It must outlive the logs. Threads: any.
// Errors of Open(): kInvalid for settings, kUnavailable when no broker answers, kNotFound when the
// topic is not there.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "ingest/status.h"
#include "store/kafka/kafka_producer.h"
#include "store/kafka/settings.h"

namespace vroegsein {

class KafkaClient;
struct TopicEnds;

class KafkaCluster {
 public:
  struct Options {
    KafkaSettings settings;
    // Says which appends are this process's own. REQUIRES: eight unpredictable bytes.
    std::string instance;
    // Told what goes wrong with the brokers, from another thread; may be empty.
    std::function<void(const std::string&)> complain;
    // Memory for records that were fetched and not yet taken, all partitions together.
    size_t fetched_bytes_max = 32u << 20;
  };

  static Result<std::unique_ptr<KafkaCluster>> Open(const Options& options);
  ~KafkaCluster();

  const Options& options() const { return options_; }
  // As Kafka knows the cluster.
  const std::string& id() const { return id_; }
  // Whether the brokers answer now.
  bool Reachable();
  uint32_t partitions() const { return partitions_; }
  // The offset after the last record of the log's partition, as the brokers have it now; waits half
  // a second at most.
  Result<int64_t> EndOf(uint32_t partition);
  Result<TopicEnds> EndsOf(uint32_t partition, std::chrono::milliseconds wait);
  KafkaProducer& producer() { return *producer_; }
  KafkaClient& consumer() { return *consumer_; }

 private:
  explicit KafkaCluster(Options options);
  Status OpenConsumer();

  const Options options_;
  std::string id_;
  uint32_t partitions_ = 0;
  std::unique_ptr<KafkaProducer> producer_;
  std::unique_ptr<KafkaClient> consumer_;
  std::unique_ptr<KafkaClient> asker_;
};

}  // namespace vroegsein
