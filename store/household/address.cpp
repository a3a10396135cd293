#include "store/household/address.h"

#include <array>
#include <utility>

namespace vroegsein {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kSuffixSpellings = {{
    {"I", "1"},
    {"II", "2"},
    {"III", "3"},
    {"IV", "4"},
    {"V", "5"},
    {"VI", "6"},
    {"VII", "7"},
    {"VIII", "8"},
    {"IX", "9"},
    {"X", "10"},
    {"HUIS", "HS"},
    {"BEGANEGROND", "HS"},
    {"BG", "HS"},
}};

bool IsSeparator(char c) { return c == ' ' || c == '-' || c == '.' || c == '/' || c == '\t'; }

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string NormaliseSuffix(std::string_view suffix) {
  std::string plain;
  for (char c : suffix) {
    if (!IsSeparator(c)) plain.push_back(Upper(c));
  }
  size_t zeros = 0;
  while (zeros + 1 < plain.size() && plain[zeros] == '0') ++zeros;
  plain.erase(0, zeros);
  for (const auto& [spelling, normal] : kSuffixSpellings) {
    if (plain == spelling) return std::string(normal);
  }
  return plain;
}

AddressRecord NormaliseAddress(const Client& client) {
  AddressRecord address;
  address.set_postcode(client.postcode());
  address.set_house_number(client.house_number());
  address.set_suffix(NormaliseSuffix(client.house_number_suffix()));
  return address;
}

}  // namespace vroegsein
