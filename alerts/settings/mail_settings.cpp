#include "alerts/settings/mail_settings.h"

#include <algorithm>

namespace vroegsein {
namespace {

constexpr size_t kAddressCharsMax = 254;
constexpr std::string_view kSigns = "@.!#$%&'*+-/=?^_`{|}~";

}  // namespace

bool IsMailAddress(std::string_view text) {
  size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  if (text.rfind('@') != at || text.front() == '-' || text.size() > kAddressCharsMax) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kSigns.find(c) != std::string_view::npos;
  });
}

}  // namespace vroegsein
