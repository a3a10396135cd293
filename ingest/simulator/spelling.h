// The mistakes and habits with which names and addresses get written. Each function changes its
// text in one of the ways the field knows, or leaves it when none applies. Pure but for the Random;
// thread safe.
#pragma once

#include <string>
#include <string_view>

#include "ingest/simulator/random.h"

namespace vroegsein::simulator {

// ij/y, ck/k, c/k, ss/s, z/s, diacritics left out, one half of a double name, or a slip of the
// finger.
std::string MisspellSurname(std::string_view surname, Random& random);
// "van der" as v.d., vd, vander or left out.
std::string MisspellPrefix(std::string_view prefix, Random& random);
// "12A" as a, -A, " A"; "bis" in capitals; "hs" as huis; II as 2 and 2 as II.
std::string RespellSuffix(std::string_view suffix, Random& random);
// "8911 AD", "8911ad".
std::string RespellPostcode(std::string_view postcode, Random& random);
// One of the two letters another: "8911AE". Only pairs that exist.
std::string SlipInPostcode(std::string_view postcode, Random& random);
// "058-0123456", "+31580123456", "058 012 34 56".
std::string RespellPhone(std::string_view phone, Random& random);
// "Merelstr.", "Eikenln".
std::string AbbreviateStreet(std::string_view street);
// Two letters swapped, one left out, or one doubled; never the first. Only ASCII letters are
// touched.
std::string SlipOfTheFinger(std::string_view text, Random& random);

}  // namespace vroegsein::simulator
