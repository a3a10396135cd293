#include "ingest/simulator/people.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <tuple>

namespace vroegsein::simulator {
namespace {

SimulationOptions Options() {
  SimulationOptions options;
  options.households = 20'000;
  options.months = 24;
  options.seed = 3;
  options.until = *ParseDate("2025-12-31");
  return options;
}

bool PassesElevenTest(const std::string& bsn) {
  int sum = -(bsn[8] - '0');
  for (size_t i = 0; i < 8; ++i) sum += (9 - static_cast<int>(i)) * (bsn[i] - '0');
  return bsn.size() == 9 && sum % 11 == 0;
}

TEST(People, AddressesDiffer) {
  std::set<std::tuple<std::string, int, std::string>> seen;
  for (uint64_t number = 0; number < 200'000; ++number) {
    Address address = AddressOf(number, 9);
    EXPECT_TRUE(seen.insert({address.postcode, address.house_number, address.suffix}).second);
  }
}

TEST(People, NumbersAreInventedAndOneEach) {
  SimulationOptions options = Options();
  options.shared_contacts = 0;
  std::set<std::string> phones, emails, bsns;
  size_t people = 0, without_bsn = 0;
  for (uint64_t number = 0; number < options.households; ++number) {
    for (const Person& person : MakeHousehold(options, number).members) {
      ++people;
      EXPECT_TRUE(phones.insert(person.phone).second);
      EXPECT_TRUE(person.phone.starts_with("0580") || person.phone.starts_with("0581"));
      EXPECT_EQ(person.phone.size(), 10u);
      if (!person.legal) {
        EXPECT_TRUE(emails.insert(person.email).second);
      }
      if (!person.legal) {
        EXPECT_TRUE(person.email.ends_with("@example.nl"));
      }
      without_bsn += person.bsn.empty();
      if (person.bsn.empty()) continue;
      EXPECT_TRUE(bsns.insert(person.bsn).second);
      EXPECT_TRUE(person.bsn.starts_with("999"));
      EXPECT_TRUE(PassesElevenTest(person.bsn));
    }
  }
  EXPECT_GT(bsns.size(), people / 100);
  EXPECT_GT(without_bsn, people * 9 / 10);
}

TEST(People, MoveSplitJoinAndCrowdAtTheirRates) {
  SimulationOptions options = Options();
  options.moves = options.splits = options.joins = kPercent;
  options.crowded = 10 * kPercent;
  size_t moved = 0, split = 0, joined = 0;
  std::map<uint64_t, size_t> first_homes;
  for (uint64_t number = 0; number < options.households; ++number) {
    Household household = MakeHousehold(options, number);
    Residences residences(options, household);
    Residence first = residences.Of(0, 0), last = residences.Of(0, options.months - 1);
    ++first_homes[first.address];
    moved += first.address != last.address;
    joined += last.household != "H" + std::to_string(number);
    if (household.members.size() < 2) continue;
    split += residences.Of(1, options.months - 1).household == "H" + std::to_string(number) + "-2";
  }
  size_t crowded = 0;
  for (const auto& [home, households] : first_homes) crowded += households >= 5 ? households : 0;
  // 1 - 0.99^24 = 21%; half of the households have a couple; a tenth are pairs of singles
  EXPECT_NEAR(static_cast<double>(moved), 0.235 * 20'000, 0.03 * 20'000);
  EXPECT_NEAR(static_cast<double>(split), 0.55 * 0.214 * 20'000, 0.02 * 20'000);
  EXPECT_GT(joined, 200u);
  // of a block of sixteen, 7, 8 or 16 live in the crowded place
  EXPECT_NEAR(static_cast<double>(crowded), 0.10 * 0.65 * 20'000, 0.02 * 20'000);
}

TEST(People, StayWhereTheyAreWhenNothingHappens) {
  SimulationOptions options = Options();
  options.moves = options.splits = options.joins = options.crowded = 0;
  options.leavings = 0;
  for (uint64_t number = 0; number < 1000; ++number) {
    Household household = MakeHousehold(options, number);
    Residences residences(options, household);
    for (size_t member = 0; member < household.members.size(); ++member) {
      EXPECT_EQ(residences.Of(member, options.months - 1).address, number);
      EXPECT_EQ(residences.Of(member, 0).household, "H" + std::to_string(number));
    }
  }
}

}  // namespace
}  // namespace vroegsein::simulator
