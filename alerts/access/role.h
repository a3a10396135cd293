// Role: what somebody is here for. The API's table of routes says what each may do.
#pragma once

#include <optional>
#include <string_view>

namespace vroegsein {

enum class Role { kPartner, kWorker, kCoordinator, kManager, kPrivacyOfficer, kAdministrator };

// In the words of the configuration file.
std::string_view NameOf(Role role);
std::optional<Role> RoleOf(std::string_view name);

}  // namespace vroegsein
