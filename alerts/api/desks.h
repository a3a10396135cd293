// Desks: the data folder of this process with its desk; on Kafka one folder and one desk for each
// partition of the log, read and written from outside as if they were one.
//
// Embedded: DIR itself. On Kafka: DIR/partities/000 and on, each with the municipalities that the
// topic has in that partition; where nodes share the partitions (alerts/nodes), those that are this
// node's, and the rest through the others.
//
// Threads: Open(), Start() and Stop() from one; the rest from any.
// Errors: of the folders and of the log; a desk that fails while serving ends the others' service
// too: `failed` is told, and Stop() says why.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "alerts/api/desk_thread.h"
#include "alerts/api/watchdog.h"
#include "alerts/desk/data_folder.h"
#include "alerts/nodes/comeback.h"
#include "alerts/settings/installation.h"

namespace vroegsein {

class CheckpointThread;
class KafkaCluster;
class Nodes;

class Desks {
 public:
  struct Options {
    std::string data;
    DataFolder::Options folder;
    // Eight unpredictable bytes, for a log that others append to as well.
    std::string instance;
    // Which of kafka.knooppunten this is.
    std::string node;
    // Told what goes wrong between this process and its log; from another thread.
    std::function<void(const std::string&)> complain;
    // Told of a partition that was restored from a checkpoint, and of which offset; from another
    // thread.
    std::function<void(uint32_t partition, uint64_t offset)> restored;
    // Told of a desk that is stuck, and that it goes on; from another thread.
    std::function<void(uint32_t partition, bool stuck)> stuck;
  };

  static Result<std::unique_ptr<Desks>> Open(const Installation& installation, Instant now,
                                             const Options& options);
  ~Desks();

  // All that there is to read.
  Database& database() { return *database_; }
  // The folders of which this process tells the outside: its own, or those that it owned last.
  std::vector<const Database*> owned() const;
  // Whether this process tells the outside what happens in that municipality.
  bool Owns(std::string_view municipality) const;
  // nullptr where nobody shares the partitions.
  Nodes* nodes() { return nodes_.get(); }
  // nullptr when the log is embedded.
  KafkaCluster* cluster() { return cluster_.get(); }
  // Takes the events of every municipality.
  Appender& log() { return *log_; }
  size_t waiting() const;
  // Whether the log can take something now; waits a second at most to know.
  bool ready();

  // Before Start(): what is told after each batch, with how long its write took; from the desk's
  // own thread, and there may be several at once.
  using Observer = std::function<void(const std::vector<LogEntry>&, const std::vector<Outcome>&,
                                      std::chrono::nanoseconds commit)>;
  void Observe(const Observer& observer);
  void ObserveShadow(const ShadowCount& count);

  // `failed` is called for each desk that cannot go on.
  // Errors: of the other nodes' way in; no desk has started then.
  Status Start(const std::function<void()>& failed);
  Status Stop();

  // Every desk does.
  bool running() const;
  bool healthy() const;
  // How many are stuck (watchdog.h).
  size_t stuck() const { return started_ ? watchdog_->stuck() : 0; }

 private:
  Desks() = default;
  void Watch();
  Status OpenOne(const Installation& installation, Instant now, const Options& options);
  Status OpenFolders(const Installation& installation, Instant now, const Options& options);
  Status OpenPartitions(const Installation& installation, Instant now, const Options& options);
  Status FindPartitions(const Installation& installation, const Options& options);
  Status Join();
  Backlog Behind() const;
  std::optional<Progress> ProgressOf(size_t i) const;
  size_t Waiting(size_t i) const;
  void MakeCheckpoints(const KafkaSettings& settings, const Options& options);

  std::unique_ptr<KafkaCluster> cluster_;
  std::unique_ptr<Nodes> nodes_;
  std::vector<uint32_t> held_;  // the partitions of folders_
  std::vector<std::unique_ptr<DataFolder>> folders_;
  std::unique_ptr<Database> together_;
  std::unique_ptr<Appender> spread_;
  Database* database_ = nullptr;
  Appender* log_ = nullptr;
  std::vector<std::unique_ptr<DeskThread>> threads_;
  std::unique_ptr<CheckpointThread> checkpoints_;
  std::vector<std::atomic<uint64_t>> applied_;  // the last offset, by folder
  std::function<void(uint32_t, bool)> tell_stuck_;
  std::chrono::seconds silent_max_{};
  std::unique_ptr<Watchdog> watchdog_;
  // Threads and watchdog are there; whoever asks may come before that.
  std::atomic<bool> started_ = false;
};

}  // namespace vroegsein
