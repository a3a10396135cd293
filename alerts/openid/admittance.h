// Admittance: whom the provider's claims make somebody here: user, role, team, municipalities.
// Pure functions; thread safe.
#pragma once

#include "alerts/openid/id_token.h"
#include "alerts/session/account.pb.h"
#include "alerts/settings/openid_settings.h"

namespace vroegsein {

// kForbidden when no grant fits, the user name is none of ours, or a wijkteamlid has no team. The
// account has no password and no time of change yet.
Result<Account> AccountOf(const OpenIdSettings& settings, const Claims& claims);

}  // namespace vroegsein
