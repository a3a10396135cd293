// vroegsein simulate: deliveries of invented people on disk, and the truth beside them.
//
// RegisterSimulate adds the verb to the command line; when it is chosen it runs while CLI11 parses,
// and sets *exit_code: 0 done, 1 could not write, 2 wrong use. `exit_code` must outlive the parse.
// The figures go to stdout, failures to stderr.
#pragma once

#include "ingest/calendar.h"

namespace CLI {
class App;
}

namespace vroegsein {

// Where the simulation ends unless --until says otherwise: the same bytes on any day. Should
// `today` be before it (a clock that is behind), then `today`, so that no date lies in the future.
inline constexpr Date kSimulationEnd = std::chrono::sys_days(std::chrono::year(2025) / 12 / 31);

void RegisterSimulate(CLI::App& app, Date today, int* exit_code);

}  // namespace vroegsein
