#include "store/household/identity/spelling.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "store/household/address.h"
#include "store/household/identity/text_distance.h"
#include "store/household/person.h"

namespace vroegsein::identity {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (IsUpper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

void ReplaceAll(std::string* text, std::string_view from, std::string_view to) {
  for (size_t at = text->find(from); at != std::string::npos; at = text->find(from, at)) {
    text->replace(at, from.size(), to);
    at += to.size();
  }
}

// What stands between the two names of a married person.
constexpr std::array<std::string_view, 6> kBetweenNames = {
    " e/v ", " ev ", " geb. ", " geb ", " gescheiden van ", " e.v. "};

// Calls `each` with every piece that is not empty.
template <typename Each>
void EachPiece(std::string_view text, std::string_view separators, const Each& each) {
  size_t start = 0;
  while (start <= text.size()) {
    size_t end = std::min(text.find_first_of(separators, start), text.size());
    if (end > start) each(text.substr(start, end - start));
    start = end + 1;
  }
}

std::vector<std::string> Split(std::string_view text, std::string_view separators) {
  std::vector<std::string> pieces;
  EachPiece(text, separators, [&](std::string_view piece) { pieces.emplace_back(piece); });
  return pieces;
}

// `Vries, de` as `de Vries`.
std::string PrefixInFront(std::string_view surname) {
  size_t comma = surname.find(',');
  if (comma == std::string_view::npos) return std::string(surname);
  std::string text(surname.substr(comma + 1));
  return text.append(" ").append(surname.substr(0, comma));
}

// Whether one of kBetweenNames can be in it: each begins so.
bool MayHaveBetweenNames(std::string_view text) {
  for (size_t at = 1; at < text.size(); ++at) {
    bool begins = text[at] == 'e' || text[at] == 'E' || text[at] == 'g' || text[at] == 'G';
    if (begins && text[at - 1] == ' ') return true;
  }
  return false;
}

// With a hyphen for what stands between two names.
void HyphenateNames(std::string* text) {
  if (!MayHaveBetweenNames(*text)) return;
  std::string lower = Lower(*text);
  for (std::string_view between : kBetweenNames) {
    size_t at = lower.find(between);
    if (at == std::string::npos) continue;
    text->replace(at, between.size(), "-");
    lower = Lower(*text);
  }
}

// A prefix that was written onto the name: `vanderMeer` keeps its capital.
std::string_view WithoutGluedPrefix(std::string_view name) {
  constexpr std::array<std::string_view, 6> kGlued = {"vander", "vanden", "vd",
                                                      "vande",  "v/d",    "van"};
  for (std::string_view prefix : kGlued) {
    bool glued = name.size() > prefix.size() + 2 && IsUpper(name[prefix.size()]) &&
                 IsLower(name[prefix.size() - 1]) && Lower(name.substr(0, prefix.size())) == prefix;
    if (glued) return name.substr(prefix.size());
  }
  return name;
}

}  // namespace

std::vector<std::string> SurnameParts(std::string_view surname) {
  std::string text = PrefixInFront(surname);
  HyphenateNames(&text);
  if (text.find('/') != std::string::npos) {
    ReplaceAll(&text, "v/d", "vd");
    ReplaceAll(&text, "V/d", "vd");
    ReplaceAll(&text, "v/", "v ");
  }
  std::vector<std::string> parts;
  EachPiece(text, "-/()", [&parts](std::string_view piece) {
    std::string part = NormaliseSurname(WithoutGluedPrefix(piece));
    bool known = std::find(parts.begin(), parts.end(), part) != parts.end();
    if (!part.empty() && !known && parts.size() < kNamePartsMax) parts.push_back(std::move(part));
  });
  return parts;
}

std::string SoundCode(std::string_view folded) {
  constexpr std::pair<std::string_view, std::string_view> kSounds[] = {
      {"sch", "s"}, {"ck", "k"},  {"ch", "g"}, {"ph", "f"}, {"th", "t"}, {"dt", "t"}, {"qu", "k"},
      {"ij", "y"},  {"eij", "y"}, {"ei", "y"}, {"ey", "y"}, {"uy", "u"}, {"ui", "u"}, {"ae", "a"},
      {"oe", "o"},  {"ue", "u"},  {"ie", "i"}, {"ou", "o"}, {"au", "o"}, {"x", "ks"}, {"c", "k"},
      {"z", "s"},   {"v", "f"},   {"w", "f"},  {"d", "t"},  {"gh", "g"}};
  std::string code(folded);
  // Most sounds are in few names: letters that are, or come, in this one.
  uint32_t letters = 0;
  auto note = [&letters](std::string_view text) {
    for (char c : text) letters |= IsLower(c) ? 1u << (c - 'a') : 0;
  };
  note(code);
  for (const auto& [from, to] : kSounds) {
    if (((letters >> (from[0] - 'a')) & 1u) == 0) continue;
    ReplaceAll(&code, from, to);
    note(to);
  }
  code.erase(std::unique(code.begin(), code.end()), code.end());
  return code;
}

GivenName ParseGivenName(std::string_view text, bool is_name) {
  GivenName given;
  bool dotted = text.find('.') != std::string_view::npos;
  EachPiece(text, " .-,/", [&](std::string_view word) {
    std::string folded = FoldName(word);
    if (folded.empty()) return;
    bool capitals = word.size() <= 5 && std::all_of(word.begin(), word.end(), IsUpper);
    if (folded.size() > 1 && capitals && !is_name && !dotted) {
      given.initials += folded;
      return;
    }
    given.initials += folded[0];
    if (folded.size() > 1 && (is_name || !dotted)) given.name += folded;
  });
  return given;
}

std::string BirthDigits(std::string_view text) {
  std::vector<std::string> groups;
  for (const std::string& piece : Split(text, " -./T:")) {
    if (!std::all_of(piece.begin(), piece.end(), IsDigit)) return {};
    groups.push_back(piece);
  }
  if (groups.empty()) return {};
  if (groups[0].size() == 8) return groups[0];
  if (groups.size() < 3) return groups[0].size() == 4 ? groups[0] + "0000" : std::string();
  if (groups[0].size() <= 2 && groups[2].size() == 4) std::swap(groups[0], groups[2]);
  if (groups[0].size() != 4 || groups[1].size() > 2 || groups[2].size() > 2) return {};
  auto two = [](const std::string& group) { return group.size() == 1 ? "0" + group : group; };
  return groups[0] + two(groups[1]) + two(groups[2]);
}

bool OnlyYearKnown(std::string_view digits) {
  std::string_view rest = digits.substr(std::min<size_t>(4, digits.size()));
  return rest == "0101" || rest == "0701" || rest == "0000" || rest.ends_with("00");
}

std::string FoldStreet(std::string_view street) {
  constexpr std::pair<std::string_view, std::string_view> kInFull[] = {
      {"str.", "straat"}, {"ln.", "laan"},   {"pln.", "plein"}, {"wg.", "weg"}, {"sgl.", "singel"},
      {"str", "straat"},  {"sgl", "singel"}, {"pln", "plein"},  {"ln", "laan"}, {"wg", "weg"}};
  std::string lower = Lower(street);
  while (!lower.empty() && lower.back() == ' ') lower.pop_back();
  for (const auto& [ending, full] : kInFull) {
    if (!lower.ends_with(ending)) continue;
    lower.replace(lower.size() - ending.size(), ending.size(), full);
    break;
  }
  return FoldName(lower);
}

std::string FoldBusiness(std::string_view name) {
  constexpr std::array<std::string_view, 10> kForms = {
      "bv", "vof", "nv", "cv", "zn", "zonen", "stichting", "eenmanszaak", "holding", "en"};
  std::string folded;
  std::string plain(name);
  plain.erase(std::remove(plain.begin(), plain.end(), '.'), plain.end());
  for (const std::string& word : Split(plain, " ,&-\"'")) {
    std::string piece = FoldName(word);
    if (std::find(kForms.begin(), kForms.end(), piece) == kForms.end()) folded += piece;
  }
  return folded.empty() ? FoldName(name) : folded;
}

std::string Plain(std::string_view text) {
  std::string plain = FoldName(text);
  for (char& c : plain) {
    if (IsLower(c)) c = static_cast<char>(c - 'a' + 'A');
  }
  return plain;
}

bool IsDutchPostcode(std::string_view plain) {
  return plain.size() == 6 && std::all_of(plain.begin(), plain.begin() + 4, IsDigit) &&
         IsUpper(plain[4]) && IsUpper(plain[5]);
}

std::string FoldEmail(std::string_view email) {
  std::string folded;
  for (char c : email) {
    if (c != ' ') folded.push_back(IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return folded.find('@') == std::string::npos ? std::string() : folded;
}

std::string PhoneDigits(std::string_view phone) {
  constexpr size_t kKept = 9, kFewest = 6;
  std::string digits;
  for (char c : phone) {
    if (IsDigit(c)) digits.push_back(c);
  }
  if (digits.size() > kKept) digits.erase(0, digits.size() - kKept);
  return digits.size() < kFewest ? std::string() : digits;
}

HouseNumber ParseHouseNumber(std::string_view number, std::string_view suffix) {
  while (!number.empty() && (number.front() == ' ' || number.front() == '0'))
    number.remove_prefix(1);
  size_t end = 0;
  while (end < number.size() && IsDigit(number[end])) ++end;
  HouseNumber parsed{std::string(number.substr(0, end)), {}};
  std::string rest(number.substr(end));
  if (parsed.number.empty()) return {FoldName(rest), NormaliseSuffix(suffix)};
  rest += suffix;
  parsed.suffix = NormaliseSuffix(rest);
  return parsed;
}

bool IsSlipOfNumber(const std::string& a, const std::string& b) {
  constexpr int kNeighbour = 4, kLongest = 9;
  auto number = [](const std::string& digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + std::min<size_t>(digits.size(), kLongest),
                    value);
    return value;
  };
  int gap = std::abs(number(a) - number(b));
  if (gap == 1) return true;
  if (gap % 2 == 0 && gap <= kNeighbour) return false;
  return std::max(a.size(), b.size()) > 1 && Edits(a, b, 1) <= 1;
}

}  // namespace vroegsein::identity
