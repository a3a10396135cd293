// A partition that another node has, as if its folder and its log were here.
//
// RemoteDatabase reads it: what fails on one node is asked of the next that has it. A scan comes in
// pieces, each of which sees one moment; it cannot be written.
// RemoteLog hands events to it, those that come while it waits together. What a node did not take
// goes to the next one; what it may have taken is not sent again: whoever waits hears kUnavailable.
//
// `roster` must outlive both. Threads: any; RemoteLog has one of its own between Start() and
// Stop(). Errors: kUnavailable when no node that has it answers.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "alerts/nodes/roster.h"
#include "store/database.h"
#include "store/log.h"

namespace vroegsein {

class RemoteDatabase final : public Database {
 public:
  RemoteDatabase(const Roster* roster, uint32_t partition)
      : roster_(roster), partition_(partition) {}

  Result<std::optional<std::string>> Get(std::string_view key) const override;
  Status Scan(std::string_view begin, std::string_view end, const Each& each) const override;
  // It is counted where it is.
  uint64_t ApproximateBytes() const override { return 0; }

 private:
  const Roster* roster_;
  const uint32_t partition_;
};

class RemoteLog final : public Appender {
 public:
  static constexpr size_t kTogetherMax = 500;

  RemoteLog(const Roster* roster, uint32_t partition, size_t waiting_max)
      : roster_(roster), partition_(partition), waiting_max_(waiting_max) {}
  ~RemoteLog() override { Stop(); }

  void Start();
  // Whoever still waits hears kUnavailable.
  void Stop();

  Status Append(Event&& event, Completion done) override;

 private:
  using Waiting = std::pair<Event, Completion>;
  void Work();
  std::vector<Outcome> HandOver(const std::vector<Waiting>& some) const;
  std::vector<Outcome> Unknown(size_t count) const;

  const Roster* roster_;
  const uint32_t partition_;
  const size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Waiting> waiting_;  // guarded by mutex_
  bool stopping_ = false;         // guarded by mutex_
  std::thread thread_;
};

}  // namespace vroegsein
