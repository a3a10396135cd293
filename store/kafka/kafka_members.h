// KafkaMembers: which nodes are there, as Kafka says it: all are members of one group, by name.
//
// The group gives nobody anything to read: each member takes its share of the log's partitions and
// fetches none of it. A node that is killed is missed after `absent_after`; one that stops leaves
// at once. The brokers refuse less than their group.min.session.timeout.ms (6 seconds by default).
//
// Threads: Start() and Stop() from one; `told` comes from a thread of its own, each time that the
// brokers answered. Errors of Open(): kInvalid for settings; what goes wrong later is told to
// `complain`, and tried again.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "ingest/status.h"
#include "store/kafka/settings.h"

namespace vroegsein {

class KafkaClient;

class KafkaMembers {
 public:
  static constexpr std::chrono::milliseconds kAskEvery{500};

  using Told = std::function<void(const std::set<std::string>& present)>;
  struct Options {
    KafkaSettings settings;
    std::string name;
    std::function<void(const std::string&)> complain;
    Told told;
  };

  static Result<std::unique_ptr<KafkaMembers>> Open(Options options);
  ~KafkaMembers();

  void Start();
  // Leaves the group.
  void Stop();

 private:
  explicit KafkaMembers(Options options);
  Status Join();
  void Work();
  Result<std::set<std::string>> Ask();

  const Options options_;
  std::unique_ptr<KafkaClient> client_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace vroegsein
