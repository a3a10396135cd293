// Who belongs together: the situations of Dutch addresses, one by one, with the shipped weights;
// and sets of others as a whole.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "store/household/identity/explanation.h"
#include "store/household/identity/matching.h"

namespace vroegsein::identity {
namespace {

// A record in a line: Of("J. de Vries").Born("1984-03-12").At("8911AD", "12").On("2025-03-01")
class Of {
 public:
  Of(const std::string& initials, const std::string& surname) {
    text_.initials = initials;
    text_.surname = surname;
    At("8911AD", "12");
  }
  Of& Born(const std::string& date) { return text_.birth_date = date, *this; }
  Of& At(const std::string& postcode, const std::string& number, const std::string& suffix = "") {
    text_.postcode = postcode;
    text_.house_number = number;
    text_.suffix = suffix;
    return *this;
  }
  Of& On(const std::string& day) { return text_.day = ParseDate(day), *this; }
  Of& Phone(const std::string& phone) { return text_.phone = phone, *this; }
  Of& Email(const std::string& email) { return text_.email = email, *this; }
  Of& Contract(const std::string& sort) { return text_.contract = sort, *this; }
  Of& Business() { return text_.legal_person = true, *this; }
  operator ResidentText() const { return text_; }  // NOLINT: that is what it is for

 private:
  ResidentText text_;
};

std::vector<Placed> Match(const std::vector<ResidentText>& records) {
  MatchOptions options;
  options.learn = false;
  return MatchRecords(records, options);
}

bool OnePerson(const ResidentText& a, const ResidentText& b) {
  auto placed = Match({a, b});
  return placed[0].person == placed[1].person;
}

bool OneHousehold(const std::vector<ResidentText>& records) {
  auto placed = Match(records);
  return std::all_of(placed.begin(), placed.end(),
                     [&](const Placed& each) { return each.household == placed[0].household; });
}

TEST(Person, IsKnownInAnotherSpelling) {
  Of usual = Of("J.P.", "van der Weij").Born("1984-03-12");
  EXPECT_TRUE(OnePerson(usual, Of("J.", "v.d. Wey").Born("1984-03-12")));
  EXPECT_TRUE(OnePerson(usual, Of("", "van der Weij").Born("1984-12-03")));
  EXPECT_TRUE(OnePerson(usual, Of("J.P.", "Weij-Jansen").Born("1984-01-01")));
  EXPECT_TRUE(OnePerson(usual, Of("Jan Pieter", "van der Weji").Born("1984-03-12")));
  EXPECT_TRUE(OnePerson(usual, Of("J.P.", "van der Weij")));
}

TEST(Person, AtOneAddressIsNotTheirChildOrTwin) {
  Of parent = Of("J.", "Wiarda").Born("1960-05-17");
  EXPECT_FALSE(OnePerson(parent, Of("J.", "Wiarda").Born("1991-11-02")));
  EXPECT_FALSE(
      OnePerson(Of("S.", "Wiarda").Born("1991-11-02"), Of("T.", "Wiarda").Born("1991-11-02")));
  EXPECT_FALSE(OnePerson(parent, Of("K.", "Wiarda").Born("1962-08-29")));
}

TEST(Person, OfACommonNameElsewhereIsAnother) {
  EXPECT_FALSE(OnePerson(Of("J.", "de Vries"), Of("J.", "de Vries").At("8923BK", "7")));
  EXPECT_FALSE(OnePerson(Of("J.", "de Vries"), Of("J.", "de Vries").At("8911AD", "14")));
  EXPECT_FALSE(OnePerson(Of("J.", "de Vries").Born("1984-03-12"),
                         Of("J.", "de Vries").Born("1971-09-30").At("8923BK", "7")));
}

TEST(Person, NextDoorIsKnownByMoreThanAName) {
  Of here = Of("J.", "de Vries").Born("1984-03-12");
  EXPECT_FALSE(OnePerson(here, Of("J.", "de Vries").At("8911AD", "13")));
  EXPECT_TRUE(OnePerson(here, Of("J.", "de Vries").At("8911AD", "13").Born("1984-03-12")));
}

TEST(Person, InAnotherTownIsNotKnownByAStreetOfThatName) {
  ResidentText here = Of("S.", "van Dijk"), there = Of("S.", "van Dijk").At("9005EX", "12");
  here.street = there.street = "Kerkstraat";
  EXPECT_FALSE(OnePerson(here, there));
}

TEST(Person, WhoMovedIsKnownByBirthDateOrPhone) {
  Of before = Of("J.P.", "Wiarda").Born("1984-03-12").Phone("0612345678");
  EXPECT_TRUE(OnePerson(before, Of("J.P.", "Wiarda").Born("1984-03-12").At("8923BK", "7")));
  EXPECT_TRUE(OnePerson(before, Of("J.", "Wiarda").Phone("+31612345678").At("8923BK", "7")));
}

TEST(Person, ARecordThatFitsTwinsDoesNotFuseThem) {
  auto placed = Match({Of("S.", "Wiarda").Born("1991-11-02"), Of("T.", "Wiarda").Born("1991-11-02"),
                       Of("", "Wiarda").Born("1991-11-02")});
  EXPECT_NE(placed[0].person, placed[1].person);
}

TEST(Household, IsThePeopleOfOneAddress) {
  EXPECT_TRUE(OneHousehold(
      {Of("J.", "de Vries").Born("1984-03-12"), Of("M.", "Bakker").Born("1986-07-25")}));
  EXPECT_TRUE(OneHousehold(
      {Of("J.", "de Vries").At("8911AD", "12", "A"), Of("M.", "Bakker").At("8911 ad", "12A")}));
  EXPECT_FALSE(OneHousehold(
      {Of("J.", "de Vries").At("8911AD", "12", "A"), Of("M.", "Bakker").At("8911AD", "12", "B")}));
}

TEST(Household, AStudentHouseHoldsMany) {
  auto placed = Match({Of("J.", "de Vries").On("2025-01-10"), Of("M.", "Bakker").On("2025-02-10"),
                       Of("T.", "Wiarda").On("2025-02-11"), Of("A.", "Postma").On("2025-03-10"),
                       Of("J.", "de Vries").On("2025-04-10")});
  EXPECT_EQ(placed[0].household, placed[4].household);
  for (size_t i = 0; i < 4; ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(placed[i].household, placed[j].household);
  }
}

TEST(Household, AnAddressOfThousandsHoldsThousands) {
  constexpr size_t kPeople = 3000;
  std::mt19937 random(7);
  std::vector<ResidentText> records;
  for (size_t i = 0; i < kPeople; ++i) {
    std::string name(8, ' '), initial(1, static_cast<char>('A' + random() % 26));
    for (char& c : name) c = static_cast<char>('a' + random() % 26);
    records.push_back(Of(initial, name));
  }
  auto placed = Match(records);
  std::set<uint32_t> households;
  for (const Placed& each : placed) households.insert(each.household);
  EXPECT_GT(households.size(), kPeople * 95 / 100);  // a few names sound alike
}

TEST(Household, AListedAddressHoldsMany) {
  MatchOptions options;
  options.learn = false;
  options.homes.crowded = {DwellingKey(Describe(Of("", "")))};
  auto placed = MatchRecords({Of("J.", "de Vries"), Of("M.", "Bakker")}, options);
  EXPECT_NE(placed[0].household, placed[1].household);
}

TEST(Household, MovesAlongWithItsPeople) {
  EXPECT_TRUE(
      OneHousehold({Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
                    Of("M.", "Bakker").Born("1986-07-25").On("2025-02-10"),
                    Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10"),
                    Of("M.", "Bakker").Born("1986-07-25").At("8923BK", "7").On("2025-07-10")}));
}

TEST(Household, SplitsWhenOneOfItStays) {
  auto placed = Match({Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
                       Of("M.", "Bakker").Born("1986-07-25").On("2025-02-10"),
                       Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10"),
                       Of("M.", "Bakker").Born("1986-07-25").On("2025-07-10")});
  EXPECT_EQ(placed[0].household, placed[1].household);
  EXPECT_EQ(placed[1].household, placed[3].household);
  EXPECT_NE(placed[2].household, placed[0].household);
  EXPECT_EQ(placed[2].person, placed[0].person);
}

TEST(Household, WhoMovesInWithOthersJoinsThem) {
  auto placed = Match({Of("M.", "Bakker").Born("1986-07-25").At("8923BK", "7").On("2025-01-05"),
                       Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
                       Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10"),
                       Of("M.", "Bakker").Born("1986-07-25").At("8923BK", "7").On("2025-07-05")});
  EXPECT_EQ(placed[2].household, placed[0].household);
  EXPECT_NE(placed[1].household, placed[0].household);
}

// They took the home over or moved in with those who live there: nobody knows.
TEST(Household, DoesNotMoveToWhereOthersWereSeenUntilRecently) {
  Of before = Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10");
  Of after = Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10");
  Of others = Of("M.", "Bakker").Born("1986-07-25").At("8923BK", "7");
  EXPECT_TRUE(OneHousehold({before, after}));
  auto placed = Match({before, after, others.On("2025-03-05")});
  EXPECT_NE(placed[1].household, placed[0].household);
  EXPECT_NE(placed[1].household, placed[2].household);
  EXPECT_EQ(placed[1].person, placed[0].person);
  placed = Match({before, after, others.On("2024-10-05")});  // more than half a year before
  EXPECT_EQ(placed[1].household, placed[0].household);
}

TEST(Household, TakesAHomeOverWhenItTakesOverTheContract) {
  auto placed = Match(
      {Of("M.", "Bakker").Born("1986-07-25").At("8923BK", "7").On("2025-03-05").Contract("huur"),
       Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
       Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10").Contract("huur")});
  EXPECT_EQ(placed[2].household, placed[1].household);
  EXPECT_NE(placed[2].household, placed[0].household);
}

TEST(Household, NewPeopleAtTheAddressOfSomebodyWhoLeftAreAnother) {
  auto placed = Match({Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
                       Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10"),
                       Of("M.", "Bakker").Born("1986-07-25").On("2025-07-10")});
  EXPECT_EQ(placed[0].household, placed[1].household);
  EXPECT_NE(placed[2].household, placed[0].household);
}

TEST(Household, WhoIsNotSeenToMoveAlongIsLeftBehind) {
  auto placed = Match({Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
                       Of("M.", "Bakker").Born("1986-07-25").On("2025-02-10"),
                       Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10")});
  EXPECT_EQ(placed[0].household, placed[1].household);
  EXPECT_NE(placed[2].household, placed[0].household);
  EXPECT_EQ(placed[2].person, placed[0].person);
}

TEST(Household, OfSomebodyWithAPartnersNameDoesNotMoveUnseen) {
  EXPECT_FALSE(OneHousehold(
      {Of("M.", "Wiarda-Bakker").Born("1986-07-25").On("2025-01-10"),
       Of("M.", "Wiarda-Bakker").Born("1986-07-25").At("8923BK", "7").On("2025-06-10")}));
}

TEST(Household, ASecondNameOnAContractOfTheHomeCameAfterTheFirst) {
  Of first = Of("J.", "Wiarda").On("2025-01-10").Contract("Water");
  EXPECT_FALSE(OneHousehold({first, Of("M.", "Bakker").On("2025-06-10").Contract("water")}));
  EXPECT_TRUE(OneHousehold({first, Of("M.", "Bakker").On("2025-06-10").Contract("Energie")}));
  Of insured = Of("J.", "Wiarda").On("2025-01-10").Contract("Zorg");
  EXPECT_TRUE(OneHousehold({insured, Of("M.", "Bakker").On("2025-06-10").Contract("Zorg")}));
}

TEST(Household, AThirdNameCameAfterTheCouple) {
  auto placed = Match({Of("J.", "Wiarda").On("2025-01-10"), Of("M.", "Bakker").On("2025-02-10"),
                       Of("T.", "Postma").On("2025-09-10")});
  EXPECT_EQ(placed[0].household, placed[1].household);
  EXPECT_NE(placed[2].household, placed[0].household);
}

TEST(Household, WhoMovedInAfterTheLastIsAnother) {
  EXPECT_FALSE(
      OneHousehold({Of("J.", "Wiarda").On("2025-01-10"),
                    Of("M.", "Bakker").At("8923BK", "7").On("2025-02-10").Born("1986-07-25"),
                    Of("M.", "Bakker").On("2025-06-10").Born("1986-07-25")}));
}

TEST(Household, WhoComesHalfAYearAfterTheLastIsAnother) {
  Of first = Of("J.", "Wiarda").On("2025-01-10");
  EXPECT_FALSE(OneHousehold({first, Of("M.", "Bakker").On("2025-07-20")}));
  EXPECT_TRUE(OneHousehold({first, Of("M.", "Bakker").On("2025-06-20")}));
  EXPECT_TRUE(OneHousehold({first, Of("M.", "Wiarda").On("2025-07-20")})) << "a relative";
  EXPECT_TRUE(OneHousehold(
      {first, Of("M.", "Bakker").On("2025-07-20"), Of("J.", "Wiarda").On("2025-11-10")}))
      << "the first is still there";
}

TEST(Household, ASuffixLeftOutIsNoMoveToTheNeighbours) {
  Of usual = Of("J.", "Wiarda").Born("1984-03-12").At("8911AD", "12", "bis").On("2025-01-10");
  Of without = Of("J.", "Wiarda").Born("1984-03-12").On("2025-02-10");
  auto placed = Match({usual, without, without.On("2025-03-10"),
                       Of("M.", "Bakker").Born("1986-07-25").On("2025-04-10")});
  EXPECT_EQ(placed[0].household, placed[2].household);
  EXPECT_NE(placed[3].household, placed[0].household);
}

TEST(Household, ASlipOfThePenIsNoMoveToTheNeighbours) {
  auto placed = Match({Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
                       Of("M.", "Bakker").Born("1986-07-25").At("8911AD", "13").On("2025-01-15"),
                       Of("J.", "Wiarda").Born("1984-03-12").At("8911AD", "13").On("2025-02-10"),
                       Of("J.", "Wiarda").Born("1984-03-12").On("2025-03-10")});
  EXPECT_EQ(placed[2].household, placed[0].household);
  EXPECT_NE(placed[2].household, placed[1].household);
}

TEST(Household, ABusinessIsNotThePeopleAboveTheShop) {
  EXPECT_FALSE(OneHousehold({Of("", "Bakkerij De Korenaar B.V.").Business(), Of("J.", "Wiarda")}));
}

TEST(Household, OrderOfRecordsDoesNotMatter) {
  std::vector<ResidentText> records = {
      Of("J.", "Wiarda").Born("1984-03-12").On("2025-01-10"),
      Of("M.", "Bakker").Born("1986-07-25").On("2025-02-10"),
      Of("J.", "Wiarda").Born("1984-03-12").At("8923BK", "7").On("2025-06-10"),
      Of("M.", "Bakker").Born("1986-07-25").On("2025-07-10"),
      Of("T.", "Postma").Born("1999-09-09").At("8923BK", "9").On("2025-03-10"),
      Of("", "Wiarda").At("8923BK", "7").On("2025-08-10")};
  auto expected = Match(records);
  std::vector<size_t> order(records.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    std::vector<ResidentText> shuffled;
    for (size_t i : order) shuffled.push_back(records[i]);
    auto placed = Match(shuffled);
    for (size_t i = 0; i < order.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        EXPECT_EQ(placed[i].household == placed[j].household,
                  expected[order[i]].household == expected[order[j]].household);
        EXPECT_EQ(placed[i].person == placed[j].person,
                  expected[order[i]].person == expected[order[j]].person);
      }
    }
  }
}

TEST(Explanation, SaysWhatWouldHaveTurnedIt) {
  Population people =
      Populate({Of("J.", "Wiarda").Born("1984-03-12"), Of("J.", "Wiarda").Born("1991-11-02")});
  Explanation why = Explain(Judge(DefaultWeights()), people.residents[0], people.residents[1]);
  EXPECT_LT(why.verdict.same, 0.5);
  bool birth_turns = std::any_of(why.turns.begin(), why.turns.end(), [](const Turn& turn) {
    return turn.field == FieldName(Field::kBirth);
  });
  EXPECT_TRUE(birth_turns);
  EXPECT_GE(why.fields.size(), 5u);
}

TEST(Matching, RecordsThatSayNothingAreNotOnePerson) {
  auto placed = Match({ResidentText{}, ResidentText{}});
  EXPECT_NE(placed[0].person, placed[1].person);
  EXPECT_NE(placed[0].household, placed[1].household);
  ResidentText name_only;
  name_only.surname = "de Vries";
  EXPECT_FALSE(OnePerson(name_only, name_only));
}

TEST(Matching, NothingAndOneRecord) {
  EXPECT_TRUE(Match({}).empty());
  EXPECT_EQ(Match({ResidentText{}}).size(), 1u);
  EXPECT_NE(Match({ResidentText{}, Of("J.", "Wiarda")})[0].person, 1u);
}

}  // namespace
}  // namespace vroegsein::identity
