// The bytes of a response around its body: status line, headers, chunks. Pure functions; thread
// safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/http/http_message.h"

namespace vroegsein {

struct Framing {
  bool http11 = true;  // the request's version; it decides what Connection must say
  bool keep_alive = true;
  bool chunked = false;
};

// False for 1xx, 204 and 304.
bool StatusHasBody(int status);

// Status line and headers with the empty line behind them. A control character in a header's value
// becomes a space, so that no value can begin a header of its own; a header whose name is no token
// is left out, and so are Content-Length, Transfer-Encoding and Connection, which are ours to set.
std::string ResponseHead(const HttpResponse& response, const std::vector<HttpField>& defaults,
                         const Framing& framing);

// `bytes` as one chunk (none when empty), and the last chunk behind it when `last`.
std::string ChunkOf(std::string_view bytes, bool last);

}  // namespace vroegsein
