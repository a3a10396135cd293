#include "alerts/topics/cloud_event_out.h"

#include "alerts/reading/json_writer.h"

namespace vroegsein {
namespace {

constexpr size_t kEnvelopeBytes = 320;  // about what stands around the data

}  // namespace

KafkaRecord RecordOf(const OutEvent& event) {
  KafkaRecord record;
  record.topic = event.topic;
  record.key = event.municipality;
  record.headers = {{"content-type", "application/cloudevents+json; charset=UTF-8"}};
  record.value.reserve(event.data.size() + kEnvelopeBytes);
  JsonWriter json(&record.value);
  json.BeginObject().Text("specversion", "1.0").Text("id", event.id).Text("source", event.source);
  json.Text("type", event.type).Text("time", FormatInstant(event.time));
  json.Text("datacontenttype", "application/json").Key("data").Raw(event.data).EndObject();
  return record;
}

}  // namespace vroegsein
