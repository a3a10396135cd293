// Passwords: kept as Argon2id, which makes guessing from a stolen file slow.
//
//   kept = "argon2id" ":" passes ":" KiB ":" salt-hex ":" hash-hex
//
// Hashing takes tens of milliseconds and kPasswordMemoryBytes while it lasts: whoever calls bounds
// how many run at once. Pure functions; thread safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vroegsein {

inline constexpr size_t kPasswordCharsMin = 12;
inline constexpr size_t kPasswordCharsMax = 200;
inline constexpr size_t kPasswordSaltBytes = 16;
inline constexpr size_t kPasswordMemoryBytes = 32u << 20;
// Of a password that we make: 20 characters out of 32 are 100 bits.
inline constexpr size_t kRandomPasswordBytes = 20;

// REQUIRES: kPasswordSaltBytes unpredictable bytes.
std::string HashPassword(std::string_view password, std::string_view salt);

// False too when `kept` is no such hash. With `kept` empty it takes as long and is false: whether
// an account exists is not to be heard from the time an answer takes.
bool IsPassword(std::string_view password, std::string_view kept);

// REQUIRES: kRandomPasswordBytes unpredictable bytes. Without characters that look alike.
std::string MakePassword(std::string_view chance);

}  // namespace vroegsein
