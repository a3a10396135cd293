// MailSettings: the mail server of the installation, and who gets the daily digest when. Values.
#pragma once

#include <chrono>
#include <set>
#include <string>

#include "alerts/access/role.h"
#include "alerts/outgoing/transfer.h"

namespace vroegsein {

struct MailSettings {
  MailServer server;  // host empty: no mail is sent
  std::string from;
  std::string desk;                   // where the link goes
  std::chrono::minutes time{7 * 60};  // of the day, in Amsterdam
  std::set<Role> roles = {Role::kWorker, Role::kCoordinator};
};

// Good enough to hand to a mail server: one @, and nothing in it that could begin another line or
// another address.
bool IsMailAddress(std::string_view text);

}  // namespace vroegsein
