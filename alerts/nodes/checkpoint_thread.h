// CheckpointThread: every so often a checkpoint of each partition that is this node's to make.
//
// Threads: Start() and Stop() from one; its own does the work. Errors: told to `complain`; the next
// round tries again.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

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
  ~CheckpointThread() { Stop(); }

  void Start();
  void Stop();

 private:
  void Work();

  std::vector<One> partitions_;
  const std::chrono::seconds every_;
  const std::function<void(const std::string&)> complain_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace vroegsein
