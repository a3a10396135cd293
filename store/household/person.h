// A name in one spelling, for words that people search by and as a start for the matcher
// (identity/spelling.h): letters only, without diacritics and case, surname prefixes left out, ij
// and y as one letter. Pure functions; thread safe.
#pragma once

#include <string>
#include <string_view>

namespace vroegsein {

// Lower case, a to z and digits only: `D'Ångelo-Wiersma` is "dangelowiersma".
std::string FoldName(std::string_view name);

// The surname folded, without prefixes that stand in it (van der, v.d., 't), ij as y: `van der
// Weij` is "wey".
std::string NormaliseSurname(std::string_view surname);

}  // namespace vroegsein
