// Checkpoints: copies of a partition's folder, as it was at one offset, in a folder that outlives
// the node's disk. A node that lost its disk goes on from the last one, and reads the rest of the
// log.
//
//   MAP/003/00000000000000001234/db     partition 3 after the records before offset 1234
//
// Where MAP is on the disk of the data folder, a copy costs almost nothing (files are linked), and
// is lost with it. One that is not whole has another name, and is removed by the next. A checkpoint
// holds residents: it goes when kKept newer ones are there.
//
// Threads: one for each partition. Errors: kUnavailable or kExhausted of the disk; a restored
// folder is judged by whoever opens it (kafka_log.h), which refuses one of another topic.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/status.h"
#include "store/database.h"

namespace vroegsein {

class Checkpoints {
 public:
  static constexpr size_t kKept = 2;

  // `node` makes them: another one that believes that it should does not write in the same files.
  Checkpoints(const std::string& map, uint32_t partition, const std::string& node);

  // Makes one, unless the last one is of the same offset; whether it did.
  Result<bool> Make(Database* database);

  // Puts the last one at `folder`, where there is no database yet; the offset of it, 0 when there
  // was none or nothing had to be done.
  Result<uint64_t> Restore(const std::string& folder) const;

 private:
  Result<std::vector<uint64_t>> Known() const;  // oldest first
  Result<uint64_t> CopyLast(const std::string& to) const;
  std::string PathOf(uint64_t offset) const;
  Status RemoveOld() const;

  const std::string folder_;
  const std::string busy_;
};

}  // namespace vroegsein
