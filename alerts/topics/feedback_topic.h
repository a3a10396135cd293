// FeedbackTopic: what partners hear, on PREFIX.terugkoppelingen, as CloudEvents of the type
// nl.vroegsein.terugkoppeling.v1; `data` is as GET /v1/terugkoppelingen has it.
//
// The id is municipality, partner and the number of the feedback (`0080/vitens/17`): it follows
// from the log, and whoever gets one twice drops it. Thread: one. Errors: of the store and of the
// brokers; what was not told is told again.
#pragma once

#include <map>
#include <string>

#include "alerts/api/api_context.h"
#include "alerts/topics/told_book.h"
#include "store/kafka/kafka_producer.h"

namespace vroegsein {

class FeedbackTopic {
 public:
  // All must outlive it.
  FeedbackTopic(const ApiContext* api, KafkaProducer* producer, ToldBook* told, Owns owns)
      : api_(api), producer_(producer), told_(told), owns_(std::move(owns)) {}

  // Reads what whoever told last has told.
  Status CatchUp();
  // Tells what came since.
  Status TellOf(const std::string& municipality);

 private:
  enum class Told { kAll, kSome, kNothing };  // nothing: it is another's to tell

  Result<Told> TellSome(const std::string& municipality, const std::string& partner);

  const ApiContext* api_;
  KafkaProducer* producer_;
  ToldBook* told_;
  const Owns owns_;
  // By municipality: the last feedback that there was when all partners had been told.
  std::map<std::string, uint64_t> all_told_;
  // By cursor: the last feedback before some that failed.
  std::map<std::string, uint64_t> failed_from_;
};

}  // namespace vroegsein
