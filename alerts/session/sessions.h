// SessionTable: who is signed in, on the server's side. What the browser has is a random token;
// what stands here is its hash, so that a look into memory opens nothing.
//
// A session ends after kIdle without a request, after kLongest in any case, at sign-out, and when
// the account was changed or removed. They are kept in memory: a restart signs everybody out.
// Threads: any. Clock and chance come in.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "alerts/settings/installation.h"
#include "ingest/calendar.h"

namespace vroegsein {

struct SessionLimits {
  std::chrono::minutes idle{30};
  std::chrono::hours longest{12};
};

// One person's, as it is at the moment of a request.
struct Session {
  Identity identity;
  std::string name;        // as colleagues see it
  std::string csrf;        // what every change has to show
  int64_t changed_ms = 0;  // of the account, at sign-in
  Instant opened;
  Instant seen;
  // What the provider said it is, for signing out there; nullptr: it was no provider. Shared, since
  // a session is copied at each use.
  std::shared_ptr<const std::string> provider_token;
};

class SessionTable {
 public:
  static constexpr size_t kSessionsMax = 20'000;
  static constexpr size_t kSessionsPerPersonMax = 10;

  SessionTable(const SessionLimits& limits, std::function<std::string(size_t)> chance)
      : limits_(limits), chance_(std::move(chance)) {}

  // The token for the cookie. When somebody has too many, the one not used longest ends.
  std::string Open(const Identity& identity, const std::string& name, int64_t changed_ms,
                   Instant now, std::shared_ptr<const std::string> provider_token = nullptr);
  // nullptr when there is none (any more). `touch`: this request counts as use.
  std::shared_ptr<const Session> Find(std::string_view token, Instant now, bool touch);
  void Close(std::string_view token);
  // Every session of somebody but that of `keep`, which goes on with the changed account.
  void CloseOthers(const std::string& user, std::string_view keep, int64_t changed_ms);

  // When it ends by itself: when nothing is done, and in any case.
  Instant EndsIdle(const Session& session) const;
  Instant EndsAtLatest(const Session& session) const { return session.opened + limits_.longest; }

 private:
  using Table = std::map<std::string, std::shared_ptr<const Session>, std::less<>>;
  void MakeRoom(const std::string& user, Instant now);

  const SessionLimits limits_;
  const std::function<std::string(size_t)> chance_;
  std::mutex mutex_;
  Table sessions_;  // by the hash of the token
};

}  // namespace vroegsein
