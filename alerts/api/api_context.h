// What the handlers of the API share: the store, the log, the settings, the clock and the counts.
//
// Borrowed; everything in it outlives the handlers. Threads: read by many; what it points to is
// safe for that.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

#include "alerts/api/submission.h"
#include "alerts/metrics/intake_probe.h"
#include "alerts/settings/installation.h"
#include "ingest/calendar.h"
#include "store/database.h"
#include "store/log.h"

namespace vroegsein {

class AccessLog;
class CaseTexts;
class ChangeFeed;
class Door;
class OpenIdClient;
class Workplace;

struct ApiContext {
  Database* database = nullptr;
  Appender* log = nullptr;
  const Installation* installation = nullptr;
  Door* door = nullptr;
  OpenIdClient* openid = nullptr;  // nullptr: there is no provider
  // Somebody did not come in through the provider: a word, and why; nothing about a person.
  std::function<void(std::string_view refusal, std::string_view why)> openid_refused;
  Workplace* workplace = nullptr;
  AccessLog* access = nullptr;
  ChangeFeed* feed = nullptr;
  CaseTexts* texts = nullptr;
  IntakeProbe* intake = nullptr;
  std::function<Instant()> now;
  std::function<std::string(size_t)> chance;
  std::function<bool()> desk_works;
  // Bytes of receipts that deliveries hold in memory now, all together.
  std::atomic<size_t>* receipt_bytes = nullptr;

  Submission Submit(Submission::Clock::time_point deadline) const {
    return Submission(log, &desk_works, deadline);
  }
  Submission::Clock::time_point Deadline() const {
    return Submission::Clock::now() + std::chrono::seconds(installation->request_seconds_max);
  }
  Date today() const { return DayInAmsterdam(now()); }
};

}  // namespace vroegsein
