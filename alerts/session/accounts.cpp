#include "alerts/session/accounts.h"

#include <fcntl.h>
#include <google/protobuf/util/json_util.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace vroegsein {
namespace {

constexpr uint32_t kAccountsVersion = 1;

std::string PathIn(const std::string& data_folder) { return data_folder + "/gebruikers.json"; }

Status Failure(const std::string& path) {
  StatusCode code = errno == ENOSPC ? StatusCode::kExhausted : StatusCode::kUnavailable;
  return {code, "accounts " + path + ": " + std::strerror(errno)};
}

// Held while one process changes the file.
class FileLock {
 public:
  explicit FileLock(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    held_ = file_ >= 0 && ::flock(file_, LOCK_EX) == 0;
  }
  ~FileLock() {
    if (file_ >= 0) ::close(file_);
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  bool held() const { return held_; }

 private:
  int file_;
  bool held_ = false;
};

bool WriteWhole(int file, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = ::write(file, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<size_t>(written));
  }
  return ::fsync(file) == 0;
}

// Whole or not at all.
Status Replace(const std::string& path, const std::string& text) {
  std::string fresh = path + ".nieuw";
  int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return Failure(fresh);
  bool written = WriteWhole(file, text);
  ::close(file);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) return Failure(path);
  return Status::Ok();
}

// Changes whenever the file is replaced.
std::string StampOf(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return "none";
  return std::to_string(found.st_ino) + "." + std::to_string(found.st_mtim.tv_sec) + "." +
         std::to_string(found.st_mtim.tv_nsec) + "." + std::to_string(found.st_size);
}

KnownAccount Known(const Account& account, Role role) {
  KnownAccount known;
  known.identity.name = account.user();
  known.identity.role = role;
  known.identity.team = account.team();
  known.identity.municipalities.assign(account.municipalities().begin(),
                                       account.municipalities().end());
  known.name = account.name().empty() ? account.user() : account.name();
  known.password = account.password();
  known.mail = account.mail();
  known.at_provider = !account.provider_subject().empty();
  known.changed_ms = account.changed_ms();
  return known;
}

}  // namespace

bool IsUserName(std::string_view text) {
  constexpr std::string_view kSigns = ".-_@";
  return !text.empty() && text.size() <= kUserCharsMax &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  kSigns.find(c) != std::string_view::npos;
         });
}

Result<Accounts> ReadAccounts(const std::string& data_folder) {
  std::ifstream file(PathIn(data_folder), std::ios::binary);
  Accounts accounts;
  accounts.set_version(kAccountsVersion);
  if (!file) return accounts;
  std::ostringstream text;
  text << file.rdbuf();
  bool read = google::protobuf::util::JsonStringToMessage(text.str(), &accounts).ok();
  if (!read || accounts.version() != kAccountsVersion) {
    return Status::Invalid("accounts " + PathIn(data_folder) + ": not a list of this version");
  }
  return accounts;
}

Status ChangeAccounts(const std::string& data_folder,
                      const std::function<Status(Accounts*)>& change) {
  if (::mkdir(data_folder.c_str(), 0700) != 0 && errno != EEXIST) return Failure(data_folder);
  FileLock lock(data_folder + "/gebruikers.slot");
  if (!lock.held()) return Failure(data_folder + "/gebruikers.slot");
  auto accounts = ReadAccounts(data_folder);
  if (!accounts.ok()) return accounts.status();
  VROEGSEIN_RETURN_IF_ERROR(change(&*accounts));
  if (static_cast<size_t>(accounts->accounts_size()) > kAccountsMax) {
    return Status::Exhausted("there is room for " + std::to_string(kAccountsMax) + " accounts");
  }
  std::sort(accounts->mutable_accounts()->begin(), accounts->mutable_accounts()->end(),
            [](const Account& a, const Account& b) { return a.user() < b.user(); });
  std::string text;
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  bool written = google::protobuf::util::MessageToJsonString(*accounts, &text, options).ok();
  VROEGSEIN_CHECK(written);
  return Replace(PathIn(data_folder), text);
}

Account* FindAccount(Accounts* accounts, std::string_view user) {
  for (Account& account : *accounts->mutable_accounts()) {
    if (account.user() == user) return &account;
  }
  return nullptr;
}

std::shared_ptr<const AccountBook::People> AccountBook::Read() {
  std::string stamp = StampOf(PathIn(data_folder_));
  std::lock_guard lock(mutex_);
  if (people_ != nullptr && stamp == stamp_) return people_;
  auto people = std::make_shared<People>();
  auto accounts = ReadAccounts(data_folder_);
  if (accounts.ok()) {
    for (const Account& account : accounts->accounts()) {
      auto role = RoleOf(account.role());
      if (role) people->emplace(account.user(), Known(account, *role));
    }
  }
  stamp_ = std::move(stamp);
  people_ = std::move(people);
  return people_;
}

}  // namespace vroegsein
