// `vroegsein report`: what was done and prevented in a period, and the national exchange file.
#pragma once

#include "ingest/calendar.h"

namespace CLI {
class App;
}

namespace vroegsein {

// Adds the verb to `app`; it sets `*exit_code`. `now` is the moment the figures are of, unless
// --now.
void RegisterReport(CLI::App& app, Instant now, int* exit_code);

}  // namespace vroegsein
