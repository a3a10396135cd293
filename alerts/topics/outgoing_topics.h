// OutgoingTopics: tells the outside over topics what happened in the municipalities that this
// process owns (feedback_topic.h, task_topic.h), and follows what another tells of the rest, so
// that it can take over.
//
// Before it tells anything, at the start and each time that it owns more, it reads what was told.
// At least once: a crash between the brokers' acknowledgement and the note of it tells some again,
// under the same id. Threads: Note() and Turned() from any; its own one between Start() and Stop().
// Errors: what goes wrong is told to `complain`, and tried again until Stop().
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "alerts/topics/feedback_topic.h"
#include "alerts/topics/task_topic.h"

namespace vroegsein {

class OutgoingTopics {
 public:
  struct Parts {
    const ApiContext* api = nullptr;
    KafkaProducer* producer = nullptr;
    std::string data;
    Owns owns;
    std::function<void(const std::string&)> complain;
  };

  // What `parts` points to must outlive it.
  static Result<std::unique_ptr<OutgoingTopics>> Open(Parts parts);
  ~OutgoingTopics() { Stop(); }

  void Start();
  void Stop();
  // The desk has applied these.
  void Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes);
  // This process owns more or less than it did.
  void Turned();

 private:
  OutgoingTopics(Parts parts, std::unique_ptr<ToldBook> told);
  void Work();
  void LookAtEverything();
  Status CatchUp();
  Status TellOf(const std::string& municipality);

  const Parts parts_;
  std::unique_ptr<ToldBook> told_;
  FeedbackTopic feedback_;
  TaskTopic tasks_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> municipalities_;  // to look at; guarded by mutex_, as is the rest
  bool behind_ = true;                    // what was told is to be read first
  std::chrono::steady_clock::time_point caught_up_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace vroegsein
