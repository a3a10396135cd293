// One librdkafka client, opened with our settings. Internal to store/kafka.
//
// librdkafka says what goes wrong between it and the brokers through a callback; KafkaClient hands
// that on to `complain`, once for each change of what is wrong and again after a minute, from a
// thread of librdkafka's, in words of ours (kafka_trouble.h).
// Ownership: the handle and the topics opened on it. Errors: kInvalid for settings, kUnavailable
// when no broker answers.
#pragma once

#include <librdkafka/rdkafka.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

using KafkaComplaint = std::function<void(const std::string& what)>;
using KafkaOptions = std::vector<std::pair<std::string, std::string>>;

// The first offset that a partition still has, and the one after its last.
struct TopicEnds {
  int64_t low = 0;
  int64_t high = 0;
};

class KafkaClient {
 public:
  // How long is waited for an answer to a question (metadata, offsets).
  static constexpr std::chrono::seconds kPatience{10};

  // `delivered`: of a producer, else nullptr. `rebalanced`: of a member of a group that says itself
  // what it takes; else nullptr. The last argument of both is the client.
  struct Kind {
    rd_kafka_type_t type = RD_KAFKA_CONSUMER;
    void (*delivered)(rd_kafka_t*, const rd_kafka_message_t*, void*) = nullptr;
    void (*rebalanced)(rd_kafka_t*, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*,
                       void*) = nullptr;
  };
  static Result<std::unique_ptr<KafkaClient>> Open(const Kind& kind, const KafkaSettings& settings,
                                                   const KafkaOptions& more,
                                                   KafkaComplaint complain);
  ~KafkaClient();
  KafkaClient(const KafkaClient&) = delete;
  KafkaClient& operator=(const KafkaClient&) = delete;

  rd_kafka_t* get() const { return handle_; }
  // Asks a broker something again and again, a while each time, until it answers, kPatience is
  // over, or it is known why none will: `ask` gives an rd_kafka_resp_err_t.
  Status Ask(const std::function<int(std::chrono::milliseconds wait)>& ask);
  // Of a member of a group: leaves it, where the brokers answer soon enough. Not by
  // rd_kafka_consumer_close(), which waits for them without end when a commit is under way, and
  // which keeps the place of a member with a name.
  void LeaveGroup();
  // kUnavailable when that is not known within `wait`. Not by rd_kafka_query_watermark_offsets(),
  // which waits until it knows (librdkafka 2.0.2), also when that takes minutes.
  Result<TopicEnds> EndsOf(const std::string& topic, int32_t partition,
                           std::chrono::milliseconds wait);
  // Whether a broker answers within `wait`. What goes wrong after it did is told to `complain`
  // again.
  bool Reaches(std::chrono::milliseconds wait);
  // Set when an idempotent producer can do no more (a fatal error): make another.
  bool spent() const { return spent_; }

 private:
  explicit KafkaClient(KafkaComplaint complain) : complain_(std::move(complain)) {}
  static void OnError(rd_kafka_t* handle, int error, const char* reason, void* self);
  static int OnCertificate(rd_kafka_t* handle, const char* broker, int32_t id, int* found,
                           int depth, const char* bytes, size_t size, char* why, size_t why_size,
                           void* self);
  Status trouble() const;
  void AskForLeaders(const std::string& topic);
  Result<int64_t> OffsetAt(int64_t time, const std::string& topic, int32_t partition,
                           std::chrono::milliseconds wait);

  KafkaComplaint complain_;
  mutable std::mutex mutex_;
  Status trouble_;  // what went wrong last; guarded by mutex_, as is the next
  std::chrono::steady_clock::time_point complained_;
  std::atomic<int> certificate_ = 0;
  std::atomic<bool> spent_ = false;
  rd_kafka_t* handle_ = nullptr;
};

// Of a member of `group`, who is missed after `absent_after` and commits itself.
KafkaOptions MemberOptions(const KafkaSettings& settings, const std::string& group);

// A topic opened on a client, which must outlive it.
struct CloseTopic {
  void operator()(rd_kafka_topic_t* topic) const { rd_kafka_topic_destroy(topic); }
};
using KafkaTopic = std::unique_ptr<rd_kafka_topic_t, CloseTopic>;

}  // namespace vroegsein
