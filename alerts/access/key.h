// Keys: how a partner's system, or a person without a browser, shows who it is.
//
// A key is 32 unpredictable bytes in hexadecimal behind `vs_`; what is kept is its BLAKE2b hash, so
// that a configuration file that leaks opens nothing. Such a key needs no slow hash: there is
// nothing to guess. Pure functions; thread safe.
#pragma once

#include <string>
#include <string_view>

namespace vroegsein {

inline constexpr size_t kKeyChanceBytes = 32;

// REQUIRES: kKeyChanceBytes unpredictable bytes.
std::string MakeKey(std::string_view chance);
// `blake2b:` and 64 hexadecimal digits.
std::string HashKey(std::string_view key);
// In a time that does not depend on where they differ.
bool SameHash(std::string_view a, std::string_view b);

}  // namespace vroegsein
