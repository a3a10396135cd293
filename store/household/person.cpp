#include "store/household/person.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "ingest/status.h"

namespace vroegsein {
namespace {

// Prefixes as they stand alone in a name, folded. A surname never loses its last word to this list.
constexpr std::array<std::string_view, 32> kPrefixWords = {
    "van", "der", "den", "de",  "het",   "ter", "ten", "te",  "t",     "s",   "v",
    "vd",  "vdr", "d",   "op",  "in",    "aan", "la",  "le",  "du",    "von", "zu",
    "zur", "dos", "da",  "del", "della", "el",  "al",  "bij", "onder", "over"};

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

void AppendFoldedAscii(char c, std::string* out) {
  if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out->push_back(c);
}

// Letters that no decomposition turns into a to z.
std::string_view SpelledOut(UChar32 letter) {
  switch (letter) {
    case 0x00DF: return "ss";
    case 0x00E6: return "ae";
    case 0x0153: return "oe";
    case 0x00F8: return "o";
    case 0x0111: return "d";
    case 0x0142: return "l";
    case 0x0131: return "i";
    case 0x00FE: return "th";
    case 0x00F0: return "d";
    default: return "";
  }
}

std::string FoldUnicode(std::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(error);
  VROEGSEIN_CHECK(U_SUCCESS(error));
  auto text = icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
  icu::UnicodeString plain = decompose->normalize(text.foldCase(), error);
  VROEGSEIN_CHECK(U_SUCCESS(error));
  std::string folded;
  for (int32_t at = 0; at < plain.length(); at = plain.moveIndex32(at, 1)) {
    UChar32 letter = plain.char32At(at);
    if (letter < 0x80) {
      AppendFoldedAscii(static_cast<char>(letter), &folded);
    } else if (auto spelled = SpelledOut(letter); !spelled.empty()) {
      folded += spelled;
    } else if (u_isalpha(letter)) {
      icu::UnicodeString(letter).toUTF8String(folded);
    }
  }
  return folded;
}

bool IsPrefixWord(std::string_view word) {
  return std::find(kPrefixWords.begin(), kPrefixWords.end(), word) != kPrefixWords.end();
}

// The folded words of a name, without the prefixes that it begins with, written together.
std::string WithoutPrefixes(std::string_view name) {
  std::string whole, last;
  size_t start = 0;
  for (size_t at = 0; at <= name.size(); ++at) {
    bool end = at == name.size() || name[at] == ' ' || name[at] == '.' || name[at] == '\'';
    if (!end) continue;
    std::string word = FoldName(name.substr(start, at - start));
    start = at + 1;
    if (word.empty()) continue;
    if (!whole.empty() || !IsPrefixWord(last)) whole += last;
    last = std::move(word);
  }
  return whole += last;
}

std::string WithIjAsY(std::string name) {
  if (name.find("ij") == std::string::npos) return name;
  std::string spelled;
  spelled.reserve(name.size());
  for (size_t at = 0; at < name.size(); ++at) {
    bool is_ij = name.compare(at, 2, "ij") == 0;
    spelled.push_back(is_ij ? 'y' : name[at]);
    if (is_ij) ++at;
  }
  return spelled;
}

}  // namespace

std::string FoldName(std::string_view name) {
  if (!IsAscii(name)) return FoldUnicode(name);
  std::string folded;
  folded.reserve(name.size());
  for (char c : name) AppendFoldedAscii(c, &folded);
  return folded;
}

std::string NormaliseSurname(std::string_view surname) {
  return WithIjAsY(WithoutPrefixes(surname));
}

}  // namespace vroegsein
