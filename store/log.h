// The log: every event of every municipality, in the order in which it counts.
//
// One interface, two logs: the embedded one below this header's room (RocksDB, embedded_log.h), and
// one on Kafka. They differ in when an event becomes durable, so the desk drives both in the same
// four movements:
//
//   Append()  any thread hands over an event and what to call when it has been applied
//   Take()    the desk's thread gets the next events in order
//   AddTo()   the log adds to the desk's write what must be on disk with it: the embedded log the
//             events themselves, a Kafka log nothing, for there they are durable before Take()
//   Trim()    what is older than replay needs is removed, within the desk's write
//
// The truth about progress is the offset that the desk writes in the same batch
// (keys::AppliedOffset). An event whose Append() was refused with kUnavailable was not taken: try
// again later.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/receipt.h"
#include "ingest/status.h"
#include "store/database.h"
#include "store/event.pb.h"
#include "store/ids.h"

namespace vroegsein {

inline constexpr uint32_t kEventVersion = 1;

// A task that came, changed or went with an event.
struct TaskChange {
  CaseId id;
  std::string key;      // where it stands now (keys::Task()); empty: there is none any more
  std::string summary;  // the TaskSummary that stands there
  uint64_t number = 0;  // of the change, in its municipality
};

// What one event came to, told to whoever appended it, after it is durable.
struct Outcome {
  // kInvalid, kNotFound, kConflict: the event changed nothing, and why.
  Status status;
  // The kebab-case code that goes with a status that is not ok.
  std::string code;
  // For every signal: what to answer, whatever the status.
  std::optional<Receipt> receipt;
  // For what is done to a case: that case.
  std::optional<CaseId> case_id;
  // For signals: people went to another household, so others than that of the receipt changed.
  bool regrouped = false;
  // In the order in which they changed; of one that changed more than once the last holds.
  std::vector<TaskChange> tasks;
};

// Whoever is told may keep it.
using Completion = std::function<void(Outcome&&)>;

struct LogEntry {
  uint64_t offset = 0;
  Event event;
  std::string bytes;  // the event as it stands in the log
  Completion done;    // may be empty
};

// Where events are handed over: one log, or several that share the municipalities.
class Appender {
 public:
  virtual ~Appender() = default;

  // An event that is refused stays the caller's, to be tried again. Threads: any. Failure:
  // kUnavailable when too much is waiting, or after Close().
  virtual Status Append(Event&& event, Completion done) = 0;
};

class Log : public Appender {
 public:
  // The next events in order, at most `max`; empty when nothing came within `wait`. Thread: the
  // desk's.
  virtual Result<std::vector<LogEntry>> Take(size_t max, std::chrono::milliseconds wait) = 0;

  // Thread: the desk's, with what Take() gave, before the commit.
  virtual void AddTo(Batch* batch, const std::vector<LogEntry>& entries) = 0;

  // Removes events recorded before `before` from the front of the log. Thread: the desk's.
  virtual Status Trim(Instant before, Batch* batch) = 0;

  // How many events wait to be taken. Threads: any.
  virtual size_t waiting() const = 0;

  // Refuses what comes from now on; what was appended can still be taken.
  virtual void Close() = 0;
};

}  // namespace vroegsein
