// Verify: the promises that can be checked on a data folder, and the hash of its state.
//
// Checks each record against every index, in both directions; a household's one open case and a
// case's one task; deadlines; a status for every signal; and, where the log is whole, that a replay
// of it into an empty folder gives the same state, byte for byte. Findings name ids, never a
// person. Thread: the caller's, with nothing else writing.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ingest/status.h"
#include "store/database.h"
#include "store/log.h"

namespace vroegsein {

struct Verification {
  std::vector<std::string> findings;  // empty: every promise that could be checked holds
  std::string state_hash;             // BLAKE2b-256 over every key and value but the log's, in hex
  uint64_t applied_offset = 0;
  uint64_t households = 0;
  uint64_t signals = 0;
  uint64_t cases = 0;
  uint64_t open_tasks = 0;
  bool replayed = false;  // false: the log does not reach back to the first event any more
  std::string replay_hash;
};

// Opens the log of a folder that has none of its own (it is in Kafka), to be read into `target`
// from its beginning until `applied` is applied. kDataLoss: its beginning is not there any more.
using OpenReplay =
    std::function<Result<std::unique_ptr<Log>>(const Database* target, uint64_t applied)>;

// Findings beyond this many are counted, not listed.
inline constexpr size_t kFindingsMax = 100;

// `scratch` is a folder of Verify's own; it is made for the replay and removed, also before when
// one is left. Without `open_replay` a log elsewhere is not replayed.
Result<Verification> Verify(const Database& database, const std::string& scratch,
                            const std::function<void(uint64_t done)>& progress,
                            const OpenReplay& open_replay = nullptr);

// The hash alone.
Result<std::string> StateHash(const Database& database);

}  // namespace vroegsein
