// UTF-8 as FEEL counts it: in code points.
//
// Broken bytes are taken one by one as U+FFFD, so that every string has a length and no walk runs
// past its end. Pure functions, safe in any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vroegsein::feel {

// The code point at `at` and its length in bytes. REQUIRES: at < text.size()
char32_t DecodeAt(std::string_view text, size_t at, size_t* length);
void AppendUtf8(char32_t c, std::string* out);
size_t CountCodePoints(std::string_view text);
// Byte offset of the code point with this index, or text.size() when there are fewer.
size_t OffsetOf(std::string_view text, size_t index);

}  // namespace vroegsein::feel
