// `vroegsein users`: the local accounts of a data folder; a server that runs sees each change.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>

#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "alerts/session/accounts.h"
#include "alerts/session/password.h"
#include "alerts/settings/mail_settings.h"

namespace vroegsein {
namespace {

struct UserOptions {
  std::string data;
  std::string config;
  std::string user;
  std::string role;
  std::string team;
  std::string name;
  std::string mail;
  std::vector<std::string> municipalities;
  bool from_stdin = false;
};

// From stdin, or a random one that is printed once and kept nowhere.
Result<std::string> NewPassword(const UserOptions& options, const Machine& machine) {
  if (!options.from_stdin) {
    std::string password = MakePassword(machine.chance(kRandomPasswordBytes));
    std::printf("wachtwoord: %s\n", password.c_str());
    return password;
  }
  std::string password;
  std::getline(std::cin, password);
  password.erase(password.find_last_not_of(" \r\t") + 1);
  if (password.size() >= kPasswordCharsMin && password.size() <= kPasswordCharsMax) return password;
  return Status::Invalid("a password has " + std::to_string(kPasswordCharsMin) + " to " +
                         std::to_string(kPasswordCharsMax) + " characters");
}

// Names what is not in the installation, so that nobody wonders at an empty list.
Status CheckPlace(const Installation& installation, UserOptions* options) {
  if (options->municipalities.empty()) {
    for (const auto& config : installation.municipalities) {
      options->municipalities.push_back(config.settings.code());
    }
  }
  bool team_known = options->team.empty();
  for (const std::string& code : options->municipalities) {
    const MunicipalityConfig* config = installation.FindMunicipality(code);
    if (config == nullptr) return Status::Invalid("there is no municipality " + code);
    const auto& teams = config->settings.teams();
    team_known = team_known || std::any_of(teams.begin(), teams.end(), [&](const Team& team) {
                   return team.code() == options->team;
                 });
  }
  return team_known ? Status::Ok() : Status::Invalid("there is no team " + options->team);
}

Status CheckNew(UserOptions* options) {
  if (!IsUserName(options->user)) {
    return Status::Invalid("a user name has letters, digits, and . - _ @, 64 at most");
  }
  if (!options->mail.empty() && !IsMailAddress(options->mail)) {
    return Status::Invalid("--mail: that is no mail address");
  }
  auto role = RoleOf(options->role);
  if (!role) {
    return Status::Invalid(
        "a role is wijkteamlid, coordinator, manager, partner, privacy-officer or beheerder");
  }
  if (role == Role::kWorker && options->team.empty()) {
    return Status::Invalid("a wijkteamlid has a team: --team");
  }
  auto installation = ReadInstallation(options->config);
  return installation.ok() ? CheckPlace(*installation, options) : installation.status();
}

int Say(const Status& status) { return status.ok() ? 0 : Fail(status); }

int AddUser(UserOptions* options, const Machine& machine) {
  Status right = CheckNew(options);
  if (!right.ok()) return Fail(right);
  Account account;
  account.set_user(options->user);
  account.set_name(options->name);
  account.set_role(options->role);
  account.set_mail(options->mail);
  account.set_team(options->team);
  account.mutable_municipalities()->Assign(options->municipalities.begin(),
                                           options->municipalities.end());
  account.set_changed_ms(MillisOf(machine.now()));
  return Say(ChangeAccounts(options->data, [&](Accounts* accounts) {
    if (FindAccount(accounts, options->user) != nullptr) {
      return Status::Invalid("that account is there already");
    }
    auto password = NewPassword(*options, machine);
    if (!password.ok()) return password.status();
    account.set_password(HashPassword(*password, machine.chance(kPasswordSaltBytes)));
    *accounts->add_accounts() = account;
    return Status::Ok();
  }));
}

int ChangePassword(const UserOptions& options, const Machine& machine) {
  return Say(ChangeAccounts(options.data, [&](Accounts* accounts) {
    Account* account = FindAccount(accounts, options.user);
    if (account == nullptr) return Status::NotFound("there is no such account");
    if (!account->provider_subject().empty()) {
      return Status::Invalid("it signs in at the municipality's own provider, without a password");
    }
    auto password = NewPassword(options, machine);
    if (!password.ok()) return password.status();
    account->set_password(HashPassword(*password, machine.chance(kPasswordSaltBytes)));
    account->set_changed_ms(std::max(MillisOf(machine.now()), account->changed_ms() + 1));
    return Status::Ok();
  }));
}

// Where the digest goes says nothing of who may do what: nobody is signed out.
int ChangeMail(const UserOptions& options) {
  if (!options.mail.empty() && !IsMailAddress(options.mail)) {
    return Fail(Status::Invalid("that is no mail address"));
  }
  return Say(ChangeAccounts(options.data, [&](Accounts* accounts) {
    Account* account = FindAccount(accounts, options.user);
    if (account == nullptr) return Status::NotFound("there is no such account");
    account->set_mail(options.mail);
    return Status::Ok();
  }));
}

int RemoveUser(const UserOptions& options) {
  return Say(ChangeAccounts(options.data, [&](Accounts* accounts) {
    auto* all = accounts->mutable_accounts();
    for (int i = 0; i < all->size(); ++i) {
      if (all->Get(i).user() != options.user) continue;
      all->DeleteSubrange(i, 1);
      return Status::Ok();
    }
    return Status::NotFound("there is no such account");
  }));
}

int ListUsers(const UserOptions& options) {
  auto accounts = ReadAccounts(options.data);
  if (!accounts.ok()) return Fail(accounts.status());
  for (const Account& account : accounts->accounts()) {
    std::string where;
    for (const std::string& code : account.municipalities())
      where += (where.empty() ? "" : ",") + code;
    std::printf("%s\t%s\t%s\t%s\t%s\n", account.user().c_str(), account.role().c_str(),
                account.team().c_str(), where.c_str(), account.name().c_str());
  }
  return 0;
}

}  // namespace

void RegisterUsers(CLI::App& app, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<UserOptions>();
  CLI::App* users = app.add_subcommand("users", "The people who sign in with a password");
  users->require_subcommand(1);
  auto verb = [&](const char* name, const char* what) {
    CLI::App* made = users->add_subcommand(name, what);
    made->add_option("--data", options->data, "The data folder")->required();
    return made;
  };
  auto named = [&](CLI::App* made) {
    made->add_option("NAME,--name", options->user, "The name to sign in with")->required();
  };
  auto password = [&](CLI::App* made) {
    made->add_flag("--password-stdin", options->from_stdin,
                   "Read the password from stdin; else a random one is made and printed");
  };
  CLI::App* add = verb("add", "A new account; prints its password");
  named(add);
  password(add);
  add->add_option("--role", options->role,
                  "wijkteamlid, coordinator, manager, partner, privacy-officer or beheerder")
      ->required();
  add->add_option("--team", options->team,
                  "The one team it may see; of a coordinator: default all");
  add->add_option("--municipality", options->municipalities, "Gemeentecodes; default: all");
  add->add_option("--display", options->name, "The name that colleagues see");
  add->add_option("--mail", options->mail, "The mail address for the daily digest");
  add->add_option("--config", options->config, "The configuration file; default: the demo's");
  add->callback([options, &machine, exit_code] { *exit_code = AddUser(options.get(), machine); });
  CLI::App* change = verb("password", "Another password; whoever is signed in is signed out");
  named(change);
  password(change);
  change->callback(
      [options, &machine, exit_code] { *exit_code = ChangePassword(*options, machine); });
  CLI::App* mail = verb("mail", "Another mail address for the daily digest; none: no digest");
  named(mail);
  mail->add_option("ADDRESS", options->mail, "Absent: none");
  mail->callback([options, exit_code] { *exit_code = ChangeMail(*options); });
  CLI::App* remove = verb("remove", "Removes an account and signs it out");
  named(remove);
  remove->callback([options, exit_code] { *exit_code = RemoveUser(*options); });
  CLI::App* list = verb("list", "User, role, team, municipalities and name, a line each");
  list->callback([options, exit_code] { *exit_code = ListUsers(*options); });
}

}  // namespace vroegsein
