// The address as the field matches on it: postcode, number and suffix, each in one spelling.
//
// A postcode and a number are one place in the Netherlands; the suffix tells homes at it apart and
// is written in many ways: 12A, 12 a, 12-A, 12 bis, 12-2, 12 II, 12 hs (Divosa, Vroegsignalering
// 2025). Pure functions; thread safe.
#pragma once

#include <string>
#include <string_view>

#include "ingest/signal.pb.h"
#include "store/record.pb.h"

namespace vroegsein {

// Upper case, without spaces, dashes, dots and slashes; Roman I to X as a number; `huis` and `h` of
// huis as HS; leading zeros gone. `a`, `-A` and `A.` are "A"; `II`, `-2` and ` 2` are "2".
std::string NormaliseSuffix(std::string_view suffix);

AddressRecord NormaliseAddress(const Client& client);

}  // namespace vroegsein
