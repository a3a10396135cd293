#include "alerts/access/workplace.h"

#include <vector>

#include "alerts/access/workplace.pb.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kCacheBytes = 2u << 20;
constexpr size_t kBufferBytes = 2u << 20;

// `d` user 00 case
std::string CaseOfDraftKey(std::string_view key) {
  return std::string(key.substr(key.find('\0') + 1));
}

}  // namespace

Result<std::unique_ptr<Workplace>> Workplace::Open(const std::string& data_folder) {
  DatabaseOptions options;
  options.block_cache_bytes = kCacheBytes;
  options.write_buffer_bytes = kBufferBytes;
  auto database = Database::Open(data_folder + "/werkplek", options);
  if (!database.ok()) return database.status();
  return std::unique_ptr<Workplace>(new Workplace(std::move(*database)));
}

Status Workplace::Write(const std::function<void(Batch*)>& add) {
  std::unique_lock lock(mutex_);
  if (!failed_.ok()) return failed_;
  add(&batch_);
  uint64_t mine = ++added_;
  while (written_ < mine) {
    if (writing_) {
      changed_.wait(lock);
      continue;
    }
    writing_ = true;
    Batch batch = std::exchange(batch_, Batch());
    uint64_t upto = added_;
    lock.unlock();
    Status written = database_->Commit(&batch).Within("write the workplace");
    lock.lock();
    writing_ = false;
    written_ = upto;
    if (!written.ok()) failed_ = written;
    changed_.notify_all();
  }
  return failed_;
}

Status Workplace::Expire(Instant now, const std::function<bool(const std::string&)>& is_open) {
  std::vector<std::string> expired;
  int64_t draft_before = MillisOf(now - std::chrono::days(kDraftDays));
  Status scanned = database_->Scan("d", "e", [&](std::string_view key, std::string_view value) {
    Draft draft;
    bool read = draft.ParseFromArray(value.data(), static_cast<int>(value.size()));
    bool keep = read && draft.saved_ms() >= draft_before && is_open(CaseOfDraftKey(key));
    if (!keep) expired.emplace_back(key);
    return expired.size() < kExpiredMax;
  });
  VROEGSEIN_RETURN_IF_ERROR(scanned);
  Date oldest = AddMonths(DayInAmsterdam(now), -kReasonMonths);
  scanned = database_->Scan("r", "s", [&](std::string_view key, std::string_view value) {
    AccessReason reason;
    bool read = reason.ParseFromArray(value.data(), static_cast<int>(value.size()));
    bool old = !read || DayInAmsterdam(InstantOf(reason.at_ms())) < oldest;
    if (old) expired.emplace_back(key);
    return old && expired.size() < kExpiredMax;  // in order of time
  });
  VROEGSEIN_RETURN_IF_ERROR(scanned);
  if (expired.empty()) return Status::Ok();
  VROEGSEIN_RETURN_IF_ERROR(Write([&](Batch* batch) {
    for (const std::string& key : expired) batch->Delete(key);
  }));
  return database_->RewriteFiles();
}

}  // namespace vroegsein
