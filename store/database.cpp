#include "store/database.h"

#include <fcntl.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/snapshot.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstring>
#include <filesystem>

#include "store/keys.h"
#include "store/rocksdb_status.h"

namespace vroegsein {
namespace {

constexpr int kBloomBitsPerKey = 10;
constexpr int kOpenFilesMax = 256;

rocksdb::Slice SliceOf(std::string_view text) { return {text.data(), text.size()}; }
std::string_view ViewOf(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// RocksDB's diary is a file beside the data. On a full disk its second failing line ends the
// process in an assertion, before we have said why we stop; and it can name keys, which hold
// addresses. What matters comes back as a status.
class NoDiary final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// The kind of a key, for the memtable's hint of where the next key of that kind goes. Not for the
// log: a hint is shared with the table of deleted ranges and breaks it (RocksDB pull request 12558;
// 7.8 is without it), and only the log is deleted in ranges. Its keys come in order anyway.
class KindOfState final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "vroegsein.KindOfState"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override { return {key.data(), 1}; }
  bool InDomain(const rocksdb::Slice& key) const override {
    return !key.empty() && key[0] != keys::kLogKind;
  }
};

constexpr char kIndexFamily[] = "index";

// Nearly half of all puts are entries of an index: small, under hashes, in no order that a list
// could use. They gather in a plain row that is sorted once, when it goes to a file. Asking such a
// row for a key that it has sorts a copy of it; State asks for none that it wrote lately.
constexpr size_t kIndexShare = 8;  // of the memory for what is not yet in a file

rocksdb::ColumnFamilyOptions IndexOptions(rocksdb::ColumnFamilyOptions family,
                                          size_t buffer_bytes) {
  family.write_buffer_size = buffer_bytes / kIndexShare;
  family.memtable_factory = std::make_shared<rocksdb::VectorRepFactory>();
  family.memtable_insert_with_hint_prefix_extractor = nullptr;
  return family;
}

rocksdb::Options RocksOptions(const DatabaseOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  table.cache_index_and_filter_blocks = true;
  // Counted in the cache, and never looked up in it: every Get asks several of them.
  table.metadata_cache_options.unpartitioned_pinning = rocksdb::PinningTier::kAll;
  table.block_size = 8u << 10;
  table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;

  rocksdb::Options rocks;
  if (options.env != nullptr) rocks.env = options.env;
  rocks.create_if_missing = !options.must_exist;
  rocks.create_missing_column_families = true;
  // One writes at a time (Commit()), and a plain row takes no more.
  rocks.allow_concurrent_memtable_write = false;
  rocks.paranoid_checks = true;
  rocks.max_open_files = kOpenFilesMax;
  rocks.write_buffer_size = options.write_buffer_bytes - options.write_buffer_bytes / kIndexShare;
  rocks.max_write_buffer_number = 3;
  rocks.level0_file_num_compaction_trigger = options.files_before_merge;
  // Most keys that a step asks for are new: say so without a walk through the memtable.
  rocks.memtable_prefix_bloom_size_ratio = 0.1;
  rocks.memtable_whole_key_filtering = true;
  // A batch comes in the order of its keys: within a kind each place is near the one before it.
  rocks.memtable_insert_with_hint_prefix_extractor = std::make_shared<KindOfState>();
  rocks.max_background_jobs = 2;
  // What was just written is rewritten soon: not worth packing yet.
  rocks.compression_per_level = {rocksdb::kNoCompression, rocksdb::kLZ4Compression};
  rocks.compaction_style = rocksdb::kCompactionStyleLevel;
  rocks.level_compaction_dynamic_level_bytes = true;
  rocks.info_log = std::make_shared<NoDiary>();
  // Every change of the set of files starts a new manifest: an old one names the first and last key
  // of files that are gone, and a key can be an address (RewriteFiles() relies on this).
  rocks.max_manifest_file_size = 1;
  rocks.avoid_flush_during_shutdown = false;
  // After a power cut the end of the write-ahead log can be torn in any way, not only cut short:
  // pages of the last write, which nobody was answered about, may be missing in its middle.
  rocks.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  rocks.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return rocks;
}

Status OfAnotherVersion(const std::string& folder) {
  return Status::DataLoss("the data folder " + folder +
                          " was written by another version of vroegsein");
}

// A folder without the family of the indexes is of before there was one, and opening it would
// change it; or its first opening was cut off before anything was in it.
Status RefuseOlder(const rocksdb::Options& rocks, const std::string& folder) {
  std::vector<std::string> families;
  auto listed = rocksdb::DB::ListColumnFamilies(rocks, folder + "/db", &families);
  bool older =
      listed.ok() && std::find(families.begin(), families.end(), kIndexFamily) == families.end();
  if (!older) return Status::Ok();
  rocksdb::DB* opened = nullptr;
  auto status = rocksdb::DB::OpenForReadOnly(rocks, folder + "/db", &opened);
  std::unique_ptr<rocksdb::DB> db(opened);
  std::string layout;
  if (status.ok()) status = db->Get(rocksdb::ReadOptions(), keys::Layout(), &layout);
  if (status.IsNotFound()) return Status::Ok();
  return status.ok() ? OfAnotherVersion(folder) : FromRocksDb(status).Within("open " + folder);
}

// A new folder's name is not on disk before the folder around it is synced; RocksDB does that for
// the files in its folder and not for the folder itself.
Status SyncFolder(rocksdb::Env* env, const std::string& folder) {
  std::unique_ptr<rocksdb::Directory> directory;
  auto status = env->NewDirectory(folder, &directory);
  if (status.ok()) status = directory->Fsync();
  return FromRocksDb(status).Within("sync the folder " + folder);
}

// Makes `folder` and what is missing above it, durably.
Status MakeFolder(rocksdb::Env* env, const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return Status::Ok();
  std::filesystem::path parent = std::filesystem::absolute(folder).parent_path();
  VROEGSEIN_RETURN_IF_ERROR(MakeFolder(env, parent));
  auto made = env->CreateDirIfMissing(folder.string());
  if (!made.ok()) return FromRocksDb(made).Within("make the data folder " + folder.string());
  return SyncFolder(env, parent.string());
}

// A lock file of our own beside RocksDB's, so that the sentence about it is ours.
Result<int> LockFolder(const std::string& folder) {
  std::string path = folder + "/in-gebruik";
  int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    StatusCode code = errno == ENOSPC ? StatusCode::kExhausted : StatusCode::kUnavailable;
    return Status(code, "open " + path + ": " + std::strerror(errno));
  }
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return file;
  ::close(file);
  return Status::Unavailable("the data folder " + folder +
                             " is in use by another vroegsein process (a running server?); "
                             "stop it first");
}

}  // namespace

Batch::Batch() : batch_(std::make_unique<rocksdb::WriteBatch>()) {}
Batch::~Batch() = default;
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;

void Batch::Put(std::string_view key, std::string_view value) {
  if (keys::IsIndex(key)) return void(index_.emplace_back(key, value));
  VROEGSEIN_CHECK(batch_->Put(SliceOf(key), SliceOf(value)).ok());
}
void Batch::Delete(std::string_view key) {
  if (keys::IsIndex(key)) return void(index_.emplace_back(key, std::nullopt));
  VROEGSEIN_CHECK(batch_->Delete(SliceOf(key)).ok());
}
void Batch::DeleteRange(std::string_view begin, std::string_view end) {
  VROEGSEIN_CHECK(!begin.empty() && begin[0] == keys::kLogKind);
  VROEGSEIN_CHECK(batch_->DeleteRange(SliceOf(begin), SliceOf(end)).ok());
}
size_t Batch::bytes() const {
  size_t bytes = batch_->GetDataSize();
  for (const auto& [key, value] : index_) bytes += key.size() + (value ? value->size() : 0);
  return bytes;
}
void Batch::Clear() {
  batch_->Clear();
  index_.clear();
}

struct Database::Handle {
  std::unique_ptr<rocksdb::DB> db;
  rocksdb::ColumnFamilyHandle* rest = nullptr;
  rocksdb::ColumnFamilyHandle* index = nullptr;
  int lock = -1;

  rocksdb::ColumnFamilyHandle* FamilyOf(std::string_view key) const {
    return keys::IsIndex(key) ? index : rest;
  }
  std::vector<rocksdb::ColumnFamilyHandle*> Families() const { return {rest, index}; }

  rocksdb::Status Open(const DatabaseOptions& options, const std::string& folder) {
    rocksdb::Options rocks = RocksOptions(options);
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    auto status =
        rocksdb::DB::Open(rocks, folder,
                          {{rocksdb::kDefaultColumnFamilyName, rocks},
                           {kIndexFamily, IndexOptions(rocks, options.write_buffer_bytes)}},
                          &handles, &opened);
    if (!status.ok()) return status;
    db.reset(opened);
    rest = handles.at(0);
    index = handles.at(1);
    return status;
  }
  rocksdb::Status Flush() const { return db->Flush(rocksdb::FlushOptions(), Families()); }

  ~Handle() {
    for (rocksdb::ColumnFamilyHandle* family : {rest, index}) {
      if (family != nullptr) db->DestroyColumnFamilyHandle(family);
    }
    db.reset();
    if (lock >= 0) ::close(lock);
  }
};

Database::Database(std::string folder, std::unique_ptr<Handle> handle, bool sync)
    : folder_(std::move(folder)), handle_(std::move(handle)), sync_(sync) {}
Database::Database() : broken_(Status::Internal("several folders as one cannot be written")) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::Open(const std::string& folder,
                                                 const DatabaseOptions& options) {
  rocksdb::Env* env = options.env != nullptr ? options.env : rocksdb::Env::Default();
  std::error_code error;
  bool exists = std::filesystem::exists(folder + "/db/CURRENT", error);
  if (!exists && options.must_exist) {
    return Status::NotFound("there is no data in the folder " + folder);
  }
  // A folder that was there already keeps the permissions that its owner gave it.
  bool made = !std::filesystem::exists(folder, error);
  VROEGSEIN_RETURN_IF_ERROR(MakeFolder(env, folder + "/db"));
  if (made) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  auto handle = std::make_unique<Handle>();
  auto lock = LockFolder(folder);
  if (!lock.ok()) return lock.status();
  handle->lock = *lock;
  if (exists) VROEGSEIN_RETURN_IF_ERROR(RefuseOlder(RocksOptions(options), folder));
  auto opened = handle->Open(options, folder + "/db");
  // RocksDB takes a file that cannot be opened for one without direct I/O, for which we never ask,
  // and swallows why. Asked again, it says what is the matter, or nothing is any more.
  if (opened.IsInvalidArgument()) opened = handle->Open(options, folder + "/db");
  if (!opened.ok()) return FromRocksDb(opened).Within("open the data folder " + folder);
  std::unique_ptr<Database> database(new Database(folder, std::move(handle), options.sync));
  auto layout = database->Get(keys::Layout());
  if (!layout.ok()) return layout.status();
  if (!layout->has_value()) {
    Batch first;
    first.Put(keys::Layout(), keys::EncodeU64(keys::kLayoutVersion));
    VROEGSEIN_RETURN_IF_ERROR(database->Commit(&first));
  } else if ((*layout)->size() != 8 || keys::DecodeU64(**layout) != keys::kLayoutVersion) {
    return OfAnotherVersion(folder);
  }
  return database;
}

Result<std::optional<std::string>> Database::Get(std::string_view key) const {
  std::string value;
  auto status =
      handle_->db->Get(rocksdb::ReadOptions(), handle_->FamilyOf(key), SliceOf(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return FromRocksDb(status).Within("read");
  return std::optional<std::string>(std::move(value));
}

Result<std::vector<std::string>> Database::Missing(std::vector<std::string> keys) const {
  VROEGSEIN_CHECK(handle_ != nullptr && std::none_of(keys.begin(), keys.end(), keys::IsIndex));
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  constexpr bool kSorted = true;
  handle_->db->MultiGet(rocksdb::ReadOptions(), handle_->rest, keys.size(), slices.data(),
                        values.data(), statuses.data(), kSorted);
  std::vector<std::string> missing;
  missing.reserve(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) {
      missing.push_back(std::move(keys[i]));
    } else if (!statuses[i].ok()) {
      return FromRocksDb(statuses[i]).Within("read");
    }
  }
  return missing;
}

Status Database::Scan(std::string_view begin, std::string_view end, const Each& each) const {
  // Where the range passes from one family into the other.
  std::vector<std::string> ends;
  for (const std::string& border : keys::IndexBorders()) {
    if (border > begin && border < end) ends.push_back(border);
  }
  ends.emplace_back(end);
  rocksdb::ReadOptions options;
  rocksdb::ManagedSnapshot moment(handle_->db.get());
  options.snapshot = moment.snapshot();
  bool more = true;
  for (std::string from(begin); const std::string& to : ends) {
    rocksdb::Slice upper = to;
    options.iterate_upper_bound = &upper;
    std::unique_ptr<rocksdb::Iterator> at(
        handle_->db->NewIterator(options, handle_->FamilyOf(from)));
    for (at->Seek(from); more && at->Valid(); at->Next()) {
      more = each(ViewOf(at->key()), ViewOf(at->value()));
    }
    if (!at->status().ok()) return FromRocksDb(at->status()).Within("scan");
    if (!more) break;
    from = to;
  }
  return Status::Ok();
}

Status Database::Commit(Batch* batch) {
  if (!broken_.ok()) return broken_;
  // Nobody reads what RocksDB counts for each thread, and it counts every comparison of two keys.
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
  rocksdb::WriteOptions options;
  options.sync = sync_;
  for (const auto& [key, value] : batch->index_) {
    auto added = value ? batch->batch_->Put(handle_->index, key, *value)
                       : batch->batch_->Delete(handle_->index, key);
    VROEGSEIN_CHECK(added.ok());
  }
  broken_ = FromRocksDb(handle_->db->Write(options, batch->batch_.get())).Within("write");
  batch->Clear();
  return broken_;
}

Status Database::RewriteFiles() {
  if (!broken_.ok()) return broken_;
  broken_ = RewriteEachFile();
  return broken_;
}

Status Database::RewriteEachFile() {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  options.exclusive_manual_compaction = true;
  VROEGSEIN_RETURN_IF_ERROR(FromRocksDb(handle_->Flush()));
  for (rocksdb::ColumnFamilyHandle* family : handle_->Families()) {
    auto compacted = handle_->db->CompactRange(options, family, nullptr, nullptr);
    VROEGSEIN_RETURN_IF_ERROR(FromRocksDb(compacted).Within("rewrite files"));
  }
  // The manifest that told of the compaction still names the old files. The next change begins a
  // new one.
  Batch same;
  same.Put(keys::Layout(), keys::EncodeU64(keys::kLayoutVersion));
  VROEGSEIN_RETURN_IF_ERROR(Commit(&same));
  return FromRocksDb(handle_->Flush()).Within("rewrite files");
}

Status Database::CopyTo(const std::string& folder) const {
  rocksdb::Checkpoint* raw = nullptr;
  auto made = rocksdb::Checkpoint::Create(handle_->db.get(), &raw);
  std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  // What is not in a file yet is written to one first; without that sync it could be cut off
  // (RocksDB #12731).
  if (made.ok()) made = handle_->db->SyncWAL();
  if (made.ok()) made = checkpoint->CreateCheckpoint(folder, 0);
  return FromRocksDb(made).Within("copy to " + folder);
}

uint64_t Database::ApproximateBytes() const {
  uint64_t bytes = 0;
  handle_->db->GetAggregatedIntProperty("rocksdb.live-sst-files-size", &bytes);
  return bytes;
}

uint64_t Database::ApproximateIndexKeys() const {
  VROEGSEIN_CHECK(handle_ != nullptr);
  uint64_t keys = 0;
  handle_->db->GetIntProperty(handle_->index, "rocksdb.estimate-num-keys", &keys);
  return keys;
}

uint64_t Database::CachedBytes() const {
  VROEGSEIN_CHECK(handle_ != nullptr);
  uint64_t bytes = 0;
  handle_->db->GetIntProperty(rocksdb::DB::Properties::kBlockCacheUsage, &bytes);
  return bytes;
}

}  // namespace vroegsein
