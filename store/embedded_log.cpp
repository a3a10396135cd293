#include "store/embedded_log.h"

#include <algorithm>

#include "store/keys.h"

namespace vroegsein {
namespace {

// A run longer than this is closed: the blocks of the files stay of one size.
constexpr size_t kRunBytes = 32u << 10;

Result<Event> ParseEvent(std::string_view bytes, uint64_t offset) {
  Event event;
  bool parsed = event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  std::string where = "log record " + std::to_string(offset);
  if (!parsed || event.version() == 0) return Status::DataLoss(where + " cannot be read");
  if (event.version() > kEventVersion) {
    return Status::DataLoss(where + " was written by a newer version of vroegsein");
  }
  return event;
}

struct Run {
  uint64_t first = 0;
  uint64_t last = 0;
  EventRun events;
};

Result<Run> ParseRun(std::string_view key, std::string_view value) {
  Run run;
  run.last = keys::DecodeU64(key.substr(1));
  bool parsed = run.events.ParseFromArray(value.data(), static_cast<int>(value.size()));
  auto count = static_cast<uint64_t>(run.events.events_size());
  if (!parsed || count == 0 || count > run.last) {
    return Status::DataLoss("the log's run that ends with " + std::to_string(run.last) +
                            " cannot be read");
  }
  run.first = run.last - count + 1;
  return run;
}

std::string LogEnd() { return keys::After(std::string(1, keys::kLogKind)); }

// Every run that holds `offset` or what comes after it, until `each` returns false.
Status ReadRuns(const Database& database, uint64_t offset,
                const std::function<Result<bool>(const Run&)>& each) {
  Status failed;
  Status scanned = database.Scan(keys::LogRun(offset), LogEnd(),
                                 [&](std::string_view key, std::string_view value) {
                                   auto run = ParseRun(key, value);
                                   auto more = run.ok() ? each(*run) : run.status();
                                   if (!more.ok()) failed = more.status();
                                   return more.ok() && *more;
                                 });
  return scanned.ok() ? failed : scanned;
}

}  // namespace

EmbeddedLog::EmbeddedLog(Database* database, const EmbeddedLogOptions& options,
                         uint64_t next_offset)
    : database_(database), options_(options), next_offset_(next_offset) {}

Result<std::unique_ptr<EmbeddedLog>> EmbeddedLog::Open(Database* database,
                                                       const EmbeddedLogOptions& options) {
  auto applied = database->Get(keys::AppliedOffset());
  if (!applied.ok()) return applied.status();
  if (applied->has_value() && (*applied)->size() != sizeof(uint64_t)) {
    return Status::DataLoss("the offset applied last cannot be read");
  }
  uint64_t last = applied->has_value() ? keys::DecodeU64(**applied) : 0;
  return std::unique_ptr<EmbeddedLog>(new EmbeddedLog(database, options, last + 1));
}

Status EmbeddedLog::Append(Event&& event, Completion done) {
  LogEntry entry;
  event.set_version(kEventVersion);
  entry.bytes = event.SerializeAsString();
  std::lock_guard lock(mutex_);
  if (closed_) return Status::Unavailable("the desk is closing");
  bool full = waiting_.size() >= options_.waiting_max ||
              waiting_bytes_ + entry.bytes.size() > options_.waiting_bytes_max;
  if (full) return Status::Unavailable("the log is behind; try again later");
  waiting_bytes_ += entry.bytes.size();
  entry.event = std::move(event);
  entry.done = std::move(done);
  waiting_.push_back(std::move(entry));
  arrived_.notify_one();
  return Status::Ok();
}

Result<std::vector<LogEntry>> EmbeddedLog::Take(size_t max, std::chrono::milliseconds wait) {
  std::vector<LogEntry> taken;
  std::unique_lock lock(mutex_);
  if (waiting_.empty() && wait.count() > 0) {
    arrived_.wait_for(lock, wait, [this] { return !waiting_.empty() || closed_; });
  }
  taken.reserve(std::min(max, waiting_.size()));
  while (!waiting_.empty() && taken.size() < max) {
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
    waiting_bytes_ -= taken.back().bytes.size();
    taken.back().offset = next_offset_++;
  }
  return taken;
}

void EmbeddedLog::AddTo(Batch* batch, const std::vector<LogEntry>& entries) {
  EventRun run;
  size_t bytes = 0;
  for (const LogEntry& entry : entries) {
    run.add_events(entry.bytes);
    bytes += entry.bytes.size();
    if (bytes < kRunBytes && &entry != &entries.back()) continue;
    batch->Put(keys::LogRun(entry.offset), run.SerializeAsString());
    run.clear_events();
    bytes = 0;
  }
}

Status EmbeddedLog::Trim(Instant before, Batch* batch) {
  uint64_t old_to = 0;  // offset of the last event that goes
  Status read = Read(0, [&](uint64_t offset, const Event& event) {
    if (event.recorded_ms() >= MillisOf(before)) return false;
    old_to = offset;
    return true;
  });
  VROEGSEIN_RETURN_IF_ERROR(read);
  if (old_to == 0) return Status::Ok();
  batch->DeleteRange(keys::LogRun(0), keys::LogRun(old_to + 1));
  // What is left of the run that is cut through stays under the key that it had.
  return ReadRuns(*database_, old_to + 1, [&](const Run& run) -> Result<bool> {
    EventRun rest;
    for (uint64_t offset = std::max(run.first, old_to + 1); offset <= run.last; ++offset) {
      rest.add_events(run.events.events(static_cast<int>(offset - run.first)));
    }
    if (run.first <= old_to) batch->Put(keys::LogRun(run.last), rest.SerializeAsString());
    return false;
  });
}

Status EmbeddedLog::Read(uint64_t offset, const Each& each) const {
  return ReadRuns(*database_, offset, [&](const Run& run) -> Result<bool> {
    for (uint64_t at = std::max(run.first, offset); at <= run.last; ++at) {
      auto event = ParseEvent(run.events.events(static_cast<int>(at - run.first)), at);
      if (!event.ok()) return event.status();
      if (!each(at, *event)) return false;
    }
    return true;
  });
}

Result<uint64_t> EmbeddedLog::FirstOffset() const {
  uint64_t first = next_offset_;
  Status read = ReadRuns(*database_, 0, [&](const Run& run) -> Result<bool> {
    first = run.first;
    return false;
  });
  if (!read.ok()) return read;
  return first;
}

size_t EmbeddedLog::waiting() const {
  std::lock_guard lock(mutex_);
  return waiting_.size();
}

void EmbeddedLog::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  arrived_.notify_all();
}

}  // namespace vroegsein
