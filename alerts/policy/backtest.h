// Backtest: a new version of the policy against the recorded facts of every case, and who would
// move.
//
// Households are read in blocks of their numbers, in parallel, one session per thread; rows come
// out in the order of the cases whatever the number of threads. Memory is that of a few blocks.
// Nothing is changed. Errors: those of the database, kDataLoss for a record that cannot be read,
// kInvalid for a model that is refused, and what `write` returned, which ends it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "alerts/policy/replay.h"
#include "store/database.h"

namespace vroegsein {

struct BacktestOptions {
  // REQUIRES: at least 1.
  unsigned threads = 1;
  // Only cases whose last decision was taken at this moment or later.
  int64_t since_ms = INT64_MIN;
  // Rows also of cases that stay where they are and differ in score, reasons, ladder or term.
  bool all_differences = false;
};

// How many cases have a priority, or a team, under both versions.
struct BeforeAfter {
  uint64_t before = 0;
  uint64_t after = 0;
  uint64_t left = 0;
  uint64_t joined = 0;
};

struct BacktestTotals {
  uint64_t cases = 0;
  uint64_t moved = 0;
  uint64_t ended = 0;   // of those: would be no case
  uint64_t others = 0;  // differ, and stay where they are
  SignalReplay signals;
  std::map<std::string, BeforeAfter> priorities;
  std::map<std::string, BeforeAfter> teams;

  void Add(const CaseReplay& replay);
  void Add(const BacktestTotals& more);
};

// One case that is listed, as text appended to `out`. Called by several threads.
using AppendRow = std::function<void(const CaseReplay&, std::string* out)>;
// The rows of a number of cases, in order; `done` of `total` households were looked at. One thread.
using WriteRows = std::function<Status(std::string_view rows, uint64_t done, uint64_t total)>;

Result<BacktestTotals> Backtest(const Database& database, const MunicipalityRecord& municipality,
                                std::string_view model, const BacktestOptions& options,
                                const AppendRow& append, const WriteRows& write);

}  // namespace vroegsein
