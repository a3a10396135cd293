#include "rules/feel/unicode.h"

namespace vroegsein::feel {

char32_t DecodeAt(std::string_view text, size_t at, size_t* length) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  *length = 1;
  if (first < 0x80) return first;
  const size_t wanted = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
  if (first < 0xC2 || first > 0xF4 || at + wanted > text.size()) return 0xFFFD;
  char32_t c = first & (0xFFU >> (wanted + 1));
  for (size_t i = 1; i < wanted; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0xFFFD;
    c = (c << 6) | (byte(at + i) & 0x3FU);
  }
  *length = wanted;
  return c;
}

void AppendUtf8(char32_t c, std::string* out) {
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out->push_back(static_cast<char>(0xC0 | (c >> 6)));
    out->push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out->push_back(static_cast<char>(0xE0 | (c >> 12)));
    out->push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out->push_back(static_cast<char>(0xF0 | (c >> 18)));
    out->push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out->push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

size_t CountCodePoints(std::string_view text) {
  size_t count = 0;
  size_t length = 0;
  for (size_t at = 0; at < text.size(); at += length) {
    DecodeAt(text, at, &length);
    ++count;
  }
  return count;
}

size_t OffsetOf(std::string_view text, size_t index) {
  size_t at = 0;
  size_t length = 0;
  for (; index > 0 && at < text.size(); --index, at += length) DecodeAt(text, at, &length);
  return at;
}

}  // namespace vroegsein::feel
