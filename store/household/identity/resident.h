// A resident as one record describes them: the text as it came, and what of it can be compared.
//
// Describe() is a pure function; thread safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/calendar.h"

namespace vroegsein::identity {

// The record as it was handed in; empty means not given.
struct ResidentText {
  std::string initials;
  std::string given_name;  // other data sets have names where Dutch ones have initials
  std::string prefix;
  std::string surname;
  std::string birth_date;
  std::string street;
  std::string postcode;
  std::string house_number;
  std::string suffix;
  std::string address_line;  // a second line of the address
  std::string town;
  std::string region;
  std::string phone;
  std::string email;
  std::string citizen_number;
  std::string contract;  // its sort: water, huur
  bool legal_person = false;
  std::optional<Date> day;  // on which the record held
};

struct Resident {
  std::vector<std::string> surnames;  // folded, without prefixes; two of a double name
  std::vector<std::string> codes;     // how each of them sounds
  std::string surname;                // all together
  std::string given;                  // a first name, folded; empty when only initials are known
  std::string initials;               // one letter each
  std::string birth;                  // YYYYMMDD
  std::string street, postcode, number, suffix, line, town, region;
  std::string phone, email, citizen_number;
  bool dutch_postcode = false;
  bool legal_person = false;

  // How much of a file bears the same; filled by Frequencies::Describe().
  struct Shares {
    float surname = 0, code = 0, given = 0, initials = 0, initial = 0;
  } share;
};

Resident Describe(const ResidentText& text);

// The names alone, for who has the rest in other forms.
struct NameText {
  std::string_view initials, given_name, prefix, surname;
};
// REQUIRES: resident->legal_person is set.
void DescribeName(const NameText& text, Resident* resident);

// Everything that is compared, in one string: residents with the same one need comparing only once.
std::string Fingerprint(const Resident& resident);
// Whether the one's fingerprint comes before the other's: below 0, 0, above 0.
int CompareFingerprints(const Resident& a, const Resident& b);

// Whether two records that say just this are of one person: a bare name is many people's.
bool IsTelling(const Resident& resident);

}  // namespace vroegsein::identity
