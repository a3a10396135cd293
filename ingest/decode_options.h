// DecodeOptions: whose delivery this is and what they may send.
#pragma once

#include <string>
#include <vector>

#include "ingest/calendar.h"

namespace vroegsein {

struct DecodeOptions {
  // Who is logged in; becomes the partner of every signal. REQUIRES: not empty.
  std::string partner;
  // The soorten that this partner may send, DDAS values; empty: any.
  std::vector<std::string> sectors;
  // The gemeentecodes of this installation; a signal for another one is refused. Empty: none.
  std::vector<std::string> municipalities;
  // The day on which the delivery comes in, Europe/Amsterdam. REQUIRES: set.
  Date today;
};

}  // namespace vroegsein
