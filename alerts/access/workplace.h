// Workplace: the database of what belongs to the people at work: access log, drafts, filters
// (workplace.proto has the keys).
//
// Durability: when Write() returns ok, it is on disk; writers at the same moment share one sync.
// Threads: any. Errors: of the store; after a failed write every later one fails.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "ingest/calendar.h"
#include "ingest/status.h"
#include "store/database.h"

namespace vroegsein {

class Workplace {
 public:
  // A draft goes with the case, and after so long anyway.
  static constexpr int kDraftDays = 30;
  // A reason is free text and may say something of a person: it stays no longer than a case does.
  static constexpr int kReasonMonths = 6;
  static constexpr size_t kExpiredMax = 10'000;

  static Result<std::unique_ptr<Workplace>> Open(const std::string& data_folder);

  // `add` runs alone, in the order of the batch; what it changes of the caller's own is safe.
  Status Write(const std::function<void(Batch*)>& add);

  // Removes drafts and reasons whose time has come, from the files too. `is_open` says whether a
  // case still is. A bounded number a call.
  Status Expire(Instant now, const std::function<bool(const std::string& case_id)>& is_open);

  // So that no deleted byte is left in the files.
  Status RewriteFiles() { return database_->RewriteFiles(); }

  const Database& database() const { return *database_; }

 private:
  explicit Workplace(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  std::unique_ptr<Database> database_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Batch batch_;
  uint64_t added_ = 0;
  uint64_t written_ = 0;
  bool writing_ = false;
  Status failed_;
};

}  // namespace vroegsein
