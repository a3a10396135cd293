#include "alerts/access/role.h"

namespace vroegsein {

std::string_view NameOf(Role role) {
  switch (role) {
    case Role::kPartner: return "partner";
    case Role::kWorker: return "wijkteamlid";
    case Role::kCoordinator: return "coordinator";
    case Role::kManager: return "manager";
    case Role::kPrivacyOfficer: return "privacy-officer";
    case Role::kAdministrator: return "beheerder";
  }
  return "";
}

std::optional<Role> RoleOf(std::string_view name) {
  for (Role role : {Role::kPartner, Role::kWorker, Role::kCoordinator, Role::kManager,
                    Role::kPrivacyOfficer, Role::kAdministrator}) {
    if (NameOf(role) == name) return role;
  }
  return std::nullopt;
}

}  // namespace vroegsein
