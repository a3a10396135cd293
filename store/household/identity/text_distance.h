// How much two short texts differ: the two measures that record linkage uses.
//
// Bytes are compared, so fold first. Texts are cut at kComparedBytesMax. Pure functions; thread
// safe.
#pragma once

#include <cstddef>
#include <string_view>

namespace vroegsein::identity {

inline constexpr size_t kComparedBytesMax = 64;

// Jaro-Winkler (Winkler 1990): 0 nothing in common, 1 equal; a shared beginning counts extra.
double JaroWinkler(std::string_view a, std::string_view b);

// Letters added, left out, replaced, and neighbours swapped (optimal string alignment), counted up
// to `limit`; anything above is limit + 1.
size_t Edits(std::string_view a, std::string_view b, size_t limit);

}  // namespace vroegsein::identity
