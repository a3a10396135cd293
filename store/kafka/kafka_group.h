// KafkaGroup: what a group of nodes takes in together: each record of some topics goes to one of
// them.
//
// Where the group is, Kafka remembers (Commit()): a record whose offset was not committed comes
// again, maybe to another node. So this is for what may come twice; the truth of the log is
// elsewhere (kafka_log.h). The partitions are divided by range.
//
// Who was killed and comes back goes on at once with what it had, and nobody else has to stop for
// it: to Kafka it is the same member (static membership, KIP-345). Who stays away is missed after
// `absent_after`; who stops leaves. Kafka divides nothing anew for who comes back, whatever
// happened to the topics meanwhile (KAFKA-13435); so somebody who finds other topics, or more
// partitions of them, comes as somebody else.
//
// Threads: one at a time. Errors: kUnavailable passes by itself; kForbidden and kInvalid do not.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ingest/status.h"
#include "store/kafka/settings.h"
#include "store/kafka/taken_offsets.h"

namespace vroegsein {

class KafkaClient;

struct KafkaReceived {
  TopicPartition from;
  int64_t offset = 0;
  std::string value;
};

class KafkaGroup {
 public:
  struct Membership {
    std::string group;
    std::string member;               // the same after a restart, and nobody else's
    std::vector<std::string> topics;  // at least one
  };
  static Result<std::unique_ptr<KafkaGroup>> Open(const KafkaSettings& settings,
                                                  const Membership& membership,
                                                  std::function<void(const std::string&)> complain);
  // Leaves the group.
  ~KafkaGroup();

  // What came in, at most `max` or kTakeBytesMax and one more; empty when nothing did within
  // `wait`. A topic that is not there yet is waited for, and one that may not be read is complained
  // of. kConflict when another came as this member: open another group.
  static constexpr size_t kTakeBytesMax = 8u << 20;
  Result<std::vector<KafkaReceived>> Take(size_t max, std::chrono::milliseconds wait);

  // Of what this member has: nothing of what is `held` is given until it is not held any more.
  Status Hold(const std::function<bool(const TopicPartition& which)>& held);

  // What is before these offsets need not come again. What another member has by now is its own to
  // say.
  Status Commit(const std::map<TopicPartition, int64_t>& next);

 private:
  KafkaGroup(std::unique_ptr<KafkaClient> client, std::function<void(const std::string&)> complain);

  std::unique_ptr<KafkaClient> client_;
  const std::function<void(const std::string&)> complain_;
  std::set<TopicPartition> held_;
};

}  // namespace vroegsein
