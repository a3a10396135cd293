// KafkaGroup: what a group of nodes takes in together: each record of some topics goes to one of
// them.
//
// Where the group is, Kafka remembers (Commit()): a record whose offset was not committed comes
// again, maybe to another node. So this is for what may come twice; the truth of the log is
// elsewhere (kafka_log.h). The partitions are divided by range.
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
  // REQUIRES: at least one topic.
  static Result<std::unique_ptr<KafkaGroup>> Open(const KafkaSettings& settings,
                                                  const std::string& group,
                                                  const std::vector<std::string>& topics,
                                                  std::function<void(const std::string&)> complain);
  // Leaves the group.
  ~KafkaGroup();

  // What came in, at most `max`; empty when nothing did within `wait`. A topic that is not there
  // yet is waited for.
  Result<std::vector<KafkaReceived>> Take(size_t max, std::chrono::milliseconds wait);

  // All of `done`, which are what Take() gave last, need not come again.
  Status Commit(const std::vector<KafkaReceived>& done);

 private:
  explicit KafkaGroup(std::unique_ptr<KafkaClient> client);

  std::unique_ptr<KafkaClient> client_;
};

}  // namespace vroegsein
