// Nodes: this node among those that share the partitions: the way to what others have, and what
// they may ask of it.
//
// A request is handled where it comes in, sign-in, access log and drafts included; what it reads
// and appends of a partition that is not here goes to the node that owns it; and of one that is, as
// long as this node stands aside. So one request may concern any number of municipalities, and an
// answer is never passed on twice.
//
// In order: Open(), Serve(), Follow(), Stop(). Threads: those from one; the rest from any.
// Errors: kInvalid for a placement that is wrong or does not know this node; kConflict for a port
// that is taken.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "alerts/nodes/change_follower.h"
#include "alerts/nodes/change_notes.h"
#include "alerts/nodes/comeback.h"
#include "alerts/nodes/held_partition.h"
#include "alerts/nodes/node_desk.h"
#include "alerts/nodes/remote_partition.h"
#include "alerts/nodes/roster.h"

namespace vroegsein {

class HttpServer;
class KafkaMembers;

class Nodes {
 public:
  struct Options {
    KafkaSettings settings;
    std::string self;
    uint32_t partitions = 0;
    std::vector<std::string> municipalities;
    // Tells this process from the one before it. REQUIRES: not 0.
    uint64_t start = 0;
    // Told what goes wrong between this node and Kafka; from another thread.
    std::function<void(const std::string&)> complain;
    // Events that wait for another node, of each partition.
    size_t waiting_max = 50'000;
  };
  static Result<std::unique_ptr<Nodes>> Open(Options options);
  ~Nodes();

  const Roster& roster() const { return *roster_; }
  // The way to a partition, wherever it is. `here`: its folder and its log on this node, which
  // outlive Stop(); nullptr where it has none. Each once, before Serve().
  const Database* DatabaseOf(uint32_t partition, const Database* here);
  Appender* LogOf(uint32_t partition, Appender* here);

  // Answers the other nodes, from what is here; `held` outlives Stop(). `backlog` is asked while
  // this node comes back.
  Status Serve(std::vector<NodeDesk::Held> held, std::function<bool()> desk_works,
               std::function<Backlog()> backlog);
  // While a desk is stuck: others take its partitions over until it is not any more.
  void StandAside(bool stuck);
  // It was away, and applies what it missed before it owns anything.
  bool catching_up() const { return catching_up_; }
  // What was applied here, for the others.
  void Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes);
  // `hear` is told what others applied, and `turned` when this node owns more or less than before.
  void Follow(const ChangeFollower::Hear& hear, std::function<void()> turned);
  void Stop();

 private:
  explicit Nodes(Options options);
  void SetPresent(const std::set<std::string>& present, BootClock::time_point until);
  std::vector<bool> Owned() const;
  void Settle();

  const Options options_;
  std::unique_ptr<Roster> roster_;
  ChangeNotes notes_;
  std::vector<std::unique_ptr<Database>> databases_;
  std::vector<std::unique_ptr<RemoteLog>> remote_logs_;
  std::vector<std::unique_ptr<HeldLog>> held_logs_;
  std::unique_ptr<NodeDesk> desk_;
  std::unique_ptr<HttpServer> server_;
  std::vector<std::unique_ptr<ChangeFollower>> followers_;
  std::function<void()> turned_;
  std::function<Backlog()> backlog_;
  std::vector<bool> told_owned_;        // of the thread of members_
  std::unique_ptr<Comeback> comeback_;  // of the thread of members_
  std::mutex aside_mutex_;
  std::atomic<bool> stuck_ = false;
  std::atomic<bool> catching_up_ = false;
  std::unique_ptr<KafkaMembers> members_;
};

}  // namespace vroegsein
