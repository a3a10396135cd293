// Why two records are one person or not: the fields compared, each one's weight, and what would
// have changed the outcome. In Dutch, for people. Pure. Errors: kNotFound for an id that is absent.
#pragma once

#include <string>

#include "alerts/cli/resident_table.h"
#include "store/household/identity/matching.h"

namespace vroegsein {

Result<std::string> ExplainPair(const ResidentTable& table, const identity::MatchOptions& options,
                                const std::string& a, const std::string& b);

}  // namespace vroegsein
