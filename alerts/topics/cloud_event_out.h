// What we put on topics: a CloudEvent (structured, JSON, the NL GOV profile), as bytes:
//
//   { "specversion": "1.0", "id": text, "source": kafka.bron, "type": text, "time": instant,
//     "datacontenttype": "application/json", "data": object }
//
// The key is the municipality. Nothing of a person is in key, header or context attribute.
// A pure function; thread safe.
#pragma once

#include <string>
#include <string_view>

#include "ingest/calendar.h"
#include "store/kafka/kafka_producer.h"

namespace vroegsein {

struct OutEvent {
  std::string topic;
  std::string municipality;
  std::string source;
  std::string_view type;  // `nl.vroegsein.taak.v1`
  std::string id;
  Instant time;
  std::string data;  // JSON
};

KafkaRecord RecordOf(const OutEvent& event);

}  // namespace vroegsein
