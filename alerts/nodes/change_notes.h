// ChangeNotes: what this node's desks applied last, for the other nodes' screens: which case of
// which municipality, and nothing of what was said of anybody.
//
// The last kKeptMax are kept; whoever asks for older ones hears that there is a gap.
// Threads: any. After() waits a little for something to come.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include "alerts/nodes/node_call.pb.h"
#include "store/log.h"

namespace vroegsein {

class ChangeNotes {
 public:
  static constexpr size_t kKeptMax = 4'096;
  static constexpr size_t kToldMax = 1'000;
  static constexpr std::chrono::milliseconds kWait{1'000};

  // `start`: tells this process from the one before it. REQUIRES: not 0.
  explicit ChangeNotes(uint64_t start) : start_(start) {}

  void Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes);
  NotesAnswer After(const NotesCall& call);
  // Nobody waits any more.
  void Stop();

 private:
  const uint64_t start_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<NoteRecord> notes_;  // the last of them is number last_
  uint64_t last_ = 0;
  bool stopping_ = false;
};

}  // namespace vroegsein
