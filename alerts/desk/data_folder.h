// One data folder, opened for work: database, log and desk together. What the log has and the
// folder does not know yet is applied first; then the installation's settings and policies are
// brought into the log where they differ from what the folder knows.
//
// The desk runs on the caller's thread (Drain()) or on one of the caller's making (desk().Run()).
// Errors: of opening (kUnavailable: another process has it) and of the store.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "alerts/desk/desk.h"
#include "alerts/settings/installation.h"
#include "store/embedded_log.h"
#include "store/household/identity_matcher.h"

namespace vroegsein {

class DataFolder {
 public:
  static constexpr std::chrono::seconds kDoMax{60};

  struct Options {
    DatabaseOptions database;
    EmbeddedLogOptions log;
    DeskOptions desk;
    // The log that the desk works from; empty: one of the folder's own, with `log`.
    std::function<Result<std::unique_ptr<Log>>(Database*)> open_log;
  };

  // For who hands over very many events and then closes: more is gathered in memory before it
  // becomes a file, and more files before they are merged, so that it is rewritten less often.
  static Options ForImport(Options options);

  // `now` is when changed settings and policies count as recorded.
  static Result<std::unique_ptr<DataFolder>> Open(const std::string& folder,
                                                  const Installation& installation, Instant now,
                                                  const Options& options);

  // Hands over one event and works until it is applied. For what has no other thread.
  // kUnavailable: it was not within kDoMax (of a log elsewhere).
  Result<Outcome> Do(Event event);
  // Works until nothing waits.
  Status Drain();

  Database& database() { return *database_; }
  Log& log() { return *log_; }
  Desk& desk() { return *desk_; }

 private:
  DataFolder() = default;
  Status OpenLog(const Options& options);
  Status Settle(const MunicipalityConfig& config, Instant now);
  Status BringPolicy(const MunicipalityConfig& config, bool first, Instant now);

  std::unique_ptr<Database> database_;
  std::unique_ptr<Log> log_;
  IdentityMatcher matcher_;
  std::unique_ptr<Desk> desk_;
};

}  // namespace vroegsein
