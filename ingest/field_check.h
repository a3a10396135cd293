// The checks and repairs of single fields, apart from any record: what is a text, a postcode, a
// house number, a BSN, an e-mail address. Pure functions; thread safe; input is UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/error_code.h"

namespace vroegsein {

inline constexpr size_t kIdCharsMax = 100;
inline constexpr size_t kEmailCharsMax = 254;  // RFC 5321
inline constexpr int kHouseNumberMax = 99999;  // BAG

// Without white space at either end: ASCII space, tab, line ends and the no-break space.
std::string_view TrimSpace(std::string_view text);

// nullopt when `text` has at most `chars_max` code points and no control, line separator or
// direction-changing character.
std::optional<ErrorCode> CheckText(std::string_view text, size_t chars_max);

// A letter or digit, then letters, digits and - _ . : / #; at most kIdCharsMax.
std::optional<ErrorCode> CheckId(std::string_view text);

// `8911 ad` becomes `8911AD`; nullopt when no such postcode can exist (first digit 0; SA, SD, SS).
std::optional<std::string> RepairPostcode(std::string_view text);

// Digits without leading zeros, 1..kHouseNumberMax, into `*out`. kHouseNumberSuffix when a suffix
// follows the digits, kHouseNumberInvalid for all else.
std::optional<ErrorCode> RepairHouseNumber(std::string_view text, std::string* out);

// Nine digits, not all zero, and the eleven test (elfproef).
bool IsBsn(std::string_view text);

// One @, a plausible local part, a domain of two labels or more.
bool IsPlausibleEmail(std::string_view text);

}  // namespace vroegsein
