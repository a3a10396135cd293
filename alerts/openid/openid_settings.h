// OpenIdSettings: the municipality's own provider of sign-in, as the configuration file names it,
// and which of the provider's groups gives which role here. Values.
#pragma once

#include <string>
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
  std::string team_claim;           // empty: teams stand with the grants
  std::vector<OpenIdGrant> grants;  // the first that fits counts
};

}  // namespace vroegsein
