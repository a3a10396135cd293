// The log of one machine: events wait in memory until the desk takes them, and reach the disk in
// the desk's own write, together with the state they changed. So one sync serves log, state and
// outbox.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "store/log.h"

namespace vroegsein {

struct EmbeddedLogOptions {
  // How many events may wait before Append() says kUnavailable. REQUIRES: at least 1.
  size_t waiting_max = 50'000;
  // And how many bytes they may be together. REQUIRES: at least 64 KiB.
  size_t waiting_bytes_max = 64u << 20;
};

class EmbeddedLog final : public Log {
 public:
  // `database` must outlive the log.
  static Result<std::unique_ptr<EmbeddedLog>> Open(Database* database,
                                                   const EmbeddedLogOptions& options);

  Status Append(Event&& event, Completion done) override;
  Result<std::vector<LogEntry>> Take(size_t max, std::chrono::milliseconds wait) override;
  void AddTo(Batch* batch, const std::vector<LogEntry>& entries) override;
  Status Trim(Instant before, Batch* batch) override;
  size_t waiting() const override;
  void Close() override;

  // Every event from `offset` on that is in the log now, in order, until `each` returns false.
  // kDataLoss when one cannot be read or is of a newer version.
  using Each = std::function<bool(uint64_t offset, const Event& event)>;
  Status Read(uint64_t offset, const Each& each) const;

  // The first offset that Read() would give; 1 when nothing was ever trimmed.
  Result<uint64_t> FirstOffset() const;

 private:
  EmbeddedLog(Database* database, const EmbeddedLogOptions& options, uint64_t next_offset);

  Database* database_;
  EmbeddedLogOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<LogEntry> waiting_;  // guarded by mutex_
  size_t waiting_bytes_ = 0;      // guarded by mutex_
  bool closed_ = false;           // guarded by mutex_
  uint64_t next_offset_;          // desk's thread only
};

}  // namespace vroegsein
