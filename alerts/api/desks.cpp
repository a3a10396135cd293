#include "alerts/api/desks.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "alerts/nodes/checkpoint_thread.h"
#include "alerts/nodes/nodes.h"
#include "store/kafka/kafka_cluster.h"
#include "store/kafka/kafka_log.h"
#include "store/kafka/partition.h"
#include "store/kafka/partitioned_database.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kCacheBytesMin = 4u << 20;
constexpr size_t kWriteBufferBytesMin = 2u << 20;
// Of all folders of partitions together: what is gathered in small parts is rewritten more often.
constexpr size_t kWriteBuffersBytes = 96u << 20;
constexpr uint32_t kOpenedAtOnce = 16;
constexpr size_t kHouseholdBytesMin = 2u << 20;
// Of all folders together. Municipalities differ in size, so the largest folder has much more than
// its part of the residents; once its entries do not fit, each newcomer asks the database instead.
constexpr size_t kIndexes = 2'000'000;
// More than are on their way to a file (database.cpp): those are not asked of it.
constexpr size_t kIndexesMin = 16'000;

// Hands an event to the log that its municipality is in.
class SpreadLog final : public Appender {
 public:
  explicit SpreadLog(std::vector<Appender*> logs) : logs_(std::move(logs)) {}
  Status Append(Event&& event, Completion done) override {
    uint32_t partition = PartitionOf(event.municipality(), static_cast<uint32_t>(logs_.size()));
    return logs_[partition]->Append(std::move(event), std::move(done));
  }

 private:
  const std::vector<Appender*> logs_;
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
  database.write_buffer_bytes = std::max(kWriteBufferBytesMin, kWriteBuffersBytes / folders);
  StateOptions& state = options.desk.state;
  state.household_bytes_max = std::max(kHouseholdBytesMin, state.household_bytes_max / folders);
  state.cached_indexes_max = std::max(kIndexesMin, kIndexes / folders);
  return options;
}

Result<std::unique_ptr<DataFolder>> OpenPartition(KafkaCluster* cluster, uint32_t partition,
                                                  const Installation& installation, Instant now,
                                                  size_t held, const Desks::Options& options) {
  uint32_t count = cluster->partitions();
  DataFolder::Options open = ShareOf(options.folder, held);
  open.open_log = [&](Database* database) -> Result<std::unique_ptr<Log>> {
    KafkaLog::Options log_options;
    log_options.waiting_max = options.folder.log.waiting_max;
    auto log = KafkaLog::Open(cluster, partition, database, log_options);
    if (!log.ok()) return log.status();
    return std::unique_ptr<Log>(std::move(*log));
  };
  std::string folder = fmt::format("{}/partities/{:03}", options.data, partition);
  if (!installation.kafka.checkpoints.empty()) {
    Checkpoints checkpoints(installation.kafka.checkpoints, partition, options.node);
    auto restored = checkpoints.Restore(folder);
    if (!restored.ok()) return restored.status().Within("restore a checkpoint");
    if (*restored > 0) options.restored(partition, *restored);
  }
  bool is_new = !std::filesystem::exists(folder + "/db/CURRENT");
  auto opened = DataFolder::Open(folder, PartOf(installation, partition, count), now, open);
  // What the brokers have no beginning for holds nothing yet: with it there, a checkpoint that can
  // be read the next time would be left where it is.
  if (is_new && opened.status().code() == StatusCode::kDataLoss) {
    std::error_code error;
    std::filesystem::remove_all(folder + "/db", error);
  }
  return opened;
}

}  // namespace

Desks::~Desks() = default;

Result<std::unique_ptr<Desks>> Desks::Open(const Installation& installation, Instant now,
                                           const Options& options) {
  std::unique_ptr<Desks> desks(new Desks());
  desks->tell_stuck_ = options.stuck;
  desks->silent_max_ = installation.kafka.stuck_after;
  bool on_kafka = installation.kafka.used();
  Status opened = on_kafka ? desks->OpenPartitions(installation, now, options)
                           : desks->OpenOne(installation, now, options);
  if (!opened.ok()) return opened;
  desks->applied_ = std::vector<std::atomic<uint64_t>>(desks->folders_.size());
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
  for (size_t begin = 0; begin < held_.size(); begin += kOpenedAtOnce) {
    std::vector<std::future<Result<std::unique_ptr<DataFolder>>>> opening;
    for (size_t i = begin; i < std::min(held_.size(), begin + kOpenedAtOnce); ++i) {
      opening.push_back(std::async(std::launch::async, [&, partition = held_[i]] {
        return OpenPartition(cluster_.get(), partition, installation, now, held_.size(), options);
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

// All of them, or those that this node has a place for.
Status Desks::FindPartitions(const Installation& installation, const Options& options) {
  for (uint32_t partition = 0; partition < cluster_->partitions(); ++partition) {
    held_.push_back(partition);
  }
  if (installation.kafka.nodes.empty()) return Status::Ok();
  Nodes::Options how;
  how.settings = installation.kafka;
  how.self = options.node;
  how.partitions = cluster_->partitions();
  for (const auto& config : installation.municipalities) {
    how.municipalities.push_back(config.settings.code());
  }
  how.complain = options.complain;
  how.start = keys::DecodeU64(options.instance) | 1;
  how.waiting_max = options.folder.log.waiting_max;
  auto nodes = Nodes::Open(std::move(how));
  if (!nodes.ok()) return nodes.status();
  nodes_ = std::move(*nodes);
  std::erase_if(held_, [&](uint32_t one) { return !nodes_->roster().Holds(one); });
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
  VROEGSEIN_RETURN_IF_ERROR(FindPartitions(installation, options));
  VROEGSEIN_RETURN_IF_ERROR(OpenFolders(installation, now, options));
  std::vector<const Database*> databases(cluster_->partitions());
  std::vector<Appender*> logs(cluster_->partitions());
  for (size_t i = 0; i < held_.size(); ++i) {
    databases[held_[i]] = &folders_[i]->database();
    logs[held_[i]] = &folders_[i]->log();
  }
  if (nodes_) {
    for (uint32_t partition = 0; partition < cluster_->partitions(); ++partition) {
      databases[partition] = nodes_->DatabaseOf(partition, databases[partition]);
      logs[partition] = nodes_->LogOf(partition, logs[partition]);
    }
  }
  MakeCheckpoints(installation.kafka, options);
  together_ = std::make_unique<PartitionedDatabase>(std::move(databases));
  spread_ = std::make_unique<SpreadLog>(std::move(logs));
  database_ = together_.get();
  log_ = spread_.get();
  return Status::Ok();
}

// Whoever owns a partition makes them; without owners everybody would, and the first one does.
void Desks::MakeCheckpoints(const KafkaSettings& settings, const Options& options) {
  if (settings.checkpoints.empty()) return;
  std::vector<CheckpointThread::One> partitions;
  for (size_t i = 0; i < held_.size(); ++i) {
    auto ours = [this, partition = held_[i]] {
      return nodes_ == nullptr || nodes_->roster().Owns(partition);
    };
    partitions.push_back({Checkpoints(settings.checkpoints, held_[i], options.node),
                          &folders_[i]->database(), ours});
  }
  checkpoints_ = std::make_unique<CheckpointThread>(std::move(partitions),
                                                    settings.checkpoint_every, options.complain);
}

std::vector<const Database*> Desks::owned() const {
  std::vector<const Database*> owned;
  for (size_t i = 0; i < folders_.size(); ++i) {
    if (nodes_ == nullptr || nodes_->roster().OwnedLast(held_[i])) {
      owned.push_back(&folders_[i]->database());
    }
  }
  return owned;
}

bool Desks::Owns(std::string_view municipality) const {
  if (nodes_ == nullptr) return true;
  return nodes_->roster().Owns(PartitionOf(municipality, cluster_->partitions()));
}

size_t Desks::waiting() const {
  size_t waiting = 0;
  for (const auto& folder : folders_) waiting += folder->log().waiting();
  return waiting;
}

bool Desks::ready() {
  bool catching_up = nodes_ != nullptr && nodes_->catching_up();
  return healthy() && stuck() == 0 && !catching_up &&
         (cluster_ == nullptr || cluster_->Reachable());
}

void Desks::Observe(const Observer& observer) {
  for (size_t i = 0; i < folders_.size(); ++i) {
    Desk* desk = &folders_[i]->desk();
    desk->Observe([this, i, desk, observer](const auto& entries, const auto& outcomes) {
      applied_[i] = entries.back().offset;
      observer(entries, outcomes, desk->last_commit());
      if (nodes_) nodes_->Note(entries, outcomes);
    });
  }
}

void Desks::ObserveShadow(const ShadowCount& count) {
  for (const auto& folder : folders_) folder->desk().ObserveShadow(count);
}

// From now on other nodes may ask.
Status Desks::Join() {
  std::vector<NodeDesk::Held> held(cluster_->partitions());
  for (size_t i = 0; i < held_.size(); ++i) {
    held[held_[i]] = {&folders_[i]->database(), &folders_[i]->log()};
  }
  return nodes_->Serve(
      std::move(held), [this] { return running(); }, [this] { return Behind(); });
}

// Events that folder `i` has not applied: as the brokers have it, for what was not fetched the log
// does not know of; where they do not say, as the log has it.
size_t Desks::Waiting(size_t i) const {
  if (cluster_ != nullptr) {
    auto progress = ProgressOf(i);
    if (progress) return progress->end - std::min(progress->end, progress->applied);
  }
  return folders_[i]->log().waiting();
}

std::optional<Progress> Desks::ProgressOf(size_t i) const {
  auto end = cluster_->EndOf(held_[i]);
  auto applied = folders_[i]->database().Get(keys::AppliedOffset());
  if (!end.ok() || !applied.ok()) return std::nullopt;
  return Progress{applied->has_value() ? keys::DecodeU64(**applied) : 0,
                  static_cast<uint64_t>(*end)};
}

// As the brokers have it: what was fetched last may be of before this node hung. Where they do not
// say, it may be anything.
Backlog Desks::Behind() const {
  std::vector<Progress> progress;
  for (size_t i = 0; i < folders_.size(); ++i) {
    auto one = ProgressOf(i);
    if (!one) return std::nullopt;
    progress.push_back(*one);
  }
  return progress;
}

Status Desks::Start(const std::function<void()>& failed) {
  if (nodes_) VROEGSEIN_RETURN_IF_ERROR(Join());
  for (size_t i = 0; i < folders_.size(); ++i) {
    std::string name = held_.empty() ? "balie" : fmt::format("balie-{:03}", held_[i]);
    threads_.push_back(std::make_unique<DeskThread>(std::move(name), &folders_[i]->desk(),
                                                    &folders_[i]->log(), failed));
    threads_.back()->Start();
  }
  Watch();
  started_ = true;
  if (checkpoints_) checkpoints_->Start();
  return Status::Ok();
}

void Desks::Watch() {
  std::vector<std::function<DeskSign()>> desks;
  for (size_t i = 0; i < folders_.size(); ++i) {
    desks.push_back([this, i] { return DeskSign{threads_[i]->alive(), Waiting(i), applied_[i]}; });
  }
  auto told = [this, count = size_t{0}](size_t desk, bool stuck) mutable {
    tell_stuck_(held_.empty() ? 0 : held_[desk], stuck);
    stuck ? ++count : --count;
    if (nodes_) nodes_->StandAside(count > 0);
  };
  watchdog_ = std::make_unique<Watchdog>(std::move(desks), silent_max_, std::move(told));
  watchdog_->Start();
}

Status Desks::Stop() {
  Status first;
  if (watchdog_) watchdog_->Stop();
  if (checkpoints_) checkpoints_->Stop();
  if (nodes_) nodes_->Stop();
  for (const auto& thread : threads_) thread->Finish();
  for (const auto& thread : threads_) {
    Status stopped = thread->Stop();
    if (first.ok()) first = stopped;
  }
  return first;
}

bool Desks::running() const {
  return started_ && std::all_of(threads_.begin(), threads_.end(),
                                 [](const auto& thread) { return thread->running(); });
}

bool Desks::healthy() const {
  return started_ && std::all_of(threads_.begin(), threads_.end(),
                                 [](const auto& thread) { return thread->healthy(); });
}

}  // namespace vroegsein
