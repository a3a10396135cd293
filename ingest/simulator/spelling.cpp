#include "ingest/simulator/spelling.h"

#include <array>
#include <utility>
#include <vector>

namespace vroegsein::simulator {
namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

constexpr Replacement kSpellings[] = {
    {"ij", "y"}, {"y", "ij"}, {"ck", "k"}, {"c", "k"}, {"k", "c"}, {"ss", "s"}, {"s", "ss"},
    {"z", "s"},  {"oo", "o"}, {"aa", "a"}, {"Ö", "O"}, {"ü", "u"}, {"ı", "i"},  {"ễ", "e"}};

std::string ReplaceOnce(std::string_view text, size_t at, Replacement replacement) {
  std::string changed(text.substr(0, at));
  changed += replacement.second;
  changed += text.substr(at + replacement.first.size());
  return changed;
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string MapAscii(std::string_view text, char from, char to) {
  std::string changed(text);
  for (char& c : changed) {
    if (c >= from && c <= static_cast<char>(from + 25)) c = static_cast<char>(c - from + to);
  }
  return changed;
}
std::string Upper(std::string_view text) { return MapAscii(text, 'a', 'A'); }
std::string Lower(std::string_view text) { return MapAscii(text, 'A', 'a'); }

}  // namespace

std::string SlipOfTheFinger(std::string_view text, Random& random) {
  if (text.size() < 4) return std::string(text);
  size_t at = 1 + random.Below(text.size() - 2);
  if (!IsLetter(text[at]) || !IsLetter(text[at + 1])) return std::string(text);
  std::string changed(text);
  switch (random.Below(3)) {
    case 0: std::swap(changed[at], changed[at + 1]); break;
    case 1: changed.erase(at, 1); break;
    default: changed.insert(at, 1, changed[at]); break;
  }
  return changed;
}

std::string MisspellSurname(std::string_view surname, Random& random) {
  size_t hyphen = surname.find('-');
  if (hyphen != std::string_view::npos && random.Chance(60 * kPercent)) {
    std::string_view first = surname.substr(0, hyphen), second = surname.substr(hyphen + 1);
    if (random.Chance(30 * kPercent)) return std::string(second) + "-" + std::string(first);
    return std::string(random.Chance(50 * kPercent) ? first : second);
  }
  std::vector<std::string> ways;
  for (const Replacement& replacement : kSpellings) {
    size_t at = surname.find(replacement.first);
    if (at != std::string_view::npos) ways.push_back(ReplaceOnce(surname, at, replacement));
  }
  if (ways.empty() || random.Chance(30 * kPercent)) return SlipOfTheFinger(surname, random);
  return ways[random.Below(ways.size())];
}

std::string MisspellPrefix(std::string_view prefix, Random& random) {
  if (prefix.empty()) return {};
  constexpr std::string_view kVanDer[] = {"v.d.", "vd", "v/d", "vander", "v.d", "Van der"};
  constexpr std::string_view kVan[] = {"v.", "V.", "Van"};
  if (random.Chance(20 * kPercent)) return {};
  if (prefix.starts_with("van de")) return std::string(random.Pick(kVanDer));
  if (prefix == "van") return std::string(random.Pick(kVan));
  if (prefix == "van 't") return random.Chance(50 * kPercent) ? "van het" : "v 't";
  return Upper(prefix.substr(0, 1)) + std::string(prefix.substr(1));
}

std::string RespellSuffix(std::string_view suffix, Random& random) {
  constexpr std::array<Replacement, 9> kOther = {{{"I", "1"},
                                                  {"II", "2"},
                                                  {"III", "3"},
                                                  {"IV", "4"},
                                                  {"1", "I"},
                                                  {"2", "II"},
                                                  {"3", "III"},
                                                  {"4", "IV"},
                                                  {"hs", "huis"}}};
  if (suffix.empty()) return {};
  if (random.Chance(20 * kPercent)) {
    for (const Replacement& other : kOther) {
      if (suffix == other.first) return std::string(other.second);
    }
  }
  switch (random.Below(4)) {
    case 0: return Lower(suffix);
    case 1: return Upper(suffix);
    case 2: return "-" + std::string(suffix);
    default: return " " + std::string(suffix);
  }
}

std::string RespellPostcode(std::string_view postcode, Random& random) {
  std::string digits(postcode.substr(0, 4)), letters(postcode.substr(4));
  switch (random.Below(3)) {
    case 0: return digits + " " + letters;
    case 1: return digits + Lower(letters);
    default: return digits + " " + Lower(letters);
  }
}

std::string SlipInPostcode(std::string_view postcode, Random& random) {
  constexpr std::string_view kLetters = "ABCDEFGHJKLMNPRTVWXZ";  // no S: SA, SD and SS do not exist
  std::string slipped(postcode);
  char& letter = slipped[random.Chance(50 * kPercent) ? 4 : 5];
  size_t at = kLetters.find(letter);
  letter = kLetters[(at + 1) % kLetters.size()];
  return slipped;
}

std::string RespellPhone(std::string_view phone, Random& random) {
  if (phone.size() != 10) return std::string(phone);
  std::string area(phone.substr(0, 3)), number(phone.substr(3));
  switch (random.Below(3)) {
    case 0: return area + "-" + number;
    case 1: return "+31" + std::string(phone.substr(1));
    default:
      return area + " " + number.substr(0, 3) + " " + number.substr(3, 2) + " " + number.substr(5);
  }
}

std::string AbbreviateStreet(std::string_view street) {
  constexpr Replacement kShort[] = {
      {"straat", "str."}, {"laan", "ln"}, {"singel", "sgl"}, {"Singel", "Sgl"}};
  for (const Replacement& replacement : kShort) {
    if (street.ends_with(replacement.first)) {
      return ReplaceOnce(street, street.size() - replacement.first.size(), replacement);
    }
  }
  return std::string(street);
}

}  // namespace vroegsein::simulator
