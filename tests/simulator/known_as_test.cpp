// What makes people hard to know again: each comes at the rate it is asked for, and for ever the
// same way.
#include "ingest/simulator/known_as.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "ingest/simulator/crowds.h"
#include "ingest/simulator/partners.h"

namespace vroegsein::simulator {
namespace {

constexpr RatePpm kHalf = 50 * kPercent;

class Known : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.households = 4000;
    options_.seed = 11;
    options_.until = *ParseDate("2025-12-31");
    options_.first_names = options_.partner_names = options_.transliterations = 0;
    options_.trade_names = options_.unknown_births = options_.namesakes = 0;
    options_.shared_contacts = options_.crowded = 0;
  }

  template <typename Check>
  void ForEachPerson(Check check) {
    for (uint64_t number = 0; number < options_.households; ++number) {
      for (const Person& person : MakeHousehold(options_, number).members) {
        if (!person.legal) check(person);
      }
    }
  }

  // Of all people, or of those that `applies` to: what share is known otherwise to Vitens.
  template <typename Applies, typename Differs>
  double Share(Applies applies, Differs differs) {
    double all = 0, different = 0;
    ForEachPerson([&](const Person& person) {
      if (!applies(person)) return;
      ++all;
      different += differs(person, KnownBy(options_, person, kVitens));
    });
    return different / std::max(all, 1.0);
  }

  SimulationOptions options_;
};

bool Anybody(const Person&) { return true; }

TEST_F(Known, AsTheyAreWhenNothingIsAskedFor) {
  ForEachPerson([&](const Person& person) {
    KnownAs known = KnownBy(options_, person, kEssent);
    EXPECT_EQ(known.initials, person.initials);
    EXPECT_EQ(known.surname, person.surname);
    EXPECT_EQ(known.birth_date, person.birth_date);
  });
}

TEST_F(Known, ByTheirFirstName) {
  options_.first_names = kHalf;
  auto differs = [](const Person& person, const KnownAs& known) {
    return known.initials == person.first_name && known.initials[0] == person.initials[0];
  };
  EXPECT_NEAR(Share(Anybody, differs), 0.5, 0.03);
}

TEST_F(Known, ByAnotherOfAMarriedPersonsNames) {
  options_.partner_names = kAlways;
  std::set<std::string> forms;
  ForEachPerson([&](const Person& person) {
    KnownAs known = KnownBy(options_, person, kVitens);
    bool married = !person.partner_name.name.empty();
    if (!married) {
      EXPECT_EQ(known.surname, person.surname);
      return;
    }
    bool own = known.surname.find(person.own_name.name) != std::string::npos;
    bool partners = known.surname.find(person.partner_name.name) != std::string::npos;
    EXPECT_TRUE(own || partners);
    if (person.own_name.name == person.partner_name.name) return;
    forms.insert(own && partners
                     ? (known.surname.starts_with(person.own_name.name) ? "own first" : "own last")
                     : (own ? "own" : "partner"));
  });
  EXPECT_EQ(forms.size(), 4u);
}

TEST_F(Known, ByAnotherTransliteration) {
  options_.transliterations = kAlways;
  auto foreign = [](const Person& person) { return person.surname == "El Amrani"; };
  auto differs = [](const Person&, const KnownAs& known) {
    return known.surname == "Elamrani" || known.surname == "Al Amrani";
  };
  EXPECT_EQ(Share(foreign, differs), 1.0);
}

TEST_F(Known, ByTheNameOfTheirBusinessButNotToTheInsurer) {
  options_.trade_names = kHalf;
  auto differs = [](const Person& person, const KnownAs& known) {
    return known.initials.empty() && known.surname != person.surname && !known.birth_date;
  };
  EXPECT_NEAR(Share(Anybody, differs), 0.5, 0.03);
  ForEachPerson([&](const Person& person) {
    EXPECT_EQ(KnownBy(options_, person, kDeFriesland).surname, person.surname);
  });
}

TEST_F(Known, ByTheYearOfTheirBirthAlone) {
  options_.unknown_births = kHalf;
  auto differs = [](const Person& person, const KnownAs& known) {
    if (!known.birth_date) return true;
    std::string written = FormatDate(*known.birth_date).substr(4);
    return !person.birth_day_known && (written == "-01-01" || written == "-07-01");
  };
  EXPECT_NEAR(Share(Anybody, differs), 0.5, 0.03);
}

TEST_F(Known, TheSameWayEveryTime) {
  options_.first_names = options_.partner_names = options_.trade_names = kHalf;
  ForEachPerson([&](const Person& person) {
    KnownAs once = KnownBy(options_, person, kElkien), again = KnownBy(options_, person, kElkien);
    EXPECT_EQ(once.initials + once.prefix + once.surname,
              again.initials + again.prefix + again.surname);
  });
}

TEST_F(Known, WithTheContactsOfTheHousehold) {
  options_.shared_contacts = kAlways;
  for (uint64_t number = 0; number < 1000; ++number) {
    Household household = MakeHousehold(options_, number);
    for (const Person& person : household.members) {
      EXPECT_EQ(person.phone, household.members[0].phone);
      EXPECT_EQ(person.email, household.members[0].email);
    }
  }
}

TEST_F(Known, AsTheirParentIs) {
  options_.namesakes = kAlways;
  size_t children = 0;
  for (uint64_t number = 0; number < 1000; ++number) {
    Household household = MakeHousehold(options_, number);
    for (size_t member = 2; member < household.members.size(); ++member) {
      ++children;
      EXPECT_EQ(household.members[member].initials, household.members[0].initials);
      EXPECT_EQ(household.members[member].surname, household.members[0].surname);
      EXPECT_NE(household.members[member].email, household.members[0].email);
    }
  }
  EXPECT_GT(children, 200u);
}

TEST(Crowds, HoldWhoBelongsThere) {
  SimulationOptions options;
  options.households = 8000;
  options.crowded = kAlways;
  options.until = *ParseDate("2025-12-31");
  std::set<Crowd> seen;
  for (uint64_t number = 0; number < options.households; ++number) {
    Crowd crowd = CrowdOf(options, number);
    seen.insert(crowd);
    if (crowd == Crowd::kNone) continue;
    EXPECT_TRUE(IsCrowdAddress(options, CrowdAddress(options, number)));
    for (const Person& person : MakeHousehold(options, number).members) {
      int born(std::chrono::year_month_day(person.birth_date).year());
      EXPECT_TRUE(crowd != Crowd::kStudentHouse || born >= 1998);
      EXPECT_TRUE(crowd != Crowd::kCareHome || born <= 1951);
    }
  }
  EXPECT_EQ(seen.size(), 5u);
}

TEST(Crowds, ShareNoAddressWithHomes) {
  SimulationOptions options;
  options.months = 36;
  options.until = *ParseDate("2025-12-31");
  options.moves = options.splits = options.leavings = 5 * kPercent;
  options.crowded = 0;
  for (uint64_t number = 0; number < options.households; ++number) {
    Household household = MakeHousehold(options, number);
    Residences residences(options, household);
    for (size_t member = 0; member < household.members.size(); ++member) {
      for (int month : {0, 12, 35}) {
        EXPECT_FALSE(IsCrowdAddress(options, residences.Of(member, month).address));
      }
    }
  }
}

}  // namespace
}  // namespace vroegsein::simulator
