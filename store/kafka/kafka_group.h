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
#include <memory>
#include <string>
#include <vector>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

class KafkaClient;

struct KafkaReceived {
  std::string topic;
  int32_t partition = 0;
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

  // What came in, at most `max`; empty when nothing did within `wait`. A topic that is not there
  // yet is waited for. kConflict when another came as this member: open another group.
  Result<std::vector<KafkaReceived>> Take(size_t max, std::chrono::milliseconds wait);

  // All of `done`, which are what Take() gave last, need not come again.
  Status Commit(const std::vector<KafkaReceived>& done);

 private:
  explicit KafkaGroup(std::unique_ptr<KafkaClient> client);

  std::unique_ptr<KafkaClient> client_;
};

}  // namespace vroegsein
