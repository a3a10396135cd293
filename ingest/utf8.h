// UTF-8 by hand, for where a whole library is too much: one code point at a time, and Windows-1252.
//
// Pure functions; thread safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vroegsein {

struct CodePoint {
  uint32_t value;
  size_t bytes;
};

// The code point at `at`; nullopt when the bytes there are not shortest-form UTF-8.
// REQUIRES: at < text.size()
std::optional<CodePoint> DecodeUtf8(std::string_view text, size_t at);

// Where, from `at` on, the first byte stands that is no printable ASCII (space up to ~); the size
// of the text when there is none. Nearly all text is nothing else.
size_t PrintableEnd(std::string_view text, size_t at);

// Where the first byte that is not UTF-8 stands; nullopt when all of it is.
std::optional<size_t> FindInvalidUtf8(std::string_view text);

void AppendUtf8(uint32_t code_point, std::string* out);

// Replaces `*text`, read as Windows-1252, by the same text in UTF-8. The five bytes that
// Windows-1252 leaves undefined become the C1 control of that number, which the checks on text
// refuse.
void Windows1252ToUtf8(std::string* text);

}  // namespace vroegsein
