// The invented people: households, their members and the homes they live in.
//
// Everything is a function of (seed, number of the household), so that nothing need be remembered
// and any household can be made on its own. Names come from short lists of common Dutch and Frisian
// ones, paired at random; phone numbers start with 058-0 and 058-1 (subscriber numbers never begin
// with 0 or 1), e-mail is at example.nl, citizen service numbers begin with 999 (never given out)
// and pass the eleven test. Pure functions; thread safe.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/simulator/options.h"

namespace vroegsein::simulator {

struct Address {
  std::string street;
  std::string postcode;
  int house_number = 0;
  std::string suffix;
  std::string_view town;
};

// Different numbers give different addresses. A quarter of the buildings are flats, whose four
// homes differ in their suffix only.
Address AddressOf(uint64_t number, uint64_t seed);

struct FamilyName {
  std::string prefix;  // "van der"
  std::string name;
};

struct Person {
  uint64_t number = 0;  // of all people, also the unborn
  std::string id;
  std::string initials;  // "S.H."
  std::string prefix;    // "van der"
  std::string surname;
  std::string first_name;  // of the first initial
  FamilyName own_name;
  FamilyName partner_name;  // of a married person who took it or put it before their own
  Date birth_date;
  bool birth_day_known = true;
  std::string phone;  // ten digits
  std::string email;
  std::string bsn;     // most have none
  bool legal = false;  // a business; the surname is its name
};

inline constexpr size_t kMembersMax = 4;
inline constexpr uint64_t kHomesPerBuilding = 4;

struct Household {
  uint64_t number = 0;
  std::vector<Person> members;  // 1..kMembersMax; the first two are a couple
  size_t landlord = 0;          // PartnerIndex
};

Household MakeHousehold(const SimulationOptions& options, uint64_t number);

// Where a member of a household lives in a month, and with whom.
struct Residence {
  uint64_t address = 0;   // for AddressOf
  std::string household;  // the truth's id
};

class Residences {
 public:
  Residences(const SimulationOptions& options, const Household& household);
  // REQUIRES: a member of the household.
  Residence Of(size_t member, int month) const;

 private:
  void PlanLeavings(const SimulationOptions& options, size_t members);

  struct Move {
    int month = 0;
    uint64_t address = 0;
  };
  struct Leaving {
    int month = 0;  // never: months
    uint64_t address = 0;
  };
  uint64_t first_address_;
  std::vector<Move> moves_;  // of the whole household, in order; at most two
  int split_month_;          // from then on the second member lives alone; never: months
  uint64_t split_address_;
  std::array<Leaving, kMembersMax> leavings_;  // of the children
  int join_month_;  // from then on it is part of household `host_`; never: months
  uint64_t host_ = 0;
  uint64_t number_;
};

}  // namespace vroegsein::simulator
