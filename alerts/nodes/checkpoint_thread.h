// CheckpointThread: every so often a checkpoint of each partition that is this node's to make.
//
// Threads: Start() and Stop() from one; its own does the work. Errors: told to `complain`; the next
// round tries again.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "alerts/rounds/rounds.h"
#include "store/kafka/checkpoints.h"

namespace vroegsein {

class CheckpointThread {
 public:
  struct One {
    Checkpoints checkpoints;
    Database* database = nullptr;
    std::function<bool()> ours;
  };

  // What `partitions` points to must outlive it.
  CheckpointThread(std::vector<One> partitions, std::chrono::seconds every,
                   std::function<void(const std::string&)> complain)
      : partitions_(std::move(partitions)), every_(every), complain_(std::move(complain)) {}

  void Start();
  void Stop() { rounds_.Stop(); }

 private:
  void MakeAll();

  std::vector<One> partitions_;
  const std::chrono::seconds every_;
  const std::function<void(const std::string&)> complain_;
  Rounds rounds_;
};

}  // namespace vroegsein
