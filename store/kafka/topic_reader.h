// ReadTopic: everything that a topic has at this moment, partition after partition, each in its
// order.
//
// Joins no group and commits nothing. Thread: the caller's.
// Errors: kNotFound when there is no such topic, kUnavailable when the brokers do not answer.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

// Until `each` returns false; the view lives only during the call.
Status ReadTopic(const KafkaSettings& settings, const std::string& topic,
                 const std::function<bool(std::string_view value)>& each);

}  // namespace vroegsein
