// Why two records are one person or not: the fields compared, each one's weight, and what would
// have changed the outcome. In Dutch, for people. Pure. Errors: kNotFound for an id that is absent.
#pragma once

#include <string>

#include "alerts/cli/resident_table.h"
#include "store/database.h"
#include "store/household/identity/matching.h"

namespace vroegsein {

Result<std::string> ExplainPair(const ResidentTable& table, const identity::MatchOptions& options,
                                const std::string& a, const std::string& b);

// The same of two households of a data folder, by id (`0080-12`), old ids too: the two of their
// people who are most alike, and what was decided about them.
Result<std::string> ExplainHouseholds(const Database& database, const std::string& a,
                                      const std::string& b);

}  // namespace vroegsein
