#include "store/embedded_log.h"

#include "store/keys.h"

namespace vroegsein {
namespace {

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

uint64_t OffsetOf(std::string_view key) { return keys::DecodeU64(key.substr(1)); }

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

Status EmbeddedLog::Append(Event event, Completion done) {
  LogEntry entry;
  event.set_version(kEventVersion);
  entry.bytes = event.SerializeAsString();
  entry.event = std::move(event);
  entry.done = std::move(done);
  std::lock_guard lock(mutex_);
  if (closed_) return Status::Unavailable("the desk is closing");
  bool full = waiting_.size() >= options_.waiting_max ||
              waiting_bytes_ + entry.bytes.size() > options_.waiting_bytes_max;
  if (full) return Status::Unavailable("the log is behind; try again later");
  waiting_bytes_ += entry.bytes.size();
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
  for (const LogEntry& entry : entries) batch->Put(keys::LogEntry(entry.offset), entry.bytes);
}

Status EmbeddedLog::Trim(Instant before, Batch* batch) {
  uint64_t keep_from = 0;
  Status scanned = Read(0, [&](uint64_t offset, const Event& event) {
    if (event.recorded_ms() >= MillisOf(before)) return false;
    keep_from = offset + 1;
    return true;
  });
  VROEGSEIN_RETURN_IF_ERROR(scanned);
  if (keep_from > 0) batch->DeleteRange(keys::LogEntry(0), keys::LogEntry(keep_from));
  return Status::Ok();
}

Status EmbeddedLog::Read(uint64_t offset, const Each& each) const {
  Status failed;
  Status scanned =
      database_->Scan(keys::LogEntry(offset), keys::After(std::string(1, keys::kLogKind)),
                      [&](std::string_view key, std::string_view value) {
                        auto event = ParseEvent(value, OffsetOf(key));
                        if (!event.ok()) failed = event.status();
                        return event.ok() && each(OffsetOf(key), *event);
                      });
  return scanned.ok() ? failed : scanned;
}

Result<uint64_t> EmbeddedLog::FirstOffset() const {
  uint64_t first = next_offset_;
  Status scanned = database_->Scan(keys::LogEntry(0), keys::After(std::string(1, keys::kLogKind)),
                                   [&](std::string_view key, std::string_view) {
                                     first = OffsetOf(key);
                                     return false;
                                   });
  if (!scanned.ok()) return scanned;
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
