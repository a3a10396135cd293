// The topics as the brokers have them: found, and made where they are missing.
//
// Errors: kNotFound for a topic that is not there, kUnavailable when no broker answers, kForbidden,
// and kInvalid for what the brokers do not accept (more replicas than there are brokers).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

struct FoundTopic {
  std::string cluster;  // Kafka's id of the cluster
  uint32_t partitions = 0;
  uint32_t replicas = 0;  // of its first partition
};

Result<FoundTopic> FindTopic(const KafkaSettings& settings, const std::string& topic);

// Of each topic its partitions; 0 where it is not there.
Result<std::vector<uint32_t>> CountPartitions(const KafkaSettings& settings,
                                              const std::vector<std::string>& topics);

struct NewTopic {
  std::string name;
  uint32_t partitions = 0;
  uint32_t replicas = 0;
  int retention_days = 0;
  size_t record_bytes_max = 0;  // 0: as the brokers have it
};

// Kept for `retention_days` and a day more at most, never compacted, every record on at least two
// disks where there are as many replicas. kConflict when it is there already.
Status MakeTopic(const KafkaSettings& settings, const NewTopic& topic);

}  // namespace vroegsein
