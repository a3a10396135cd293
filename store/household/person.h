// A person's name in one spelling, so that the same resident of two partners is seen as one.
//
// First version: letters only, without diacritics and case, surname prefixes left out, ij and y as
// one letter. Pure functions; thread safe.
#pragma once

#include <string>
#include <string_view>

#include "ingest/signal.pb.h"

namespace vroegsein {

// Lower case, a to z and digits only: `D'Ångelo-Wiersma` is "dangelowiersma".
std::string FoldName(std::string_view name);

// The surname folded, without prefixes that stand in it (van der, v.d., 't), ij as y: `van der
// Weij` is "wey".
std::string NormaliseSurname(std::string_view surname);

// What two records of one resident share: surname with birth day, or with the first initial where
// the birth day is not known.
std::string PersonKey(const Client& client);

}  // namespace vroegsein
