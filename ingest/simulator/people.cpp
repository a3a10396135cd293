#include "ingest/simulator/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ingest/simulator/crowds.h"
#include "ingest/simulator/names.h"
#include "ingest/simulator/partners.h"

namespace vroegsein::simulator {
namespace {

// What a part of the simulation draws from: parts do not disturb one another.
enum Stream : uint64_t {
  kPostcodeStream = 1,
  kBuildingStream,
  kPeopleStream,
  kMoveStream,
  kJoinStream = 6,
  kDifficultyStream,
  kLeavingStream
};

constexpr RatePpm kFlats = 25 * kPercent;
constexpr RatePpm kHandovers = 25 * kPercent;  // of the homes left: another household moves in
constexpr std::string_view kLetters = "ABCDEFGHJKLMNPRTVWXZ";  // no S: SA, SD and SS do not exist

struct SuffixSet {
  std::string_view names[kHomesPerBuilding];
};
constexpr SuffixSet kFlatSuffixes[] = {{{"A", "B", "C", "D"}},     {{"1", "2", "3", "4"}},
                                       {{"I", "II", "III", "IV"}}, {{"hs", "1", "2", "3"}},
                                       {{"", "A", "B", "C"}},      {{"", "bis", "bis A", "bis B"}}};

Random Draw(uint64_t seed, Stream stream, uint64_t number) {
  return Random(Mix(Mix(seed, stream), number));
}

const Surname& PickSurname(Random& random) {
  static const std::vector<uint32_t> weights = [] {
    std::vector<uint32_t> all;
    for (const Surname& surname : kSurnames) all.push_back(surname.weight);
    return all;
  }();
  return kSurnames[random.PickWeighted(weights)];
}

std::string PickInitials(Random& random) {
  std::string initials(random.Pick(kInitials));
  initials += '.';
  for (int more = random.Between(0, 5); more > 3; --more) {
    initials += random.Pick(kInitials);
    initials += '.';
  }
  return initials;
}

// 058-0 and 058-1, two million numbers; neighbours in numbering are far apart.
std::string InventedPhone(uint64_t person) {
  return fmt::format("058{:07}", person * 1'299'709 % 2'000'000);
}

// Nine digits that begin with 999 and pass the eleven test; empty when the digits allow none.
std::string InventedBsn(uint64_t number) {
  std::string digits = fmt::format("999{:05}", number * 7919 % 100'000);
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += (9 - i) * (digits[static_cast<size_t>(i)] - '0');
  if (sum % 11 == 10) return {};
  return digits + static_cast<char>('0' + sum % 11);
}

// a..z of the name only: what is left is plain ASCII.
std::string InventedEmail(const Person& person, uint64_t number) {
  std::string name;
  for (char c : person.surname) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') name += c;
  }
  char initial = static_cast<char>(person.initials[0] - 'A' + 'a');
  return fmt::format("{}.{}{}@example.nl", initial, name, number);
}

Date BirthDate(Random& random, int from_year, int to_year) {
  using namespace std::chrono;
  Date new_year = sys_days(year(random.Between(from_year, to_year)) / January / 1);
  return new_year + days(random.Between(0, 364));
}

void GiveNumbers(Person& person, uint64_t household, size_t member) {
  uint64_t number = household * kMembersMax + member;
  person.number = number;
  person.id = fmt::format("P{}-{}", household, member);
  person.phone = InventedPhone(number);
  person.email = InventedEmail(person, number);
  if (number % 50 == 7) person.bsn = InventedBsn(number / 50);
}

Person MakeBusiness(Random& random, uint64_t household) {
  Person business;
  business.id = fmt::format("R{}", household);
  business.surname = random.Pick(kBusinesses);
  business.phone = InventedPhone(household * kMembersMax);
  business.legal = true;
  return business;
}

Person MakeMember(Random& random, const Household& household, size_t member) {
  Person person;
  const Surname& surname = PickSurname(random);
  person.prefix = surname.prefix;
  person.surname = surname.name;
  person.own_name = {person.prefix, person.surname};
  person.birth_date = BirthDate(random, 1945, 2003);
  if (member >= 1 && random.Chance(member == 1 ? 35 * kPercent : 85 * kPercent)) {
    const Person& first = household.members[0];
    if (member == 1) person.partner_name = first.own_name;
    if (member > 1) person.own_name = first.own_name;
    if (member == 1 && random.Chance(40 * kPercent)) {
      person.surname = fmt::format("{}-{}", first.surname, person.surname);  // a double name
    } else {
      person.surname = first.surname;
    }
    person.prefix = first.prefix;
  }
  if (member >= 2) person.birth_date = BirthDate(random, 1998, 2006);
  person.initials = PickInitials(random);
  GiveNumbers(person, household.number, member);
  return person;
}

// The month, from 0, in which something with this chance a month happens first; `months` for never.
int FirstMonth(Random& random, RatePpm rate, int months) {
  for (int month = 0; month < months; ++month) {
    if (random.Chance(rate)) return month;
  }
  return months;
}

// Numbers of addresses: first one per household, then one per household that moves, one per split,
// two per household for children that leave, and then the crowded ones.
uint64_t FirstAddress(const SimulationOptions& options, uint64_t household) {
  bool crowded = CrowdOf(options, household) != Crowd::kNone;
  return crowded ? CrowdAddress(options, household) : household;
}

int MoveMonth(const SimulationOptions& options, uint64_t household) {
  Random random = Draw(options.seed, kMoveStream, household);
  return FirstMonth(random, options.moves, options.months);
}

size_t SizeIn(Crowd crowd, size_t size) {
  if (crowd == Crowd::kStudentHouse) return 1;
  return crowd == Crowd::kCareHome ? std::min<size_t>(size, 2) : size;
}

std::string PickFirstName(Random& random, char initial) {
  std::vector<std::string_view> names;
  for (std::string_view name : kFirstNames) {
    if (name[0] == initial) names.push_back(name);
  }
  return std::string(names[random.Below(names.size())]);
}

// Of the age that belongs to the place.
void Age(const SimulationOptions& options, Crowd crowd, Person& person, Random& random) {
  int year(std::chrono::year_month_day(options.until).year());
  if (crowd == Crowd::kStudentHouse) {
    person.birth_date = BirthDate(random, year - 27, year - 18);
  } else if (crowd == Crowd::kCareHome) {
    person.birth_date = BirthDate(random, 1930, 1951);
  }
}

// A child with the surname and the initials of a parent.
void NameAfterParent(const Person& parent, Person& child) {
  child.initials = parent.initials;
  child.prefix = parent.prefix;
  child.surname = parent.surname;
  child.own_name = parent.own_name;
  child.email = InventedEmail(child, child.number);
}

// What makes the people of a household hard to tell apart, or to know again.
void Complicate(const SimulationOptions& options, Crowd crowd, Household& household) {
  Random random = Draw(options.seed, kDifficultyStream, household.number);
  bool one_contact = random.Chance(options.shared_contacts);
  for (size_t member = 0; member < household.members.size(); ++member) {
    Person& person = household.members[member];
    Age(options, crowd, person, random);
    if (member >= 2 && random.Chance(options.namesakes))
      NameAfterParent(household.members[0], person);
    person.first_name = PickFirstName(random, person.initials[0]);
    person.birth_day_known = !random.Chance(options.unknown_births);
    if (!one_contact) continue;
    person.phone = household.members[0].phone;
    person.email = household.members[0].email;
  }
}

}  // namespace

Address AddressOf(uint64_t number, uint64_t seed) {
  uint64_t building = number / kHomesPerBuilding;
  uint64_t home = number % kHomesPerBuilding;
  constexpr uint64_t kAreas = std::size(kPostcodeAreas);
  constexpr uint64_t kPairs = kLetters.size() * kLetters.size();
  const PostcodeArea& area = kPostcodeAreas[building % kAreas];
  uint64_t pair = building / kAreas % kPairs * 7 % kPairs;  // 7 and 400 share no factor
  uint64_t round = building / kAreas / kPairs;
  Address address;
  address.town = area.town;
  address.postcode = fmt::format("{}{}{}", area.digits, kLetters[pair / kLetters.size()],
                                 kLetters[pair % kLetters.size()]);
  Random postcode = Draw(seed, kPostcodeStream, building % kAreas * kPairs + pair);
  address.street = postcode.Pick(kStreets);
  int first = postcode.Between(1, 150) + static_cast<int>(round * 2 * kHomesPerBuilding);
  Random random = Draw(seed, kBuildingStream, building);
  if (random.Chance(kFlats)) {
    address.house_number = first;
    address.suffix = random.Pick(kFlatSuffixes).names[home];
  } else {
    address.house_number = first + static_cast<int>(2 * home);
  }
  return address;
}

Household MakeHousehold(const SimulationOptions& options, uint64_t number) {
  Random random = Draw(options.seed, kPeopleStream, number);
  Household household;
  household.number = number;
  household.landlord = random.Chance(53 * kPercent) ? kWoonFriesland : kElkien;
  Crowd crowd = CrowdOf(options, number);
  bool has_businesses = crowd == Crowd::kNone || crowd == Crowd::kFlat;
  if (random.Chance(kPercent) && has_businesses) {
    household.members.push_back(MakeBusiness(random, number));
    return household;
  }
  constexpr uint32_t kSizes[] = {45, 33, 14, 8};
  size_t size = SizeIn(crowd, 1 + random.PickWeighted(kSizes));
  for (size_t member = 0; member < size; ++member) {
    household.members.push_back(MakeMember(random, household, member));
  }
  Complicate(options, crowd, household);
  return household;
}

Residences::Residences(const SimulationOptions& options, const Household& household)
    : first_address_(FirstAddress(options, household.number)),
      split_month_(options.months),
      split_address_(options.households * 2 + household.number),
      join_month_(options.months),
      number_(household.number) {
  int month = MoveMonth(options, number_);
  if (month < options.months) moves_.push_back({month, options.households + number_});
  Random random = Draw(options.seed, kJoinStream, number_);
  if (household.members.size() > 1)
    split_month_ = FirstMonth(random, options.splits, options.months);
  PlanLeavings(options, household.members.size());
  uint64_t half = options.households / 2;
  if (number_ < half || number_ >= 2 * half) return;
  const uint64_t before = number_ - half;  // far away: no neighbour, who would look like a slip
  int left = MoveMonth(options, before);
  if (left + 1 < options.months && left + 1 < month && random.Chance(kHandovers)) {
    moves_.insert(moves_.begin(), {left + 1, FirstAddress(options, before)});
  } else if (moves_.empty() && left == options.months && household.members.size() == 1) {
    Household host = MakeHousehold(options, before);
    bool single = host.members.size() == 1 && !host.members[0].legal;
    if (!single || household.members[0].legal) return;
    join_month_ = FirstMonth(random, options.joins, options.months);
    if (join_month_ == options.months) return;
    moves_.push_back({join_month_, FirstAddress(options, before)});
    host_ = before;
  }
}

void Residences::PlanLeavings(const SimulationOptions& options, size_t members) {
  Random random = Draw(options.seed, kLeavingStream, number_);
  leavings_.fill({options.months, 0});
  for (size_t member = 2; member < members; ++member) {
    uint64_t address = options.households * 3 + number_ * 2 + member - 2;
    leavings_[member] = {FirstMonth(random, options.leavings, options.months), address};
  }
}

Residence Residences::Of(size_t member, int month) const {
  if (member == 1 && month >= split_month_) return {split_address_, fmt::format("H{}-2", number_)};
  if (month >= leavings_[member].month) {
    return {leavings_[member].address, fmt::format("H{}-{}", number_, member + 1)};
  }
  Residence residence{first_address_, {}};
  for (const Move& move : moves_) {
    if (month >= move.month) residence.address = move.address;
  }
  residence.household = fmt::format("H{}", month >= join_month_ ? host_ : number_);
  return residence;
}

}  // namespace vroegsein::simulator
