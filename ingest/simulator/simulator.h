// The simulator: monthly deliveries of five partners about invented people, and the truth beside
// them.
//
// Into options.out: leveringen/<partner>-YYYY-MM.csv|ndjson (signals, design's formats),
// aflopen/<partner>-YYYY-MM.csv|ndjson (what became of them), waarheid.csv
// (`partner;id;person;household;kind`, one line per row that was delivered, in no particular order)
// and README.md. Same options, same bytes, on every machine. Each household is made on its own and
// forgotten: memory does not grow with households, and disk is written in order.
//
// Threads: none of its own; two runs must not share a folder. Errors: kInvalid for an option out of
// range, kExhausted for a full disk, kUnavailable for a folder that cannot be written.
#pragma once

#include <array>
#include <cstdint>

#include "ingest/simulator/options.h"
#include "ingest/simulator/partners.h"
#include "ingest/simulator/timeline.h"
#include "ingest/status.h"

namespace vroegsein::simulator {

struct SimulationSummary {
  std::array<uint64_t, kPartnerCount> rows_per_partner{};
  std::array<uint64_t, kNoticeKindCount> rows_per_kind{};
  uint64_t rows = 0;
  uint64_t sequels = 0;
  uint64_t files = 0;  // deliveries of either sort; a month without rows has none
};

// Deliveries of an earlier run in the folder are replaced; other files stay.
Result<SimulationSummary> Simulate(const SimulationOptions& options);

}  // namespace vroegsein::simulator
