// Names, dates and numbers of residents in the few spellings that can be compared.
//
// Dutch habits (Divosa, Vroegsignalering 2025): prefixes in every spelling, ij and y, c and k, ss
// and s, diacritics, a partner's name with a hyphen in either order, initials or first names, birth
// dates of which only the year is known. Pure functions; thread safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vroegsein::identity {

inline constexpr size_t kNamePartsMax = 4;

// The names in a surname, folded and without prefixes: `de Vries-van der Meer` is vries, meer.
std::vector<std::string> SurnameParts(std::string_view surname);

// What names that sound alike share: `Meijer`, `Meyer` and `Meier`; `Claessens` and `Klaassens`;
// `Müller`, `Mueller` and `Muller`. REQUIRES: folded.
std::string SoundCode(std::string_view folded);

struct GivenName {
  std::string name;      // folded; empty when only initials are known
  std::string initials;  // folded, one letter each
};
// `J.P.`, `JP`, `Jan Pieter`, `jan-pieter`. With `is_name` a word is never taken for initials.
GivenName ParseGivenName(std::string_view text, bool is_name);

// Digits YYYYMMDD; also from 31-12-1984 and 19841231. A day that does not exist stays as it is
// written. Empty when it is no date.
std::string BirthDigits(std::string_view text);
// 1 January, 1 July or zeros: only the year is known.
bool OnlyYearKnown(std::string_view digits);

// A street folded, with its last part in full: `Merelstr.` is "merelstraat".
std::string FoldStreet(std::string_view street);

// The name of a business folded, without its legal form.
std::string FoldBusiness(std::string_view name);

// Letters and digits in upper case: a postcode, a state.
std::string Plain(std::string_view text);
// `8911AD`
bool IsDutchPostcode(std::string_view plain);

// In lower case and without spaces; empty when it is no address.
std::string FoldEmail(std::string_view email);

// The last nine digits of a phone number, or all when it has fewer; empty under six.
std::string PhoneDigits(std::string_view phone);

// `12`, `12A`, `12 bis`, `12-2`: the number without leading zeros, and what stands behind it.
struct HouseNumber {
  std::string number;
  std::string suffix;  // as NormaliseSuffix writes it
};
HouseNumber ParseHouseNumber(std::string_view number, std::string_view suffix);

// Digits that one slip of the pen makes of one another. Numbers across one another on a street (12
// and 14) are neighbours, not slips.
bool IsSlipOfNumber(const std::string& a, const std::string& b);

}  // namespace vroegsein::identity
