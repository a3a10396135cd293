#include "ingest/field_check.h"

#include <algorithm>

#include "ingest/utf8.h"

namespace vroegsein {
namespace {

constexpr size_t kEmailLocalCharsMax = 64;
constexpr size_t kDomainLabelCharsMax = 63;
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// C0, DEL, C1, line and paragraph separators, and what reorders or hides text on a screen.
bool IsForbidden(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFFF9 && c <= 0xFFFB) || (c & 0xFFFE) == 0xFFFE;
}

bool IsLocalPartChar(char c) {
  constexpr std::string_view kAllowed = "!#$%&'*+/=?^_`{|}~-.";
  return IsLetter(c) || IsDigit(c) || !IsAscii(c) || kAllowed.find(c) != std::string_view::npos;
}

bool IsDomainLabel(std::string_view label) {
  if (label.empty() || label.size() > kDomainLabelCharsMax) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(),
                     [](char c) { return IsLetter(c) || IsDigit(c) || c == '-' || !IsAscii(c); });
}

bool IsDomain(std::string_view domain) {
  size_t labels = 0;
  while (true) {
    size_t dot = domain.find('.');
    std::string_view label = domain.substr(0, dot);
    if (!IsDomainLabel(label)) return false;
    ++labels;
    // The last label is a top-level domain: never a number, never one letter.
    if (dot == std::string_view::npos) return labels > 1 && label.size() > 1 && !IsDigit(label[0]);
    domain.remove_prefix(dot + 1);
  }
}

}  // namespace

std::string_view TrimSpace(std::string_view text) {
  while (!text.empty()) {
    if (IsSpace(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with(kNoBreakSpace)) {
      text.remove_prefix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (IsSpace(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(kNoBreakSpace)) {
      text.remove_suffix(kNoBreakSpace.size());
    } else {
      break;
    }
  }
  return text;
}

std::optional<ErrorCode> CheckText(std::string_view text, size_t chars_max) {
  size_t at = PrintableEnd(text, 0), chars = at;
  while (at < text.size()) {
    auto point = DecodeUtf8(text, at);
    if (!point) return ErrorCode::kEncoding;
    if (IsForbidden(point->value)) return ErrorCode::kTextControl;
    size_t next = at + point->bytes;
    at = PrintableEnd(text, next);
    chars += 1 + (at - next);
  }
  if (chars > chars_max) return ErrorCode::kTextTooLong;
  return std::nullopt;
}

std::optional<ErrorCode> CheckId(std::string_view text) {
  if (text.size() > kIdCharsMax) return ErrorCode::kTextTooLong;
  constexpr std::string_view kInside = "-_.:/#";
  auto alphanumeric = [](char c) { return IsLetter(c) || IsDigit(c); };
  bool valid =
      !text.empty() && alphanumeric(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
        return alphanumeric(c) || kInside.find(c) != std::string_view::npos;
      });
  if (!valid) return ErrorCode::kIdInvalid;
  return std::nullopt;
}

std::optional<std::string> RepairPostcode(std::string_view text) {
  std::string code;
  for (size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(kNoBreakSpace)) {
      at += kNoBreakSpace.size();
      continue;
    }
    char c = text[at++];
    if (c == ' ') continue;
    if (code.size() == 6) return std::nullopt;
    bool digit_due = code.size() < 4;
    if (digit_due ? !IsDigit(c) : !IsLetter(c)) return std::nullopt;
    code.push_back(c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  if (code.size() != 6 || code[0] == '0') return std::nullopt;
  std::string_view letters = std::string_view(code).substr(4);
  if (letters == "SA" || letters == "SD" || letters == "SS") return std::nullopt;
  return code;
}

std::optional<ErrorCode> RepairHouseNumber(std::string_view text, std::string* out) {
  size_t digits = 0;
  int value = 0;
  for (; digits < text.size() && IsDigit(text[digits]); ++digits) {
    value = std::min(value * 10 + (text[digits] - '0'), kHouseNumberMax + 1);
  }
  if (digits > 0 && digits < text.size()) return ErrorCode::kHouseNumberSuffix;
  if (digits == 0 || value == 0 || value > kHouseNumberMax) return ErrorCode::kHouseNumberInvalid;
  size_t first = text.find_first_not_of('0');
  out->assign(text.substr(first));
  return std::nullopt;
}

bool IsBsn(std::string_view text) {
  if (text.size() != 9 || !std::all_of(text.begin(), text.end(), IsDigit)) return false;
  int sum = -(text[8] - '0');
  int digits = text[8] - '0';
  for (int i = 0; i < 8; ++i) {
    int digit = text[static_cast<size_t>(i)] - '0';
    sum += digit * (9 - i);
    digits += digit;
  }
  return digits > 0 && sum % 11 == 0;
}

bool IsPlausibleEmail(std::string_view text) {
  if (text.size() > kEmailCharsMax) return false;
  size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > kEmailLocalCharsMax) return false;
  std::string_view local = text.substr(0, at);
  if (local.front() == '.' || local.back() == '.') return false;
  if (local.find("..") != std::string_view::npos) return false;
  return std::all_of(local.begin(), local.end(), IsLocalPartChar) && IsDomain(text.substr(at + 1));
}

}  // namespace vroegsein
