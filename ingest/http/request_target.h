// The target of a request (`/v1/zaken/Z-1?vanaf=3`) to its path and query, strictly.
// Pure function; thread safe.
#pragma once

#include <cstddef>
#include <string_view>

#include "ingest/http/http_message.h"

namespace vroegsein {

inline constexpr size_t kQueryFieldsMax = 100;

// Fills path and query of `*request`. False when the target is malformed or meant to mislead:
// broken percent-encoding, an encoded slash, backslash or control character, dot segments, no
// UTF-8. `*` (of OPTIONS) becomes the path `*`.
bool ParseRequestTarget(std::string_view target, HttpRequest* request);

}  // namespace vroegsein
