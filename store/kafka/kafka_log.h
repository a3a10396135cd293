// KafkaLog: one partition of the topic of events, as the log of one desk and one data folder.
//
// Append() sends the event to the brokers, with the municipality as key; Take() reads the
// partition, our own events and those of other nodes alike, in the one order that there is. Whoever
// appended is answered when the brokers have acknowledged the event and the desk has applied it.
//
// The truth about progress is what the desk writes: offset n there says that the records before
// Kafka's offset n were applied (keys::AppliedOffset), and LogPlace says of which topic and what
// the last one was. Open() refuses a folder of another place, and one with a hole before the first
// record that the brokers still have. Nothing is ever committed in Kafka.
//
// Threads: Append(), waiting() and Close() from any; the rest from the desk's.
// Errors: kUnavailable when the brokers are away too long or too much waits: nothing is lost.
// kDataLoss is final: a hole, a record that cannot be read, or one of a newer version: that stops
// the desk before it is applied, and a newer program goes on there.
#pragma once

#include <atomic>
#include <limits>
#include <memory>
#include <vector>

#include "store/kafka/kafka_cluster.h"
#include "store/kafka/log_place.pb.h"
#include "store/kafka/pending_appends.h"
#include "store/log.h"

struct rd_kafka_topic_s;
struct rd_kafka_message_s;

namespace vroegsein {

class KafkaLog final : public Log {
 public:
  struct Options {
    // How many events may wait to be acknowledged and applied. REQUIRES: at least 1.
    size_t waiting_max = 50'000;
    // How many records of the partition are read at most: those before Kafka's offset `end`.
    int64_t end = std::numeric_limits<int64_t>::max();
  };

  // `cluster` and `database` must outlive the log.
  static Result<std::unique_ptr<KafkaLog>> Open(KafkaCluster* cluster, uint32_t partition,
                                                const Database* database, const Options& options);
  ~KafkaLog() override;

  Status Append(Event&& event, Completion done) override;
  Result<std::vector<LogEntry>> Take(size_t max, std::chrono::milliseconds wait) override;
  void AddTo(Batch* batch, const std::vector<LogEntry>& entries) override;
  // The brokers keep the topic for as long as it says itself.
  Status Trim(Instant before, Batch* batch) override;
  size_t waiting() const override;
  void Close() override;

 private:
  KafkaLog(KafkaCluster* cluster, uint32_t partition, const Options& options);
  Status FindPlace(const Database& database);
  Status CheckPlace(const LogPlace& known) const;
  Status CheckEnds();
  Status Start();
  Status NotGiven(int error);
  Status Recognise(const rd_kafka_message_s& message);
  Result<LogEntry> EntryOf(const rd_kafka_message_s& message);
  Status TakeOne(const rd_kafka_message_s& message, std::vector<LogEntry>* taken);

  KafkaCluster* cluster_;
  const uint32_t partition_;
  const int64_t end_;
  std::shared_ptr<PendingAppends> pending_;
  LogPlace place_;
  // Of the record before the first that is to be taken, to be recognised; empty: recognised.
  std::string expected_digest_;
  std::atomic<int64_t> next_ = 0;  // Kafka's offset of the record to be taken next
  int64_t end_at_opening_ = 0;
  int told_error_ = 0;
  bool started_ = false;
  rd_kafka_topic_s* topic_ = nullptr;
  Status stopped_;  // final
};

}  // namespace vroegsein
