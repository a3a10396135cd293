// What a creditor knows a person as: the same on all its notices, and not always what the next
// creditor has.
//
// First names where initials belong, the partner's name before, behind or instead of one's own,
// another transliteration, the name of a business, a birth day of which only the year is known.
// What gets misspelt on one notice is written.h's. Pure functions; thread safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ingest/calendar.h"
#include "ingest/simulator/options.h"
#include "ingest/simulator/people.h"

namespace vroegsein::simulator {

struct KnownAs {
  std::string initials;  // "S.H."; of some "Sanne"
  std::string prefix;
  std::string surname;
  std::optional<Date> birth_date;
};

// REQUIRES: a person, not a business.
KnownAs KnownBy(const SimulationOptions& options, const Person& person, size_t partner);

}  // namespace vroegsein::simulator
