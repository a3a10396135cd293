#include "store/kafka/checkpoints.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "store/keys.h"

namespace vroegsein {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kBusy = "bezig";
// The last one may be removed by whoever makes new ones, while it is being copied.
constexpr int kTries = 3;
constexpr size_t kNameSize = 20;
constexpr std::chrono::hours kBusyMax{24};

Status OfDisk(const std::string& what, const std::error_code& error) {
  if (!error) return Status::Ok();
  StatusCode code =
      error == std::errc::no_space_on_device ? StatusCode::kExhausted : StatusCode::kUnavailable;
  return Status(code, what + ": " + error.message());
}

// A file or a folder.
Status Sync(const fs::path& path) {
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  int failed = file < 0 || ::fsync(file) != 0 ? errno : 0;
  if (file >= 0) ::close(file);
  return OfDisk("sync " + path.string(), {failed, std::generic_category()});
}

// What is in a folder; nothing where there is none. A disk of the network may falter at each step,
// and then a loop over the iterator throws.
Result<std::vector<fs::path>> ListOf(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::directory_iterator at(folder, error);
  if (error == std::errc::no_such_file_or_directory) return found;
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    found.push_back(at->path());
  }
  if (error) return OfDisk("list " + folder.string(), error);
  return found;
}

// Durably: what is read from there later is whole.
Status CopyFolder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::remove_all(to, error);
  fs::create_directories(to, error);
  auto files = ListOf(from);
  if (!files.ok()) return files.status();
  for (const fs::path& file : *files) {
    fs::path target = to / file.filename();
    fs::copy_file(file, target, error);
    VROEGSEIN_RETURN_IF_ERROR(OfDisk("copy " + file.string(), error));
    VROEGSEIN_RETURN_IF_ERROR(Sync(target));
  }
  return Sync(to);
}

// A copy that was begun, and nobody has gone on with for a day: whoever made it is gone, and there
// are residents in it.
bool IsLeftBehind(const fs::path& path) {
  if (!path.filename().string().starts_with(kBusy)) return false;
  std::error_code error;
  auto last = fs::last_write_time(path, error);
  if (error) return false;
  auto within = fs::last_write_time(path / "db", error);
  if (!error) last = std::max(last, within);
  return fs::file_time_type::clock::now() - last > kBusyMax;
}

Status Rename(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  VROEGSEIN_RETURN_IF_ERROR(OfDisk("rename to " + to.string(), error));
  return Sync(to.parent_path());
}

}  // namespace

Checkpoints::Checkpoints(const std::string& map, uint32_t partition, const std::string& node)
    : folder_(fmt::format("{}/{:03}", map, partition)),
      busy_(fmt::format("{}/{}-{}", folder_, kBusy, node)) {}

std::string Checkpoints::PathOf(uint64_t offset) const {
  return fmt::format("{}/{:020}", folder_, offset);
}

Result<std::vector<uint64_t>> Checkpoints::Known() const {
  std::vector<uint64_t> known;
  auto found = ListOf(folder_);
  if (!found.ok()) return found.status();
  for (const fs::path& path : *found) {
    std::string name = path.filename();
    uint64_t offset = 0;
    auto [stop, wrong] = std::from_chars(name.data(), name.data() + name.size(), offset);
    bool whole = wrong == std::errc() && stop == name.data() + name.size();
    if (whole && name.size() == kNameSize) known.push_back(offset);
  }
  std::sort(known.begin(), known.end());
  return known;
}

Result<bool> Checkpoints::Make(Database* database) {
  auto applied = database->Get(keys::AppliedOffset());
  if (!applied.ok()) return applied.status();
  if (!applied->has_value()) return false;
  auto known = Known();
  if (!known.ok()) return known.status();
  uint64_t offset = keys::DecodeU64(**applied);
  if (!known->empty() && known->back() >= offset) return false;
  std::error_code error;
  fs::path busy = busy_;
  fs::remove_all(busy, error);
  fs::create_directories(busy, error);
  VROEGSEIN_RETURN_IF_ERROR(OfDisk("make " + busy.string(), error));
  // It holds what was asked for, or a little more: what it was named after is a lower bound.
  VROEGSEIN_RETURN_IF_ERROR(database->CopyTo((busy / "db").string()));
  VROEGSEIN_RETURN_IF_ERROR(Sync(busy));
  VROEGSEIN_RETURN_IF_ERROR(Rename(busy, PathOf(offset)));
  VROEGSEIN_RETURN_IF_ERROR(RemoveOld());
  return true;
}

Status Checkpoints::RemoveOld() const {
  auto known = Known();
  if (!known.ok()) return known.status();
  std::error_code error;
  for (size_t i = 0; i + kKept < known->size(); ++i) fs::remove_all(PathOf((*known)[i]), error);
  auto found = ListOf(folder_);
  if (!found.ok()) return found.status();
  for (const fs::path& path : *found) {
    if (IsLeftBehind(path)) fs::remove_all(path, error);
  }
  return OfDisk("remove old checkpoints", error);
}

Result<uint64_t> Checkpoints::Restore(const std::string& folder) const {
  std::error_code error;
  fs::path database = fs::path(folder) / "db";
  if (fs::exists(database / "CURRENT", error)) return uint64_t{0};
  fs::path busy = fs::path(folder) / "db.herstel";
  auto copied = CopyLast(busy);
  for (int i = 1; i < kTries && !copied.ok(); ++i) copied = CopyLast(busy);
  if (!copied.ok() || *copied == 0) return copied;
  fs::permissions(folder, fs::perms::owner_all, error);
  fs::remove_all(database, error);
  VROEGSEIN_RETURN_IF_ERROR(Rename(busy, database));
  return copied;
}

// 0 when there is none.
Result<uint64_t> Checkpoints::CopyLast(const std::string& to) const {
  auto known = Known();
  if (!known.ok()) return known.status();
  if (known->empty()) return uint64_t{0};
  VROEGSEIN_RETURN_IF_ERROR(CopyFolder(fs::path(PathOf(known->back())) / "db", to));
  return known->back();
}

}  // namespace vroegsein
