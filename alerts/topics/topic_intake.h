// TopicIntake: what partners put on their own topics (PREFIX.in.PARTNER) goes through the same
// decoder as over HTTP, and into the log; what is refused goes to the dead letters.
//
// A record is one signal, bare or in a CloudEvent. Its partner follows from the topic, which only
// that partner may write to. A record is done when its event is applied, or its refusal (also the
// desk's own, and that it knew the id with other content) is on the dead letters' topic; only then
// is its offset committed, so that none is lost. One may come twice: the desk knows it.
//
// Where nobody answers for a municipality, its records wait here and are tried again, and the
// others go on: until too much waits, or a partition is too far ahead of the first that does. Then
// that is left where it is.
//
// Threads: its own one between Start() and Stop(). Errors: what goes wrong is told to `complain`,
// and tried again until Stop().
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "alerts/api/api_context.h"
#include "alerts/topics/dead_letters.h"
#include "ingest/signal_decoder.h"
#include "store/kafka/kafka_group.h"
#include "store/kafka/taken_offsets.h"

namespace vroegsein {

class TopicIntake {
 public:
  using Complain = std::function<void(const std::string&)>;

  // All must outlive it. `member`: which process this is, the same after a restart.
  TopicIntake(const ApiContext* api, DeadLetters* dead_letters, std::string member,
              Complain complain);
  ~TopicIntake();

  // REQUIRES: the installation has a partner.
  void Start();
  void Stop();

  // How many records wait because nobody answers for them. Threads: any.
  size_t waiting() const { return waits_; }

 private:
  // A record for which nobody answered.
  struct Waiting {
    KafkaReceived record;
    std::string municipality;
  };
  // What the desk was handed of one record.
  struct HandedIn {
    size_t record = 0;
    std::string municipality;
    std::string sector;
  };
  // What is on its way together: what waited and is tried again, then what was taken.
  struct Round {
    Submission submission;
    std::vector<KafkaReceived> records;
    size_t tried_before = 0;  // so many of them
    std::vector<HandedIn> handed_in;
    std::map<size_t, std::string> waits;  // by record: its municipality
    std::vector<DeadLetter> refused;
    std::string reason;  // why some wait
  };

  void Work();
  Status WorkOnce(KafkaGroup* group);
  Status HoldBack(KafkaGroup* group);
  std::vector<KafkaReceived> Due();
  SignalDecoder* DecoderOf(const std::string& topic, const Identity& partner);
  Status HandIn(size_t record, Round* round);
  void Settle(Round* round);
  void Refuse(const KafkaReceived& received, std::vector<FieldError> errors, Round* round);
  void Keep(Round* round);
  void Forget();
  void WaitBeforeRetry();

  const ApiContext* api_;
  DeadLetters* dead_letters_;
  const std::string member_;
  const Complain complain_;
  std::map<std::string, const Identity*> partners_;  // by topic
  std::map<std::string, SignalDecoder> decoders_;    // by topic
  Date decoders_day_;
  DecodedSignal decoded_;
  Event event_;
  // Whether an answer is still waited for.
  const std::function<bool()> goes_on_;
  std::atomic<std::chrono::steady_clock::time_point> stop_waiting_ =
      std::chrono::steady_clock::time_point::max();
  TakenOffsets offsets_;
  std::deque<Waiting> waiting_;
  std::map<std::string, size_t> waiting_of_;  // of a municipality, so many
  size_t waiting_bytes_ = 0;
  std::chrono::steady_clock::time_point next_try_;
  bool held_ = false;
  std::atomic<size_t> waits_ = 0;  // of waiting_
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::thread thread_;
};

// What a record holds, checked; `veld` of an error is a place in the record.
void DecodeRecord(std::string_view record, SignalDecoder* decoder, DecodedSignal* decoded);

}  // namespace vroegsein
