// DeadLetters: what partners put on their topics and was refused: kept on a topic of its own with
// the reason, to be listed, and to be handed in again when what was wrong is repaired.
//
// A record of PREFIX.afgekeurd, JSON:
//   { "id": "TOPIC/PARTITION/OFFSET", "partner": text, "tijdstip": instant,
//     "herkomst": {"topic", "partitie", "offset"},
//     "fouten": [{"code", "veld", "melding"}], "bytes": how long the record was,
//     "bericht": base64 of the record as it came }
// Its key is the id. The record as it came holds a person; nothing else of it does. One that is
// longer than a signal may be stays where it came from, without a `bericht` here: it cannot become
// right, and could be more than the topic takes.
//
// Handing in again puts the record on its own topic once more: it then goes the way of every other.
// Whatever is listed stays so until the topic's retention takes it. What is no letter is passed
// over: it does not hide the others.
//
// Threads: any. Errors: of the brokers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/field_error.h"
#include "ingest/status.h"
#include "store/kafka/kafka_group.h"
#include "store/kafka/kafka_producer.h"
#include "store/kafka/settings.h"

namespace vroegsein {

struct DeadLetter {
  std::string partner;
  std::string topic;
  int32_t partition = 0;
  int64_t offset = 0;
  Instant refused_at;
  std::vector<FieldError> errors;
  size_t bytes = 0;                    // of the record
  std::optional<std::string> message;  // as it came; nullopt: it was too long to keep

  void Keep(std::string record);
  std::string Id() const;
};

// One line of JSON, as above; without `message` it holds nothing of a person.
std::string JsonOf(const DeadLetter& letter, bool with_message);
// kDataLoss when it is not one.
Result<DeadLetter> DeadLetterOf(std::string_view json);

class DeadLetters {
 public:
  // `producer` must outlive it.
  DeadLetters(KafkaSettings settings, KafkaProducer* producer);

  // Returns when all of them are on the topic.
  Status Add(const std::vector<DeadLetter>& letters);

  // Every one that is there, in order, until `each` returns false; how many records were no letter.
  Result<size_t> Read(const std::function<bool(const DeadLetter& letter)>& each);

  // Puts those that `wanted` picks on their own topics again, each record once, however often it
  // was refused.
  struct HandedIn {
    size_t records = 0;
    size_t too_long = 0;  // picked, and not kept
  };
  Result<HandedIn> HandInAgain(const std::function<bool(const DeadLetter& letter)>& wanted);

 private:
  const KafkaSettings settings_;
  KafkaProducer* producer_;
};

}  // namespace vroegsein
