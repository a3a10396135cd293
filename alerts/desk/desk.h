// The desk: takes events from the log, applies them one by one, and makes each batch durable in one
// write: the log's part, the changed state, the outbox and the offset together. Only then are the
// answers given.
//
// Threads: RunOnce() and Run() from one thread, the desk's; everything else reads the database.
// Errors: a failure of the store or the log is returned, and again by every later call: stop the
// process, it has said why. A crash at any moment leaves a prefix of the log applied, without a
// hole.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "alerts/desk/step.h"
#include "store/database.h"
#include "store/log.h"

namespace vroegsein {

struct DeskOptions {
  // Events in one write. More is faster and makes an answer wait longer. REQUIRES: at least 1.
  size_t batch_max = 1'000;
  // How long the log is kept for replay, in days; counted from what a tick says the time is.
  // REQUIRES: at least 1, and no longer than the retention of the people in it.
  int log_retention_days = 30;
  StateOptions state;
};

class Desk {
 public:
  // All must outlive it.
  Desk(Database* database, Log* log, const HouseholdMatcher* matcher, const DeskOptions& options);

  // One batch; how many events it held, 0 when nothing came within `wait`.
  Result<size_t> RunOnce(std::chrono::milliseconds wait);

  // Batch after batch until `stop` says so and nothing waits any more.
  Status Run(const std::function<bool()>& stop);

  // Told after each commit: how many events of each kind came in (Event::BodyCase), and the last
  // offset.
  using Observer = std::function<void(const std::vector<LogEntry>&, const std::vector<Outcome>&)>;
  void Observe(Observer observer) {
    observer_ = std::move(observer);
    step_.TellTasks(observer_ != nullptr);
  }
  // Told of every decision that a shadow was asked about too (alerts/policy/shadow.h).
  void ObserveShadow(ShadowCount count) { policies_.OnCompared(std::move(count)); }
  // How long the last write took, for the observer.
  std::chrono::nanoseconds last_commit() const { return last_commit_; }

 private:
  Result<size_t> RunBatch(std::chrono::milliseconds wait);
  Status Commit(const std::vector<LogEntry>& entries);
  Status CleanUp(const std::vector<LogEntry>& entries);

  Database* database_;
  Log* log_;
  DeskOptions options_;
  State state_;
  PolicyBook policies_;
  Step step_;
  Batch batch_;
  Observer observer_;
  Status failed_;  // final: a batch that was half applied is in state_, and must never be committed
  std::chrono::nanoseconds last_commit_{0};
};

}  // namespace vroegsein
