// Door: who comes in with this request: by a key in the Authorization header (partners, programs),
// or by the session in a cookie (people with a browser).
//
// A cookie goes along with whatever a browser sends, also at the wish of another site: so a change
// with a cookie has to show the session's own token in X-CSRF-Token as well. Threads: any.
#pragma once

#include <memory>
#include <semaphore>
#include <string>

#include "alerts/access/gate.h"
#include "alerts/session/accounts.h"
#include "alerts/session/lockout.h"
#include "alerts/session/sessions.h"
#include "ingest/http/http_message.h"

namespace vroegsein {

struct Visitor {
  const Identity* identity = nullptr;      // nullptr: nobody we know
  std::shared_ptr<const Session> session;  // holds identity; none with a key
  std::string token;                       // of the session
  bool forged = false;                     // a change without the session's CSRF token
};

enum class Admission { kOpened, kWrong, kLocked, kBusy };

struct SignIn {
  Admission entry = Admission::kWrong;
  std::chrono::seconds wait{0};            // kLocked, kBusy: before trying again
  std::string token;                       // kOpened: of the new session
  std::shared_ptr<const Session> session;  // kOpened
};

class Door {
 public:
  // Kept of every session in memory, and later part of an address.
  static constexpr size_t kProviderTokenBytesMax = 4'000;

  struct Options {
    SessionLimits limits;
    bool behind_tls = false;  // cookies are Secure, and X-Forwarded-For says who is there
  };

  // `gate` must outlive it.
  Door(const Gate* gate, const std::string& data_folder, const Options& options,
       std::function<Instant()> now, std::function<std::string(size_t)> chance);

  // `touch`: the request counts as use of the session.
  Visitor Admit(const HttpRequest& request, bool touch);

  // By name and password; counts towards the lockout.
  SignIn Open(const std::string& user, const std::string& password, const HttpRequest& request);

  // Who the municipality's own provider says it is: the account is made or brought up to date.
  // kForbidden when that name is a local account's, a key's, or was another person's there.
  // `provider_token` stays with the session, unless it is longer than kProviderTokenBytesMax.
  Result<SignIn> OpenAs(Account account, std::string provider_token);

  // kWrong: `current` is not the password. Ends the other sessions of that account.
  Result<SignIn> ChangePassword(const Visitor& visitor, const std::string& current,
                                const std::string& fresh, const HttpRequest& request);

  // The header that gives a browser its session, or takes it away when `token` is empty.
  HttpField CookieHeader(std::string_view token) const;
  // The same for the ticket of a sign-in that is under way at the provider.
  HttpField TicketHeader(std::string_view ticket) const;
  std::string TicketOf(const HttpRequest& request) const;
  // Whoever is at the other end: the address that Lockout counts by.
  std::string AddressOf(const HttpRequest& request) const;

  AccountBook& accounts() { return accounts_; }
  SessionTable& sessions() { return sessions_; }

 private:
  // Hashing takes much memory: so many at once, and the next one waits a little.
  static constexpr std::ptrdiff_t kHashesAtOnce = 2;
  static constexpr std::chrono::seconds kHashWait{3};

  SignIn Check(const std::string& user, const std::string& password, const HttpRequest& request,
               KnownAccount* account);
  Visitor BySession(const HttpRequest& request, bool touch);
  SignIn OpenSession(const Identity& identity, const std::string& name, int64_t changed_ms,
                     std::shared_ptr<const std::string> provider_token = nullptr);
  Status Remember(Account* account);
  std::string_view CookieIn(const HttpRequest& request, std::string_view name) const;
  HttpField MakeCookie(std::string_view name, std::string_view value, std::string_view site) const;

  const Gate* gate_;
  const std::string data_folder_;
  const Options options_;
  const std::function<Instant()> now_;
  const std::function<std::string(size_t)> chance_;
  AccountBook accounts_;
  SessionTable sessions_;
  Lockout lockout_;
  std::counting_semaphore<kHashesAtOnce> hashing_{kHashesAtOnce};
};

}  // namespace vroegsein
