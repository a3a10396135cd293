// A short digest of a record's bytes, to recognise it by (BLAKE2b): in LogPlace and in what was
// told. It stands on disk. A pure function.
#pragma once

#include <string>
#include <string_view>

namespace vroegsein {

inline constexpr size_t kDigestBytes = 16;

// kDigestBytes of them.
std::string DigestOf(std::string_view bytes);

}  // namespace vroegsein
