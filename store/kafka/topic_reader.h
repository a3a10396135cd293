// ReadTopic: everything that a topic has at this moment, partition after partition, each in its
// order.
//
// Joins no group and commits nothing. Thread: the caller's.
// Errors: kNotFound when there is no such topic, kUnavailable when the brokers do not answer.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

// Until `each` returns false; the view lives only during the call.
Status ReadTopic(const KafkaSettings& settings, const std::string& topic,
                 const std::function<bool(std::string_view value)>& each);

struct TopicRecord {
  int32_t partition = 0;
  int64_t offset = 0;
  std::string_view value;
};

using TopicOffsets = std::map<int32_t, int64_t>;  // by partition

// The same, of each partition from its offset in `from` on; from its beginning where there is none,
// or where the topic does not have that offset (any more). Gives up to where each was read: of
// those that were read to their end.
Result<TopicOffsets> ReadTopicFrom(const KafkaSettings& settings, const std::string& topic,
                                   const TopicOffsets& from,
                                   const std::function<bool(const TopicRecord& record)>& each);

}  // namespace vroegsein
