// KafkaProducer: puts records on topics, durably: idempotent, acks=all.
//
// Send() hands a record over; `delivered` is called once, from the producer's own thread, when
// every replica in sync has it, or when it is not known whether it was taken (kUnavailable). Its
// callbacks may not wait for another delivery. After a fatal error of librdkafka's the producer
// makes itself anew: what was under way is told to be unknown, the next Send() works again.
//
// Threads: Send() from any. Errors: kUnavailable when too much is under way, or after Close().
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

class KafkaClient;

struct KafkaRecord {
  std::string topic;
  int32_t partition = -1;  // below 0: by the key
  std::string key;
  std::string value;
  // Name and value; nothing of a person.
  std::vector<std::pair<std::string, std::string>> headers;
};

class KafkaProducer {
 public:
  // Bytes of records under way at once.
  static constexpr size_t kUnderWayBytesMax = 64u << 20;
  // Of one record: the largest is a policy with its tests.
  static constexpr size_t kRecordBytesMax = 10u << 20;
  // An acknowledgement that takes longer is not waited for.
  static constexpr std::chrono::seconds kDeliveryMax{30};
  static constexpr std::chrono::seconds kGrace{2};

  // Where it came to stand, or why that is not known.
  struct Place {
    int32_t partition = 0;
    int64_t offset = 0;
  };
  using Delivered = std::function<void(const Result<Place>& place)>;

  static Result<std::unique_ptr<KafkaProducer>> Open(
      const KafkaSettings& settings, std::function<void(const std::string&)> complain);
  ~KafkaProducer();

  Status Send(const KafkaRecord& record, Delivered delivered);

  // Sends them all and waits until all replicas in sync have every one; the places in their order.
  // Where too much is under way it waits for room, at most kDeliveryMax.
  Result<std::vector<Place>> SendAll(const std::vector<KafkaRecord>& records);

  // Whoever waits in SendAll(), or will, waits for kGrace and no longer: this process is to stop,
  // and the brokers may be away.
  void Hurry() { hurried_ = true; }

  // Waits for what is under way, at most kDeliveryMax, or kGrace after Hurry(); what is left is
  // told to be unknown.
  void Close();

  // For tests: as if the brokers had refused the producer for good.
  void BreakForTest();

 private:
  KafkaProducer(KafkaSettings settings, std::function<void(const std::string&)> complain);
  Status Renew();
  void Work();

  const KafkaSettings settings_;
  const std::function<void(const std::string&)> complain_;
  std::mutex mutex_;
  std::shared_ptr<KafkaClient> client_;  // guarded by mutex_; replaced after a fatal error
  std::atomic<bool> closed_ = false;
  std::atomic<bool> hurried_ = false;
  std::thread thread_;
};

}  // namespace vroegsein
