// TopicIntake: what partners put on their own topics (PREFIX.in.PARTNER) goes through the same
// decoder as over HTTP, and into the log; what is refused goes to the dead letters.
//
// A record is one signal, bare or in a CloudEvent. Its partner follows from the topic, which only
// that partner may write to. A record is done when its event is applied, or its refusal is on the
// dead letters' topic; only then is its offset committed, so that none is lost. One may come twice:
// the desk knows it. While the log is behind, nothing more is taken.
//
// Threads: its own one between Start() and Stop(). Errors: what goes wrong is told to `complain`,
// and tried again until Stop().
#pragma once

#include <atomic>
#include <condition_variable>
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

 private:
  // What was taken together, on its way.
  struct Round {
    Submission submission;
    std::vector<std::string> sectors;  // of what was added to it
    std::vector<DeadLetter> refused;
  };

  void Work();
  Status WorkOnce(KafkaGroup* group);
  SignalDecoder* DecoderOf(const std::string& topic, const Identity& partner);
  Status HandIn(const KafkaReceived& received, Round* round);
  void Refuse(const KafkaReceived& received, const Identity& partner, Round* round);
  Status AwaitReceipts(Round* round);
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
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable stopped_;
  std::thread thread_;
};

// What a record holds, checked; `veld` of an error is a place in the record.
void DecodeRecord(std::string_view record, SignalDecoder* decoder, DecodedSignal* decoded);

}  // namespace vroegsein
