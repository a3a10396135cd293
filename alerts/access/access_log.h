// AccessLog: who saw or changed what, and when. Append-only, and each record carries the hash of
// the one before: whoever changes or drops one has to change all that follow, and `vroegsein
// verify` tells. It names cases and households by id, never a person.
//
// Threads: any. Durable when Append() returns ok. Errors: of the store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "alerts/access/workplace.h"
#include "alerts/access/workplace.pb.h"

namespace vroegsein {

struct AccessEntry {
  std::string user;
  std::string role;
  std::string operation;
  std::vector<std::string> subjects;
  int status = 0;
  std::string reason;
};

class AccessLog {
 public:
  static constexpr size_t kSubjectsMax = 1'000;
  static constexpr size_t kSaltBytes = 16;
  static constexpr size_t kExpiredMax = 1'000'000;

  // `workplace` must outlive it.
  static Result<std::unique_ptr<AccessLog>> Open(Workplace* workplace,
                                                 std::function<std::string(size_t)> chance);

  Status Append(const AccessEntry& entry, Instant now);

  // Takes away what is from before that day, the oldest first, at most kExpiredMax a call; and from
  // the files too. The rest of the chain stays whole: it hangs on the hash of the last that went.
  Status Expire(Date before);

  // From the newest, or the one before number `before`, back, until `each` returns false; with the
  // reason where it is still there.
  using Each = std::function<bool(const AccessRecord& record, const std::string& reason)>;
  Status ReadBack(uint64_t before, const Each& each) const;

 private:
  AccessLog(Workplace* workplace, std::function<std::string(size_t)> chance, AccessHead head)
      : workplace_(workplace), chance_(std::move(chance)), head_(std::move(head)) {}

  Workplace* workplace_;
  std::function<std::string(size_t)> chance_;
  AccessHead head_;  // changed within Workplace::Write() alone
};

// Walks the whole chain. `problems` gets what does not hold, at most a hundred.
struct AccessVerification {
  uint64_t records = 0;  // that are there
  std::string
      head;  // hash of the last record, in hex: write it down elsewhere to see a cut-off end
  std::vector<std::string> problems;
};
Result<AccessVerification> VerifyAccessLog(const Database& database);

}  // namespace vroegsein
