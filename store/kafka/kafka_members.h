// KafkaMembers: which nodes are there, as Kafka says it: all are members of one group, by name.
//
// The group gives nobody anything to read: each member takes its share of the log's partitions and
// fetches none of it. A node that is killed is missed after `absent_after`; one that stops leaves
// at once, and so does one that stands aside. The brokers refuse less than their
// group.min.session.timeout.ms (6 seconds by default).
//
// A node that hung does not know it: what it was told holds until kHolds of `absent_after` after
// the question was asked, and the brokers miss nobody sooner who was there when they answered. A
// question that nobody answers says as long that this node runs.
//
// Threads: Start() and Stop() from one, StandAside() from any; `told` comes from a thread of its
// own, each time that the brokers answered, and `in_vain` when they did not. Errors of Open():
// kInvalid for settings; what goes wrong later is told to `complain`, and tried again.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "ingest/status.h"
#include "store/kafka/boot_clock.h"
#include "store/kafka/settings.h"

namespace vroegsein {

class KafkaClient;

class KafkaMembers {
 public:
  static constexpr std::chrono::milliseconds kAskEveryMax{500};

  // Who was there when it was asked; that holds until then.
  using Told =
      std::function<void(const std::set<std::string>& present, BootClock::time_point until)>;
  struct Options {
    KafkaSettings settings;
    std::string name;
    std::function<void(const std::string&)> complain;
    Told told;
    // Nobody said who is there; that it asked holds until then.
    std::function<void(BootClock::time_point until)> in_vain;
  };

  static Result<std::unique_ptr<KafkaMembers>> Open(Options options);
  ~KafkaMembers();

  void Start();
  // Leaves the group, or comes back.
  void StandAside(bool aside) { aside_ = aside; }
  // Leaves the group.
  void Stop();

 private:
  explicit KafkaMembers(Options options);
  Status Join();
  Status JoinOrLeave();
  void Work();
  Result<std::set<std::string>> Ask();

  const Options options_;
  std::unique_ptr<KafkaClient> client_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> aside_ = false;
  bool joined_ = false;  // of the thread
  std::thread thread_;
};

}  // namespace vroegsein
