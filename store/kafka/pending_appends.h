// PendingAppends: who waits for which event that was sent to Kafka.
//
// An append is answered once, when both have happened, in whatever order: the brokers have
// acknowledged it (every replica in sync has it) and the desk has applied it. One that the brokers
// did not acknowledge in time is not answered at all: it may have been taken, and then it is
// applied; whoever waits gives up at its deadline.
//
// Threads: any; answers are given outside the lock, from the thread that brought the second half.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "store/log.h"

namespace vroegsein {

class PendingAppends {
 public:
  // REQUIRES: at least 1.
  explicit PendingAppends(size_t waiting_max) : waiting_max_(waiting_max) {}

  // A number for the append; nullopt when too many wait, or after Close().
  std::optional<uint64_t> Add(Completion done);
  void Acknowledged(uint64_t number);
  void Applied(uint64_t number, Outcome&& outcome);
  // It was not sent, or not acknowledged: nobody is answered.
  void Drop(uint64_t number);
  void Close();

  size_t count() const;

 private:
  struct Waiting {
    Completion done;
    bool acknowledged = false;
    std::optional<Outcome> outcome;
  };

  const size_t waiting_max_;
  mutable std::mutex mutex_;
  std::unordered_map<uint64_t, Waiting> waiting_;  // guarded by mutex_
  uint64_t last_ = 0;                              // guarded by mutex_
  bool closed_ = false;                            // guarded by mutex_
};

}  // namespace vroegsein
