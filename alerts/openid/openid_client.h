// OpenIdClient: sign-in at the municipality's own provider: OpenID Connect, authorization code flow
// with PKCE (S256), state and nonce.
//
//   Begin()   a ticket for the browser's cookie, and the provider's page to send it to
//   Finish()  with that ticket, and what the provider sent the browser back with: who it is
//   SignOutAddress()  where the browser goes to sign out there too
//
// Nothing is kept between the two: state, nonce and verifier are made from the ticket with a key
// that only this process has, so that no flood of beginnings pushes out another's. A ticket is good
// for kTicketLife; a code is good once, which the provider minds.
//
// Threads: any. Both may wait for the provider; kAtOnce do at the same time. The clock, chance and
// the way to the provider come in.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <semaphore>
#include <string>

#include "alerts/openid/id_token.h"
#include "alerts/outgoing/transfer.h"
#include "alerts/settings/openid_settings.h"

namespace vroegsein {

// Why nobody came in; the words are in the address of the sign-in page, the log and the metrics.
enum class OpenIdRefusal {
  kNone,
  kDenied,       // `geweigerd`: the provider said no
  kStale,        // `verlopen`: no such beginning in this browser, or too long ago
  kUnreachable,  // `onbereikbaar`: the provider does not answer as it should
  kDistrusted,   // `onjuist`: what it answered is not to be believed
  kNoRole,       // `geen-rol`: known there, but with no role here
  kBusy,         // `te-druk`
};
std::string_view NameOf(OpenIdRefusal refusal);

struct OpenIdStart {
  OpenIdRefusal refusal = OpenIdRefusal::kNone;
  std::string ticket;
  std::string location;
};

// What the provider sent along; empty where it did not.
struct OpenIdReturn {
  std::string code;
  std::string state;
  std::string issuer;
  std::string error;
};

struct OpenIdAnswer {
  OpenIdRefusal refusal = OpenIdRefusal::kNone;
  std::string why;    // for the log: nothing about a person
  Claims claims;      // kNone
  std::string token;  // kNone: as the provider gave it
};

class OpenIdClient {
 public:
  static constexpr std::chrono::minutes kTicketLife{10};
  static constexpr std::chrono::hours kMetadataLife{1};
  static constexpr std::chrono::seconds kKeysPause{60};  // between two fetches of the keys
  static constexpr std::ptrdiff_t kAtOnce = 4;
  static constexpr std::chrono::seconds kQueueWait{3};

  struct Ways {
    std::function<Result<TransferAnswer>(const std::string& url)> fetch = FetchPage;
    std::function<Result<TransferAnswer>(const std::string&, const FormFields&,
                                         const BasicCredentials&)>
        post = PostForm;
    std::function<Result<TransferAnswer>(const std::string& url, const std::string& token)>
        fetch_as = FetchPageAs;
  };

  OpenIdClient(OpenIdSettings settings, std::function<Instant()> now,
               std::function<std::string(size_t)> chance, Ways ways);

  OpenIdStart Begin();
  OpenIdAnswer Finish(const OpenIdReturn& returned, const std::string& ticket);
  // Empty when the provider has no such page, or the settings say no. `token`: of the session;
  // empty when it is not known. Never waits: what is known since the sign-in has to do.
  std::string SignOutAddress(const std::string& token);

  const OpenIdSettings& settings() const { return settings_; }

 private:
  struct Metadata {
    std::string authorization;
    std::string token;
    std::string keys;
    std::string userinfo;     // empty: there is none
    std::string end_session;  // empty: there is none
    bool secret_in_form = false;
  };
  struct Tokens {
    std::string id;
    std::string access;  // empty: none was given
  };

  std::string Derive(std::string_view purpose, std::string_view ticket) const;
  bool IsFresh(std::string_view ticket) const;
  Result<Metadata> FetchMetadata();
  Result<Metadata> KnownMetadata();
  Result<std::string> Keys(const Metadata& metadata, bool anew);
  Result<Tokens> Redeem(const Metadata& metadata, const std::string& code,
                        const std::string& ticket);
  Result<Claims> Believe(const Metadata& metadata, const std::string& token,
                         const std::string& ticket);
  Status AskUserinfo(const Metadata& metadata, const std::string& access, Claims* claims);

  const OpenIdSettings settings_;
  const std::function<Instant()> now_;
  const std::function<std::string(size_t)> chance_;
  const Ways ways_;
  const std::string secret_;
  std::counting_semaphore<kAtOnce> room_{kAtOnce};
  std::mutex mutex_;  // guards what follows
  Metadata metadata_;
  Instant metadata_until_;
  std::string keys_;
  Instant keys_at_;
};

}  // namespace vroegsein
