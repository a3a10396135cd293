// OpenIdSettings: the municipality's own provider of sign-in, as the configuration file names it,
// and which of the provider's groups gives which role here. Values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "alerts/access/role.h"

namespace vroegsein {

// Whoever has `value` in the role claim.
struct OpenIdGrant {
  std::string value;
  Role role = Role::kWorker;
  std::string team;                         // empty: of the team claim, or every team
  std::vector<std::string> municipalities;  // never empty
};

// Where the provider sends the browser back to, behind the desk's own address.
inline constexpr std::string_view kReturnPath = "/v1/sessies/openid/terug";

// What happens at the provider when somebody signs out here.
enum class OpenIdSignOut {
  kWithoutToken,  // `zonder-token`: it asks; nothing about a person is in the address
  kWithToken,     // `met-token`: the provider knows whom by the token it gave, and need not ask
  kNotThere,      // `nee`: only the session here ends
};

struct OpenIdSettings {
  std::string issuer;  // empty: there is no provider
  std::string name;    // on the button
  std::string client;
  std::string secret;
  std::string redirect;  // exactly as it is known to the provider
  std::string scope = "openid profile";
  std::string user_claim = "preferred_username";
  std::string name_claim = "name";
  std::string mail_claim = "email";
  std::string role_claim = "groups";
  std::string team_claim;      // empty: teams stand with the grants
  bool asks_userinfo = false;  // where the id_token does not hold the role claim
  OpenIdSignOut sign_out = OpenIdSignOut::kWithoutToken;
  std::vector<OpenIdGrant> grants;  // the first that fits counts

  // Where the provider sends the browser after signing out, exactly as it is known there: the
  // desk's own first page.
  std::string SignedOut() const {
    return redirect.substr(0, redirect.size() - kReturnPath.size()) + "/";
  }
};

}  // namespace vroegsein
