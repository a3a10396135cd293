// WorkerPool: a fixed number of threads with a bounded queue of jobs before them.
//
// Thread safe. Jobs may block; they must not throw.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vroegsein {

class WorkerPool {
 public:
  // REQUIRES: threads > 0.
  WorkerPool(size_t threads, size_t queued_max);
  // Waits for the jobs that run; those still queued are dropped.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full.
  bool TryPost(std::function<void()> job);

 private:
  void Work();

  const size_t queued_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  size_t idle_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace vroegsein
