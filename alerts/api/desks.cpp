#include "alerts/api/desks.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "store/kafka/kafka_cluster.h"
#include "store/kafka/kafka_log.h"
#include "store/kafka/partition.h"
#include "store/kafka/partitioned_database.h"

namespace vroegsein {
namespace {

constexpr size_t kCacheBytesMin = 4u << 20;
constexpr size_t kWriteBufferBytesMin = 2u << 20;
constexpr uint32_t kOpenedAtOnce = 16;
constexpr size_t kHouseholdBytesMin = 2u << 20;
constexpr size_t kIndexesMin = 10'000;

// Hands an event to the log that its municipality is in.
class SpreadLog final : public Appender {
 public:
  explicit SpreadLog(std::vector<Log*> logs) : logs_(std::move(logs)) {}
  Status Append(Event event, Completion done) override {
    uint32_t partition = PartitionOf(event.municipality(), static_cast<uint32_t>(logs_.size()));
    return logs_[partition]->Append(std::move(event), std::move(done));
  }

 private:
  const std::vector<Log*> logs_;
};

// The municipalities of the installation that are in one partition.
Installation PartOf(const Installation& installation, uint32_t partition, uint32_t partitions) {
  Installation part;
  for (const MunicipalityConfig& config : installation.municipalities) {
    bool here = PartitionOf(config.settings.code(), partitions) == partition;
    if (here) part.municipalities.push_back(config);
  }
  return part;
}

// The memory that one folder may use is shared by all of them.
DataFolder::Options ShareOf(DataFolder::Options options, size_t folders) {
  DatabaseOptions& database = options.database;
  database.block_cache_bytes = std::max(kCacheBytesMin, database.block_cache_bytes / folders);
  database.write_buffer_bytes =
      std::max(kWriteBufferBytesMin, database.write_buffer_bytes / folders);
  StateOptions& state = options.desk.state;
  state.household_bytes_max = std::max(kHouseholdBytesMin, state.household_bytes_max / folders);
  state.cached_indexes_max = std::max(kIndexesMin, state.cached_indexes_max / folders);
  return options;
}

Result<std::unique_ptr<DataFolder>> OpenPartition(KafkaCluster* cluster, uint32_t partition,
                                                  const Installation& installation, Instant now,
                                                  const Desks::Options& options) {
  uint32_t count = cluster->partitions();
  DataFolder::Options open = ShareOf(options.folder, count);
  open.open_log = [&](Database* database) -> Result<std::unique_ptr<Log>> {
    KafkaLog::Options log_options;
    log_options.waiting_max = options.folder.log.waiting_max;
    auto log = KafkaLog::Open(cluster, partition, database, log_options);
    if (!log.ok()) return log.status();
    return std::unique_ptr<Log>(std::move(*log));
  };
  return DataFolder::Open(fmt::format("{}/partities/{:03}", options.data, partition),
                          PartOf(installation, partition, count), now, open);
}

}  // namespace

Desks::~Desks() = default;

Result<std::unique_ptr<Desks>> Desks::Open(const Installation& installation, Instant now,
                                           const Options& options) {
  std::unique_ptr<Desks> desks(new Desks());
  bool on_kafka = installation.kafka.used();
  Status opened = on_kafka ? desks->OpenPartitions(installation, now, options)
                           : desks->OpenOne(installation, now, options);
  if (!opened.ok()) return opened;
  return desks;
}

Status Desks::OpenOne(const Installation& installation, Instant now, const Options& options) {
  auto folder = DataFolder::Open(options.data, installation, now, options.folder);
  if (!folder.ok()) return folder.status();
  folders_.push_back(std::move(*folder));
  database_ = &folders_[0]->database();
  log_ = &folders_[0]->log();
  return Status::Ok();
}

// Each reads what it missed from the brokers: together, because most of that is waiting.
Status Desks::OpenFolders(const Installation& installation, Instant now, const Options& options) {
  uint32_t count = cluster_->partitions();
  for (uint32_t begin = 0; begin < count; begin += kOpenedAtOnce) {
    std::vector<std::future<Result<std::unique_ptr<DataFolder>>>> opening;
    for (uint32_t partition = begin; partition < std::min(count, begin + kOpenedAtOnce);
         ++partition) {
      opening.push_back(std::async(std::launch::async, [&, partition] {
        return OpenPartition(cluster_.get(), partition, installation, now, options);
      }));
    }
    for (auto& one : opening) {
      auto folder = one.get();
      if (!folder.ok()) return folder.status();
      folders_.push_back(std::move(*folder));
    }
  }
  return Status::Ok();
}

Status Desks::OpenPartitions(const Installation& installation, Instant now,
                             const Options& options) {
  KafkaCluster::Options how;
  how.settings = installation.kafka;
  how.instance = options.instance;
  how.complain = options.complain;
  auto cluster = KafkaCluster::Open(how);
  if (!cluster.ok()) return cluster.status();
  cluster_ = std::move(*cluster);
  VROEGSEIN_RETURN_IF_ERROR(OpenFolders(installation, now, options));
  std::vector<const Database*> databases;
  std::vector<Log*> logs;
  for (const auto& folder : folders_) {
    databases.push_back(&folder->database());
    logs.push_back(&folder->log());
  }
  together_ = std::make_unique<PartitionedDatabase>(std::move(databases));
  spread_ = std::make_unique<SpreadLog>(std::move(logs));
  database_ = together_.get();
  log_ = spread_.get();
  return Status::Ok();
}

size_t Desks::waiting() const {
  size_t waiting = 0;
  for (const auto& folder : folders_) waiting += folder->log().waiting();
  return waiting;
}

bool Desks::ready() { return healthy() && (cluster_ == nullptr || cluster_->Reachable()); }

void Desks::Observe(const Observer& observer) {
  for (const auto& folder : folders_) {
    Desk* desk = &folder->desk();
    desk->Observe([desk, observer](const auto& entries, const auto& outcomes) {
      observer(entries, outcomes, desk->last_commit());
    });
  }
}

void Desks::ObserveShadow(const ShadowCount& count) {
  for (const auto& folder : folders_) folder->desk().ObserveShadow(count);
}

void Desks::Start(const std::function<void()>& failed) {
  for (const auto& folder : folders_) {
    threads_.push_back(std::make_unique<DeskThread>(&folder->desk(), &folder->log(), failed));
    threads_.back()->Start();
  }
}

Status Desks::Stop() {
  Status first;
  for (const auto& thread : threads_) thread->Finish();
  for (const auto& thread : threads_) {
    Status stopped = thread->Stop();
    if (first.ok()) first = stopped;
  }
  return first;
}

bool Desks::running() const {
  return !threads_.empty() && std::all_of(threads_.begin(), threads_.end(),
                                          [](const auto& thread) { return thread->running(); });
}

bool Desks::healthy() const {
  return !threads_.empty() && std::all_of(threads_.begin(), threads_.end(),
                                          [](const auto& thread) { return thread->healthy(); });
}

}  // namespace vroegsein
