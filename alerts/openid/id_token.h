// IdToken: what a provider of OpenID Connect says of somebody, believed only when all of it is
// right: signature (RS256 or ES256, by a key of the provider's own set), issuer, audience, time and
// nonce.
//
// Errors: kNotFound when the set has no key for it (the provider may have changed its keys: fetch
// the set anew); kInvalid for all else. No error says anything about a person. Pure functions;
// thread safe. The clock comes in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/status.h"

namespace vroegsein {

struct TokenDemand {
  std::string issuer;
  std::string client;  // the audience
  std::string nonce;
  Instant now;
};

struct Claims {
  std::string subject;
  // What is a text, or a list of texts; the rest is left out.
  std::map<std::string, std::vector<std::string>, std::less<>> values;

  // Empty when it is absent.
  const std::vector<std::string>& Of(std::string_view name) const;
  std::string First(std::string_view name) const;
};

// What is a text or a list of texts in a JSON object, where the claims do not have it yet.
Status AddClaims(std::string_view json, Claims* claims);

// Clocks differ by so much.
inline constexpr std::chrono::seconds kClockLeeway{60};

// `keys` is a JSON Web Key Set.
Result<Claims> CheckIdToken(const std::string& token, std::string_view keys,
                            const TokenDemand& demand);

}  // namespace vroegsein
