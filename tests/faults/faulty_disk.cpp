#include "tests/faults/faulty_disk.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <vector>

#include "ingest/status.h"

namespace vroegsein::faults {
namespace {

namespace fs = std::filesystem;
using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

constexpr uint64_t kPageBytes = 512;

// Growing needs room; everything can be broken or without power.
enum class Call { kGrows, kOther };

// What happened to a name and is not durable until its folder is synced.
struct NameChange {
  enum Kind { kMade, kRenamed, kDeleted } kind;
  fs::path path;    // the name that came (made, renamed) or went (deleted)
  fs::path from;    // renamed: the name that it had
  fs::path before;  // renamed over, deleted: where the old file is kept; may be empty
};

struct Written {
  uint64_t synced = 0;
  uint64_t size = 0;
};

}  // namespace

// The memory of the disk; shared by every open file.
struct FaultyDisk::Parts {
  explicit Parts(uint64_t seed) : chance(seed) {}

  // To be asked before every call.
  IOStatus Before(Call call) {
    std::lock_guard lock(mutex);
    ++calls;
    if (fail_at == 0 || calls < fail_at) return IOStatus::OK();
    if (times > 0 && calls >= fail_at + times) return IOStatus::OK();
    if (fault == Fault::kNoSpace && call != Call::kGrows) return IOStatus::OK();
    failed = true;
    if (fault == Fault::kNoSpace) return IOStatus::NoSpace("No space left on device");
    if (fault == Fault::kInputOutput) return IOStatus::IOError("Input/output error");
    return IOStatus::IOError("the power is off");
  }

  void Note(NameChange change) {
    std::lock_guard lock(mutex);
    names.push_back(std::move(change));
  }

  // Keeps a file that is about to be deleted or replaced.
  fs::path Bury(const fs::path& path) {
    std::error_code none;
    if (!fs::is_regular_file(path, none)) return {};
    fs::path grave = path.string() + ".buried-" + std::to_string(++graves);
    fs::rename(path, grave, none);
    return grave;
  }

  void FolderSynced(const fs::path& folder) {
    std::lock_guard lock(mutex);
    std::vector<NameChange> left;
    for (NameChange& change : names) {
      if (change.path.parent_path() != folder) {
        left.push_back(std::move(change));
      } else if (!change.before.empty()) {
        std::error_code none;
        fs::remove(change.before, none);
      }
    }
    names = std::move(left);
  }

  mutable std::mutex mutex;
  std::mt19937_64 chance;
  uint64_t calls = 0, fail_at = 0, times = 0, graves = 0;
  Fault fault = Fault::kPowerCut;
  bool failed = false;
  std::map<fs::path, Written> files;
  std::vector<NameChange> names;
  std::unique_ptr<rocksdb::Env> env;
};

namespace {

template <typename Disk>
class WatchedFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  WatchedFile(Disk* disk, fs::path path, std::unique_ptr<rocksdb::FSWritableFile>&& file)
      : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk), path_(std::move(path)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    IOStatus may = disk_->Before(Call::kGrows);
    // A full disk takes what fits.
    Slice part(data.data(), may.ok() ? data.size() : data.size() / 2);
    if (!may.ok() && !may.IsNoSpace()) return may;
    IOStatus done = FSWritableFileOwnerWrapper::Append(part, options, debug);
    if (done.ok()) {
      std::lock_guard lock(disk_->mutex);
      disk_->files[path_].size += part.size();
    }
    return may.ok() ? done : may;
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    uint64_t size = 0;
    {
      std::lock_guard lock(disk_->mutex);
      size = disk_->files[path_].size;
    }
    IOStatus may = disk_->Before(Call::kGrows);
    if (!may.ok()) return may;
    IOStatus done = FSWritableFileOwnerWrapper::Flush(options, debug);
    if (done.ok()) {
      std::lock_guard lock(disk_->mutex);
      disk_->files[path_].synced = size;
    }
    return done;
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }
  // Does not promise that anything is durable.
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override {
    return IOStatus::OK();
  }

 private:
  Disk* disk_;
  fs::path path_;
};

template <typename Disk>
class WatchedFolder : public rocksdb::FSDirectoryWrapper {
 public:
  WatchedFolder(Disk* disk, fs::path path, std::unique_ptr<rocksdb::FSDirectory>&& folder)
      : FSDirectoryWrapper(std::move(folder)), disk_(disk), path_(std::move(path)) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    IOStatus may = disk_->Before(Call::kOther);
    if (may.ok()) disk_->FolderSynced(path_);
    return may;
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions&) override {
    return Fsync(options, debug);
  }

 private:
  Disk* disk_;
  fs::path path_;
};

template <typename Disk>
class WatchedReader : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  WatchedReader(Disk* disk, std::unique_ptr<rocksdb::FSRandomAccessFile>&& file)
      : FSRandomAccessFileOwnerWrapper(std::move(file)), disk_(disk) {}

  IOStatus Read(uint64_t offset, size_t size, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* debug) const override {
    IOStatus may = disk_->Before(Call::kOther);
    if (!may.ok()) return may;
    return FSRandomAccessFileOwnerWrapper::Read(offset, size, options, result, scratch, debug);
  }

 private:
  Disk* disk_;
};

template <typename Disk>
class WatchedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit WatchedFileSystem(Disk* disk)
      : FileSystemWrapper(rocksdb::FileSystem::Default()), disk_(disk) {}
  const char* Name() const override { return "WatchedFileSystem"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* debug) override {
    IOStatus may = disk_->Before(Call::kGrows);
    if (!may.ok()) return may;
    fs::path before = disk_->Bury(path);
    IOStatus done = target()->NewWritableFile(path, options, file, debug);
    if (!done.ok()) return done;
    disk_->Note({NameChange::kMade, path, {}, before});
    {
      std::lock_guard lock(disk_->mutex);
      disk_->files[path] = Written();
    }
    *file = std::make_unique<WatchedFile<Disk>>(disk_, path, std::move(*file));
    return done;
  }
  IOStatus NewSequentialFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             IODebugContext* debug) override {
    IOStatus may = disk_->Before(Call::kOther);
    return may.ok() ? target()->NewSequentialFile(path, options, file, debug) : may;
  }
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                               IODebugContext* debug) override {
    IOStatus may = disk_->Before(Call::kOther);
    if (!may.ok()) return may;
    IOStatus done = target()->NewRandomAccessFile(path, options, file, debug);
    if (done.ok()) *file = std::make_unique<WatchedReader<Disk>>(disk_, std::move(*file));
    return done;
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* folder,
                        IODebugContext* debug) override {
    IOStatus done = target()->NewDirectory(path, options, folder, debug);
    if (done.ok()) *folder = std::make_unique<WatchedFolder<Disk>>(disk_, path, std::move(*folder));
    return done;
  }
  IOStatus CreateDir(const std::string& path, const IOOptions& options,
                     IODebugContext* debug) override {
    IOStatus may = disk_->Before(Call::kGrows);
    if (!may.ok()) return may;
    IOStatus done = target()->CreateDir(path, options, debug);
    if (done.ok()) disk_->Note({NameChange::kMade, path, {}, {}});
    return done;
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                              IODebugContext* debug) override {
    std::error_code none;
    return fs::is_directory(path, none) ? IOStatus::OK() : CreateDir(path, options, debug);
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    IOStatus may = disk_->Before(Call::kOther);
    if (!may.ok()) return may;
    std::error_code none;
    if (!fs::exists(path, none)) return IOStatus::PathNotFound(path);
    disk_->Note({NameChange::kDeleted, path, {}, disk_->Bury(path)});
    return IOStatus::OK();
  }
  IOStatus RenameFile(const std::string& from, const std::string& path, const IOOptions& options,
                      IODebugContext* debug) override {
    IOStatus may = disk_->Before(Call::kOther);
    if (!may.ok()) return may;
    fs::path before = disk_->Bury(path);
    IOStatus done = target()->RenameFile(from, path, options, debug);
    if (!done.ok()) return done;
    disk_->Note({NameChange::kRenamed, path, from, before});
    std::lock_guard lock(disk_->mutex);
    auto moved = disk_->files.extract(from);
    if (!moved.empty()) {
      disk_->files.erase(path);
      moved.key() = path;
      disk_->files.insert(std::move(moved));
    }
    return done;
  }
  IOStatus GetChildren(const std::string& folder, const IOOptions& options,
                       std::vector<std::string>* names, IODebugContext* debug) override {
    IOStatus done = target()->GetChildren(folder, options, names, debug);
    std::erase_if(
        *names, [](const std::string& name) { return name.find(".buried-") != std::string::npos; });
    return done;
  }

 private:
  Disk* disk_;
};

}  // namespace

FaultyDisk::FaultyDisk(uint64_t seed) : parts_(std::make_unique<Parts>(seed)) {
  parts_->env = rocksdb::NewCompositeEnv(std::make_shared<WatchedFileSystem<Parts>>(parts_.get()));
}
FaultyDisk::~FaultyDisk() = default;

rocksdb::Env* FaultyDisk::env() const { return parts_->env.get(); }

void FaultyDisk::FailAt(uint64_t call, Fault fault, uint64_t times) {
  std::lock_guard lock(parts_->mutex);
  parts_->fail_at = call;
  parts_->fault = fault;
  parts_->times = fault == Fault::kPowerCut ? 0 : times;
}

uint64_t FaultyDisk::calls() const {
  std::lock_guard lock(parts_->mutex);
  return parts_->calls;
}

bool FaultyDisk::failed() const {
  std::lock_guard lock(parts_->mutex);
  return parts_->failed;
}

namespace {

// What is on the disk of bytes that were never synced: nothing, a part, or all but some pages.
void LoseBytes(const fs::path& path, uint64_t synced, uint64_t size, std::mt19937_64* chance) {
  uint64_t unsynced = size - synced;
  switch ((*chance)() % 3) {
    case 0: fs::resize_file(path, synced); return;
    case 1: fs::resize_file(path, synced + (*chance)() % (unsynced + 1)); return;
    default: break;
  }
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  for (uint64_t at = synced; at < size; at += kPageBytes) {
    if ((*chance)() % 2 == 0) continue;
    std::string nothing(std::min(kPageBytes, size - at), '\0');
    file.seekp(static_cast<std::streamoff>(at));
    file.write(nothing.data(), static_cast<std::streamsize>(nothing.size()));
  }
}

void Undo(const NameChange& change) {
  std::error_code none;
  if (change.kind == NameChange::kRenamed) fs::rename(change.path, change.from, none);
  if (change.kind == NameChange::kMade) fs::remove_all(change.path, none);
  if (!change.before.empty()) fs::rename(change.before, change.path, none);
}

}  // namespace

void FaultyDisk::LosePower() {
  std::lock_guard lock(parts_->mutex);
  for (const auto& [path, written] : parts_->files) {
    std::error_code none;
    if (!fs::is_regular_file(path, none) || written.synced >= written.size) continue;
    LoseBytes(path, written.synced, std::min<uint64_t>(written.size, fs::file_size(path)),
              &parts_->chance);
  }
  size_t kept = parts_->names.empty() ? 0 : parts_->chance() % (parts_->names.size() + 1);
  for (size_t i = parts_->names.size(); i > kept; --i) Undo(parts_->names[i - 1]);
  for (size_t i = 0; i < kept; ++i) {
    std::error_code none;
    if (!parts_->names[i].before.empty()) fs::remove(parts_->names[i].before, none);
  }
  parts_->names.clear();
}

}  // namespace vroegsein::faults
