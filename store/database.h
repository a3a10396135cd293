// Database: the one place that talks to RocksDB.
//
// It owns the handle of one data folder and a lock on it: a second process that opens the same
// folder gets kUnavailable with a sentence that says so. Durability: when Commit() returns ok, the
// batch is on disk, whole; when it does not, the folder may hold the batch or not, and nothing in
// between, and every later call fails with the first failure: whoever gets kDataLoss or kExhausted
// here stops the process.
//
// Threads: Commit() from one thread; Get(), Scan() and Snapshot reads from any.
// Missing is not an error: Get() returns nullopt.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/status.h"

namespace rocksdb {
class Env;
class WriteBatch;
}  // namespace rocksdb

namespace vroegsein {

struct DatabaseOptions {
  // Where blocks of the files are cached, in bytes. REQUIRES: at least 1 MiB.
  size_t block_cache_bytes = 64u << 20;
  // Memory for what is not yet in a file, in bytes. REQUIRES: at least 1 MiB.
  size_t write_buffer_bytes = 16u << 20;
  // How many files of what was just written gather before they are merged with the rest: with more
  // it is rewritten less often, and a read looks in more of them. REQUIRES: at least 2.
  int files_before_merge = 4;
  // Disk and clock of RocksDB; nullptr is the machine's own. Tests hand in one that fails.
  rocksdb::Env* env = nullptr;
  // Off only where nobody is owed what was written last: a scratch folder (replay, tests of
  // something else), or what is read again elsewhere.
  bool sync = true;
  // Refuse to make a folder that is not there yet.
  bool must_exist = false;
};

// A set of changes that reach the disk together or not at all. Movable; not thread safe.
class Batch {
 public:
  Batch();
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;

  void Put(std::string_view key, std::string_view value);
  void Delete(std::string_view key);
  // Every key from `begin` up to, not including, `end`. REQUIRES: keys of the log (database.cpp).
  void DeleteRange(std::string_view begin, std::string_view end);
  size_t bytes() const;
  void Clear();

 private:
  friend class Database;
  std::unique_ptr<rocksdb::WriteBatch> batch_;
  // Of the indexes; nullopt: gone. Apart until Commit(), which knows where they belong.
  std::vector<std::pair<std::string, std::optional<std::string>>> index_;
};

class Database {
 public:
  // Failures: kUnavailable when another process has the folder, kNotFound when it must exist and
  // does not, kDataLoss when it cannot be read or was written by a newer version.
  static Result<std::unique_ptr<Database>> Open(const std::string& folder,
                                                const DatabaseOptions& options);
  virtual ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  virtual Result<std::optional<std::string>> Get(std::string_view key) const;

  // Those of the keys that are not there, in order: cheaper than to ask for one after the other.
  // REQUIRES: sorted.
  Result<std::vector<std::string>> Missing(std::vector<std::string> keys) const;

  // Calls `each(key, value)` for every key in [begin, end) in order until it returns false. All
  // calls see one moment. The views live only during the call.
  using Each = std::function<bool(std::string_view key, std::string_view value)>;
  virtual Status Scan(std::string_view begin, std::string_view end, const Each& each) const;

  Status Commit(Batch* batch);

  // Writes everything to files and rewrites them, so that no deleted byte is left in them, and
  // drops the write-ahead log. Takes time in proportion to the data. A failure is for good, as of
  // Commit().
  Status RewriteFiles();

  // A copy of what is committed now, at `folder`, which is not there yet: by links where that is on
  // the same disk. Threads: any. Errors: of the disk; the database itself goes on.
  Status CopyTo(const std::string& folder) const;

  const std::string& folder() const { return folder_; }
  // For metrics: bytes of the data files.
  virtual uint64_t ApproximateBytes() const;
  // How many entries the indexes have, more or less: one that was written again may count twice.
  uint64_t ApproximateIndexKeys() const;
  // What of the block cache is in use.
  uint64_t CachedBytes() const;

 protected:
  // For what reads other folders as if they were one: nothing can be written to it.
  Database();

 private:
  struct Handle;
  Database(std::string folder, std::unique_ptr<Handle> handle, bool sync);

  Status RewriteEachFile();

  std::string folder_;
  std::unique_ptr<Handle> handle_;
  bool sync_ = true;
  Status broken_;
};

}  // namespace vroegsein
