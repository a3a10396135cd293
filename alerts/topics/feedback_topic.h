// FeedbackTopic: what partners hear, on PREFIX.terugkoppelingen, as CloudEvents (structured, JSON):
//
//   { "specversion": "1.0", "id": "0080/vitens/17", "source": kafka.bron,
//     "type": "nl.vroegsein.terugkoppeling.v1", "time": instant,
//     "datacontenttype": "application/json", "data": as GET /v1/terugkoppelingen has it }
//
// The id is municipality, partner and the number of the feedback: it follows from the log, and
// whoever gets one twice drops it. The key is the municipality. Nothing of a person is in key,
// header or context attribute.
//
// How far each partner was told is kept in DIR/uitgave, written when the brokers have acknowledged:
// a crash in between tells some again, and none is skipped. Threads: Note() from any; its own one
// between Start() and Stop(). Errors: what goes wrong is told to `complain`, and tried again until
// Stop().
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "alerts/api/api_context.h"
#include "store/database.h"
#include "store/kafka/kafka_producer.h"
#include "store/log.h"

namespace vroegsein {

class FeedbackTopic {
 public:
  using Complain = std::function<void(const std::string&)>;

  // `api` and `producer` must outlive it.
  static Result<std::unique_ptr<FeedbackTopic>> Open(const ApiContext* api, KafkaProducer* producer,
                                                     const std::string& data, Complain complain);
  ~FeedbackTopic();

  void Start();
  void Stop();
  // The desk has applied these: their municipalities may have feedback.
  void Note(const std::vector<LogEntry>& entries);

 private:
  FeedbackTopic(const ApiContext* api, KafkaProducer* producer, std::unique_ptr<Database> told,
                Complain complain);
  void Work();
  Status TellOf(const std::string& municipality);
  Result<bool> TellSome(const std::string& municipality, const std::string& partner);

  const ApiContext* api_;
  KafkaProducer* producer_;
  std::unique_ptr<Database> told_;
  const Complain complain_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> municipalities_;  // to look at; guarded by mutex_
  bool stopping_ = false;                 // guarded by mutex_
  std::thread thread_;
};

}  // namespace vroegsein
