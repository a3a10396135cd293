// Telephone numbers: is it one, and what is it in E.164?
//
// libphonenumber is the judge, and takes some 15 us per number. The common shapes of a Dutch number
// (`06-12345678`, `058 212 34 56`, `+31612345678`, `0031...`) are settled here by the national
// numbering plan alone, in a fraction of a microsecond; everything else goes to libphonenumber. A
// property test holds the two together over a large sample. Thread safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vroegsein {

inline constexpr size_t kPhoneCharsMax = 40;

// The number in E.164 (`+31612345678`), region NL unless it says otherwise; nullopt when there is
// no such number.
std::optional<std::string> PhoneToE164(std::string_view text);

// The first half: a Dutch mobile or geographic number that needs no second opinion; nullopt means
// "not settled", never "wrong".
std::optional<std::string> SettleDutchPhone(std::string_view text);

// The second half: what libphonenumber says.
std::optional<std::string> JudgePhone(std::string_view text);

}  // namespace vroegsein
