#include "alerts/access/demo_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "alerts/access/key.h"

namespace vroegsein {
namespace {

constexpr size_t kKeyFileBytesMax = 256;

Status FileFailure(const std::string& path) {
  StatusCode code = errno == ENOSPC ? StatusCode::kExhausted : StatusCode::kUnavailable;
  return {code, "key file " + path + ": " + std::strerror(errno)};
}

// Whole or not at all: a file that was cut off by a crash would be a key that opens nothing.
Status WriteKey(const std::string& path, const std::string& key) {
  std::string fresh = path + ".nieuw";
  int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return FileFailure(fresh);
  std::string text = key + "\n";
  bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                 ::fsync(file) == 0;
  ::close(file);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) return FileFailure(path);
  return Status::Ok();
}

// Empty when there is none yet.
Result<std::string> ReadKey(const std::string& path) {
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::string();
  if (file < 0) return FileFailure(path);
  char buffer[kKeyFileBytesMax];
  ssize_t size = ::read(file, buffer, sizeof buffer);
  ::close(file);
  if (size < 0) return FileFailure(path);
  std::string key(buffer, static_cast<size_t>(size));
  key.erase(key.find_last_not_of(" \r\n\t") + 1);
  return key;
}

}  // namespace

Result<std::string> UseDemoKeys(const std::string& data_folder,
                                const std::function<std::string(size_t)>& chance,
                                Installation* installation) {
  std::string folder = data_folder + "/sleutels";
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return FileFailure(folder);
  for (Identity& identity : installation->identities) {
    std::string path = folder + "/" + identity.name;
    auto key = ReadKey(path);
    if (!key.ok()) return key.status();
    if (key->empty()) {
      *key = MakeKey(chance(kKeyChanceBytes));
      VROEGSEIN_RETURN_IF_ERROR(WriteKey(path, *key));
    }
    identity.key_hashes.push_back(HashKey(*key));
  }
  return folder;
}

}  // namespace vroegsein
