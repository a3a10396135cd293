#include "alerts/nodes/checkpoint_thread.h"

namespace vroegsein {

void CheckpointThread::Start() {
  rounds_.Start(every_, [this] {
    MakeAll();
    return every_;
  });
}

void CheckpointThread::MakeAll() {
  for (One& one : partitions_) {
    if (rounds_.stopping()) return;
    auto made = one.ours() ? one.checkpoints.Make(one.database) : Result<bool>(false);
    if (!made.ok()) complain_(made.status().Within("checkpoint").message());
  }
}

}  // namespace vroegsein
