// FEEL values from and to JSON, for the command line.
//
// Numbers keep every digit. Dates, times and durations are strings in JSON; they are read as such
// where the model asks for that type. One thread; errors as Status.
#pragma once

#include <string>
#include <string_view>

#include "ingest/status.h"
#include "rules/feel/type.h"
#include "rules/feel/value.h"

namespace vroegsein {

Result<feel::Value> ValueFromJson(std::string_view json);
std::string JsonFromValue(const feel::Value& value);
std::string JsonString(std::string_view text);
// Strings that stand where `type` asks for something temporal, read as that.
feel::Value ReadAs(const feel::Value& value, const feel::Type* type);

}  // namespace vroegsein
