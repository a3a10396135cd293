// Homes: which records belong to one household, given who is who.
//
// A household is the people who share an address as one home. People at one address are one
// household, also with different surnames, unless
// - the address is crowded: a student house, shelter, care home or a building without suffixes,
//   seen from the number of unrelated names, or named in a list; there only a person, and people
//   who share a rare surname, phone or e-mail, are a household;
// - somebody moved out and others, unrelated, came after: seen from where either was before or
//   after, from half a year without anybody, or from a contract of which a home has one;
// - one of them is a business.
// A person who moves takes the household along, unless others of it stay behind or are not seen to
// move along (then it split; of somebody with a partner's name who is never seen with anybody, that
// is not known), or others already live at the new address (then the person joined them), or were
// seen there within half a year (whether one who comes alone joined them or took the home over is
// not known). An address that differs from the person's usual one by a slip of the pen or a suffix
// left out, or to which they did not stay, is the usual one. Pure function; thread safe.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ingest/calendar.h"
#include "store/household/identity/resident.h"

namespace vroegsein::identity {

struct HomeOptions {
  // Unrelated names at one address from which it is crowded.
  size_t crowded_names = 4;
  // With fewer, when they are of one age: students.
  size_t crowded_names_of_one_age = 3;
  // In a crowded place two people with a surname rarer than this are taken for relatives.
  double rare_surname = 0.002;
  // Unrelated people of whom the second was first seen so long after the first was last seen are
  // two households: one left, the other came. Within half a year the field counts what comes from
  // one address together (opeenvolgend).
  int vacant_days = 183;
  // DwellingKey()s of places that hold many households.
  std::set<std::string> crowded;
  // Sorts of contract of which a home has one, folded: another name on it came after the first.
  std::set<std::string> one_per_home = {"water", "energie", "huur"};
  // Who moves away leaves those behind who were seen at the old address up to so many days before,
  // and not at the new one.
  int left_behind_days = 120;
};

// One record: who, where, when.
struct Stay {
  uint32_t resident;  // index in `residents`
  uint32_t person;    // group of GroupPersons()
  std::optional<Date> day;
  std::string contract = {};  // its sort, folded
};

// Postcode, number and suffix; with the street where the postcode is not Dutch. Empty when the
// place is not known.
std::string DwellingKey(const Resident& resident);
bool SameDwelling(const Resident& a, const Resident& b);  // whether their keys are the same

// Per stay the number of its household, in order of first appearance.
std::vector<uint32_t> GroupHomes(std::span<const Resident> residents, std::span<const Stay> stays,
                                 const HomeOptions& options = {});

}  // namespace vroegsein::identity
