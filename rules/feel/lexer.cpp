#include "rules/feel/lexer.h"

#include <algorithm>
#include <array>

#include "rules/feel/unicode.h"

namespace vroegsein::feel {

namespace {

constexpr std::array<std::string_view, 18> kKeywords = {
    "true", "false",     "null",  "if",      "then", "else", "for",      "in",       "return",
    "some", "satisfies", "every", "between", "and",  "or",   "function", "external", "instance"};

bool IsNameSign(char32_t c) {
  return c == '.' || c == '/' || c == '-' || c == '\'' || c == '+' || c == '*';
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool IsBlank(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

bool IsNameStart(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?';
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !IsBlank(c) && c != 0xFFFD;
}

bool IsNamePart(char32_t c) { return IsNameStart(c) || (c >= '0' && c <= '9') || c == 0xB7; }

bool IsKeyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

std::string NormalizeName(std::string_view name) {
  std::string out;
  bool blank = false;
  size_t length = 0;
  for (size_t at = 0; at < name.size(); at += length) {
    if (IsBlank(DecodeAt(name, at, &length))) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += name.substr(at, length);
  }
  return out;
}

char32_t Lexer::CodePoint(size_t at, size_t* length) const {
  if (at >= text_.size()) {
    *length = 0;
    return 0;
  }
  return DecodeAt(text_, at, length);
}

size_t Lexer::BlankLength(size_t at) const {
  size_t length = 0;
  return at < text_.size() && IsBlank(CodePoint(at, &length)) ? length : 0;
}

void Lexer::SkipBlanks() {
  while (at_ < text_.size()) {
    if (const size_t blank = BlankLength(at_); blank > 0) {
      at_ += blank;
    } else if (text_.substr(at_, 2) == "//") {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_.substr(at_, 2) == "/*") {
      const size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return;
      at_ = end + 2;
    } else {
      return;
    }
  }
}

bool Lexer::AtEnd() {
  SkipBlanks();
  return at_ >= text_.size();
}

char Lexer::Peek() {
  SkipBlanks();
  return at_ < text_.size() ? text_[at_] : '\0';
}

bool Lexer::Sees(std::string_view sign) {
  SkipBlanks();
  return text_.substr(at_, sign.size()) == sign;
}

bool Lexer::Take(std::string_view sign) {
  if (!Sees(sign)) return false;
  at_ += sign.size();
  return true;
}

bool Lexer::SeesWord(std::string_view word) {
  if (!Sees(word)) return false;
  size_t length = 0;
  const char32_t next = CodePoint(at_ + word.size(), &length);
  return length == 0 || !IsNamePart(next);
}

bool Lexer::TakeWord(std::string_view word) {
  if (!SeesWord(word)) return false;
  at_ += word.size();
  return true;
}

size_t Lexer::MatchName(std::string_view name) {
  if (name.empty()) return 0;
  SkipBlanks();
  size_t at = at_;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == ' ') {
      const size_t first = BlankLength(at);
      if (first == 0) return 0;
      at += first;
      while (const size_t more = BlankLength(at)) at += more;
      continue;
    }
    if (at >= text_.size() || text_[at] != name[i]) {
      // Blanks around a sign inside a name do not matter.
      const size_t blank = BlankLength(at);
      const bool after_sign = i > 0 && IsNameSign(static_cast<unsigned char>(name[i - 1]));
      if (blank == 0 || !(after_sign || IsNameSign(static_cast<unsigned char>(name[i])))) return 0;
      at += blank;
      --i;
      continue;
    }
    ++at;
  }
  size_t length = 0;
  const char32_t next = CodePoint(at, &length);
  const bool ends_in_sign = IsNameSign(static_cast<unsigned char>(name.back()));
  if (length > 0 && IsNamePart(next) && !ends_in_sign) return 0;
  return at - at_;
}

std::string_view Lexer::Word() {
  SkipBlanks();
  size_t length = 0;
  if (!IsNameStart(CodePoint(at_, &length)) || length == 0) return {};
  size_t at = at_ + length;
  while (true) {
    const char32_t c = CodePoint(at, &length);
    if (length == 0 || !IsNamePart(c)) break;
    at += length;
  }
  return text_.substr(at_, at - at_);
}

std::optional<std::string> Lexer::NameBefore(char stop) {
  constexpr size_t kNameBytesMax = 1000;
  SkipBlanks();
  size_t length = 0;
  size_t at = at_;
  if (!IsNameStart(CodePoint(at, &length)) || length == 0) return std::nullopt;
  while (at < text_.size() && at - at_ < kNameBytesMax) {
    const char32_t c = CodePoint(at, &length);
    if (c == static_cast<unsigned char>(stop)) {
      std::string name = NormalizeName(text_.substr(at_, at - at_));
      at_ = at;
      return name;
    }
    if (!IsNamePart(c) && !IsNameSign(c) && !IsBlank(c)) return std::nullopt;
    at += length;
  }
  return std::nullopt;
}

std::optional<std::string_view> Lexer::NumberText() {
  SkipBlanks();
  size_t at = at_;
  auto digits = [&] {
    const size_t from = at;
    while (at < text_.size() && text_[at] >= '0' && text_[at] <= '9') ++at;
    return at - from;
  };
  const size_t whole = digits();
  if (at + 1 < text_.size() && text_[at] == '.' && text_[at + 1] >= '0' && text_[at + 1] <= '9') {
    ++at;
    digits();
  } else if (whole == 0) {
    return std::nullopt;
  }
  if (at < text_.size() && (text_[at] == 'e' || text_[at] == 'E')) {
    const size_t mark = at++;
    if (at < text_.size() && (text_[at] == '+' || text_[at] == '-')) ++at;
    if (digits() == 0) at = mark;
  }
  const std::string_view number = text_.substr(at_, at - at_);
  at_ = at;
  return number;
}

std::optional<std::string> Lexer::StringLiteral(std::string* error) {
  std::string out;
  char32_t high = 0;  // the first half of a pair written as \uD83D\uDE00
  for (size_t at = at_ + 1; at < text_.size(); ++at) {
    const char c = text_[at];
    if (c == '"') {
      at_ = at + 1;
      return out;
    }
    if (c != '\\' || at + 1 >= text_.size()) {
      out += c;
      continue;
    }
    const char escaped = text_[++at];
    switch (escaped) {
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case '\'':
      case '"':
      case '\\': out += escaped; break;
      case 'u':
      case 'U': {
        const size_t count = escaped == 'u' ? 4 : 6;
        char32_t code = 0;
        bool whole = at + count < text_.size();
        for (size_t i = 1; whole && i <= count; ++i) {
          const int digit = HexValue(text_[at + i]);
          whole = digit >= 0;
          if (whole) code = code * 16 + static_cast<char32_t>(digit);
        }
        if (!whole || code > 0x10FFFF) {
          *error = "a \\u escape needs hexadecimal digits";
          return std::nullopt;
        }
        at += count;
        if (code >= 0xD800 && code < 0xDC00) {
          high = code;
        } else if (code >= 0xDC00 && code < 0xE000 && high != 0) {
          AppendUtf8(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), &out);
          high = 0;
        } else {
          AppendUtf8(code, &out);
        }
        break;
      }
      default: out += '\\'; out += escaped;
    }
  }
  *error = "a string is not closed";
  return std::nullopt;
}

}  // namespace vroegsein::feel
