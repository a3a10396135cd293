// What @"..." means: the date, time, date and time or duration that a text spells.
// Pure functions over values, safe in any thread; what cannot be read is null.
#pragma once

#include <string_view>

#include "rules/feel/value.h"

namespace vroegsein::feel {

Value ParseTemporal(std::string_view text);
Value ParseDuration(std::string_view text);
// The member of a temporal value, range or context (`.year`, `.time offset`); null when absent.
Value Property(const Value& value, std::string_view name, bool* known);

}  // namespace vroegsein::feel
