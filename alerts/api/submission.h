// Submission: the events of one request on their way through the log, and what became of them.
//
// Add() hands events over, waiting for room where the log is behind; Wait() returns when all of
// them are applied and durable. Neither waits beyond the deadline, nor for a desk that has stopped.
//
// Threads: one at a time; the desk answers from its own. A Submission may be dropped while events
// of it are still under way: they are applied all the same.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "store/log.h"

namespace vroegsein {

class Submission {
 public:
  using Clock = std::chrono::steady_clock;

  // `desk_works` says whether there is still somebody to answer. Both must outlive it.
  Submission(Appender* log, const std::function<bool()>* desk_works, Clock::time_point deadline);

  // kUnavailable: there was no room before the deadline, or the desk has stopped. The event was
  // then not taken; what was added before it was. What is left of `event` may be filled again.
  Status Add(Event&& event);

  // The outcomes in the order of Add(). kUnavailable: no answer to one of them before the deadline.
  Result<std::vector<Outcome>> Wait();

  // The same, each by itself: kUnavailable is the status of those of which it is not known what
  // became.
  std::vector<Outcome> Gather();

 private:
  struct Answers;

  Appender* log_;
  const std::function<bool()>* desk_works_;
  Clock::time_point deadline_;
  std::shared_ptr<Answers> answers_;
};

}  // namespace vroegsein
