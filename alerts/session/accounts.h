// Accounts: who signs in with a password. They live in DATA/gebruikers.json, readable for the owner
// only, apart from the state of the desk; `vroegsein users` changes the file, also while a server
// runs.
//
// AccountBook is the server's view of it: it looks at every call whether the file has changed.
// Threads: any. Errors: of the file; kInvalid when it is not ours to read.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "alerts/session/account.pb.h"
#include "alerts/settings/installation.h"
#include "ingest/status.h"

namespace vroegsein {

inline constexpr size_t kAccountsMax = 20'000;
inline constexpr size_t kUserCharsMax = 64;

// Letters, digits, `.`, `-`, `_` and `@`: it stands in logs, paths and headers.
bool IsUserName(std::string_view text);

// Missing is an empty list.
Result<Accounts> ReadAccounts(const std::string& data_folder);

// Changes the list under a lock that other processes heed, and replaces the file whole.
Status ChangeAccounts(const std::string& data_folder,
                      const std::function<Status(Accounts*)>& change);

Account* FindAccount(Accounts* accounts, std::string_view user);

struct KnownAccount {
  Identity identity;
  std::string name;
  std::string password;
  std::string mail;          // empty: none
  bool at_provider = false;  // signs in at the municipality's own provider, and not here
  int64_t changed_ms = 0;
};

class AccountBook {
 public:
  using People = std::map<std::string, KnownAccount, std::less<>>;

  explicit AccountBook(std::string data_folder) : data_folder_(std::move(data_folder)) {}

  // Everybody, by user, as the file is now. A file that cannot be read any more gives nobody:
  // who cannot be checked does not come in.
  std::shared_ptr<const People> Read();

 private:
  const std::string data_folder_;
  std::mutex mutex_;
  std::string stamp_;  // of the file that people_ was read from
  std::shared_ptr<const People> people_;
};

}  // namespace vroegsein
