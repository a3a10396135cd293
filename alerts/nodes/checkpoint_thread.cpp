#include "alerts/nodes/checkpoint_thread.h"

namespace vroegsein {

void CheckpointThread::Start() {
  thread_ = std::thread([this] { Work(); });
}

void CheckpointThread::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void CheckpointThread::Work() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, every_, [this] { return stopping_; })) {
    for (size_t i = 0; i < partitions_.size() && !stopping_; ++i) {
      One& one = partitions_[i];
      lock.unlock();
      auto made = one.ours() ? one.checkpoints.Make(one.database) : Result<bool>(false);
      if (!made.ok()) complain_(made.status().Within("checkpoint").message());
      lock.lock();
    }
  }
}

}  // namespace vroegsein
