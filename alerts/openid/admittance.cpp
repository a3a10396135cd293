#include "alerts/openid/admittance.h"

#include <algorithm>

#include "alerts/session/accounts.h"
#include "alerts/settings/mail_settings.h"
#include "ingest/utf8.h"

namespace vroegsein {
namespace {

constexpr size_t kNameBytesMax = 100;
constexpr size_t kSubjectBytesMax = 255;  // as the standard bounds it
constexpr size_t kTeamBytesMax = 64;

const OpenIdGrant* GrantOf(const OpenIdSettings& settings, const Claims& claims) {
  const auto& held = claims.Of(settings.role_claim);
  for (const OpenIdGrant& grant : settings.grants) {
    if (std::find(held.begin(), held.end(), grant.value) != held.end()) return &grant;
  }
  return nullptr;
}

}  // namespace

Result<Account> AccountOf(const OpenIdSettings& settings, const Claims& claims) {
  const OpenIdGrant* grant = GrantOf(settings, claims);
  if (grant == nullptr) return Status::Forbidden("none of the role claim's values is known here");
  std::string user = claims.First(settings.user_claim);
  if (!IsUserName(user) || claims.subject.size() > kSubjectBytesMax) {
    return Status::Forbidden("the user claim is absent, or no user name");
  }
  Account account;
  account.set_user(user);
  account.set_role(std::string(NameOf(grant->role)));
  account.set_team(grant->team.empty() && !settings.team_claim.empty()
                       ? claims.First(settings.team_claim)
                       : grant->team);
  if (grant->role == Role::kWorker && account.team().empty()) {
    return Status::Forbidden("a wijkteamlid without a team");
  }
  if (account.team().size() > kTeamBytesMax) return Status::Forbidden("the team claim is too long");
  account.mutable_municipalities()->Assign(grant->municipalities.begin(),
                                           grant->municipalities.end());
  std::string name = claims.First(settings.name_claim);
  if (name.size() <= kNameBytesMax && !FindInvalidUtf8(name)) account.set_name(name);
  std::string mail = claims.First(settings.mail_claim);
  if (IsMailAddress(mail)) account.set_mail(mail);
  account.set_provider_subject(settings.issuer + " " + claims.subject);
  return account;
}

}  // namespace vroegsein
