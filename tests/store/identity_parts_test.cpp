// What the household matcher is made of: distances, spellings, levels of agreement, weights.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "store/household/identity/comparison.h"
#include "store/household/identity/quality.h"
#include "store/household/identity/resident.h"
#include "store/household/identity/spelling.h"
#include "store/household/identity/text_distance.h"
#include "store/household/identity/weights.h"

namespace vroegsein::identity {
namespace {

using Parts = std::vector<std::string>;

TEST(TextDistance, JaroWinklerAsPublished) {
  EXPECT_NEAR(JaroWinkler("martha", "marhta"), 0.9611, 0.0001);
  EXPECT_NEAR(JaroWinkler("dixon", "dicksonx"), 0.8133, 0.0001);
  EXPECT_NEAR(JaroWinkler("dwayne", "duane"), 0.8400, 0.0001);
  EXPECT_EQ(JaroWinkler("vries", "vries"), 1);
  EXPECT_EQ(JaroWinkler("abc", "xyz"), 0);
  EXPECT_EQ(JaroWinkler("", "vries"), 0);
}

TEST(TextDistance, EditsCountASwapAsOne) {
  EXPECT_EQ(Edits("vries", "vires", 3), 1u);
  EXPECT_EQ(Edits("vries", "vris", 3), 1u);
  EXPECT_EQ(Edits("vries", "vriess", 3), 1u);
  EXPECT_EQ(Edits("vries", "fries", 3), 1u);
  EXPECT_EQ(Edits("jansen", "hendriks", 2), 3u);
  EXPECT_EQ(Edits(std::string(500, 'a'), std::string(500, 'b'), 2), 3u);
}

// The whole table, as it is defined.
size_t AllEdits(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> cost(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({replaced, cost[i - 1][j] + 1, cost[i][j - 1] + 1});
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

RC_GTEST_PROP(TextDistance, EditsAreThoseOfTheWholeTable, ()) {
  auto word = rc::gen::resize(8, rc::gen::container<std::string>(rc::gen::inRange('a', 'd')));
  std::string a = *word, b = *word;
  size_t limit = *rc::gen::inRange<size_t>(1, 4);
  RC_ASSERT(Edits(a, b, limit) == std::min(AllEdits(a, b), limit + 1));
}

TEST(Spelling, SurnamesInEverySpelling) {
  for (const char* same : {"van der Meer", "v.d. Meer", "vd Meer", "v/d Meer", "Van der Meer",
                           "vanderMeer", "Meer, van der"}) {
    EXPECT_EQ(SurnameParts(same), Parts{"meer"}) << same;
  }
  EXPECT_EQ(SurnameParts("de Vries-van der Meer"), (Parts{"vries", "meer"}));
  EXPECT_EQ(SurnameParts("de Vries e/v Jansen"), (Parts{"vries", "jansen"}));
  EXPECT_EQ(SurnameParts("Öztürk"), Parts{"ozturk"});
  EXPECT_TRUE(SurnameParts("").empty());
}

// Of letters that sort around the marks between the fields, and of which few differ.
rc::Gen<std::string> AnyText() {
  auto piece = rc::gen::element<std::string>("a", "b", "z", "1", "@", "\xc3\xa9");
  return rc::gen::map(rc::gen::resize(3, rc::gen::container<std::vector<std::string>>(piece)),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& one : pieces) text += one;
                        return text;
                      });
}

Resident AnyResident() {
  Resident resident;
  resident.legal_person = *rc::gen::inRange(0, 4) == 0;
  for (int names = *rc::gen::inRange(0, 3); names > 0; --names) {
    resident.surnames.push_back("a" + *AnyText());
  }
  if (*rc::gen::inRange(0, 3) == 0 && !resident.surnames.empty()) {
    resident.surnames.back() = "\xc3\xa9" + resident.surnames.back();
  }
  for (std::string* field : {&resident.given, &resident.initials, &resident.suffix, &resident.phone,
                             &resident.citizen_number}) {
    if (*rc::gen::inRange(0, 2) == 0) *field = *AnyText();
  }
  return resident;
}

TEST(Residents, AreOrderedAsTheirFingerprints) {
  auto sign = [](int order) { return (order > 0) - (order < 0); };
  rc::check("of any two", [&sign] {
    Resident a = AnyResident(), b = AnyResident();
    if (*rc::gen::inRange(0, 4) == 0) b.surnames = a.surnames;
    RC_ASSERT(sign(CompareFingerprints(a, b)) == sign(Fingerprint(a).compare(Fingerprint(b))));
    RC_ASSERT(CompareFingerprints(a, a) == 0);
  });
}

TEST(Spelling, NamesThatSoundAlikeShareACode) {
  const std::pair<const char*, const char*> kAlike[] = {
      {"meijer", "meyer"},       {"meier", "meyer"},    {"claessens", "klaassens"},
      {"muller", "mueller"},     {"janssen", "jansen"}, {"bosch", "bos"},
      {"schaafsma", "schafsma"}, {"visser", "fisser"},  {"dijkstra", "dykstra"}};
  for (const auto& [a, b] : kAlike) EXPECT_EQ(SoundCode(a), SoundCode(b)) << a << " " << b;
  EXPECT_NE(SoundCode("bakker"), SoundCode("mulder"));
}

TEST(Spelling, InitialsOrAName) {
  EXPECT_EQ(ParseGivenName("J.P.", false).initials, "jp");
  EXPECT_EQ(ParseGivenName("JP", false).initials, "jp");
  EXPECT_EQ(ParseGivenName("J P", false).initials, "jp");
  EXPECT_EQ(ParseGivenName("J.P.", false).name, "");
  EXPECT_EQ(ParseGivenName("Jan Pieter", false).initials, "jp");
  EXPECT_EQ(ParseGivenName("Jan Pieter", false).name, "janpieter");
  EXPECT_EQ(ParseGivenName("mitchell", false).name, "mitchell");
  EXPECT_EQ(ParseGivenName("", false).initials, "");
}

TEST(Spelling, BirthDates) {
  EXPECT_EQ(BirthDigits("1984-03-12"), "19840312");
  EXPECT_EQ(BirthDigits("12-03-1984"), "19840312");
  EXPECT_EQ(BirthDigits("12/3/1984"), "19840312");
  EXPECT_EQ(BirthDigits("19840312"), "19840312");
  EXPECT_EQ(BirthDigits("1984"), "19840000");
  EXPECT_EQ(BirthDigits("onbekend"), "");
  EXPECT_TRUE(OnlyYearKnown("19840101"));
  EXPECT_TRUE(OnlyYearKnown("19840701"));
  EXPECT_TRUE(OnlyYearKnown("19840000"));
  EXPECT_FALSE(OnlyYearKnown("19840312"));
}

TEST(Spelling, HouseNumbers) {
  const std::pair<const char*, const char*> kSame[] = {
      {"12A", ""}, {"12", "a"}, {"12", "-A"}, {"12-A", ""}, {"012", "A."}};
  for (const auto& [number, suffix] : kSame) {
    HouseNumber parsed = ParseHouseNumber(number, suffix);
    EXPECT_EQ(parsed.number, "12") << number;
    EXPECT_EQ(parsed.suffix, "A") << number << suffix;
  }
  EXPECT_EQ(ParseHouseNumber("12", "II").suffix, ParseHouseNumber("12-2", "").suffix);
  EXPECT_EQ(ParseHouseNumber("12 bis", "").suffix, "BIS");
  EXPECT_EQ(ParseHouseNumber("12", "huis").suffix, ParseHouseNumber("12hs", "").suffix);
}

TEST(Spelling, BusinessesWithoutTheirLegalForm) {
  EXPECT_EQ(FoldBusiness("Bakkerij De Korenaar B.V."), FoldBusiness("Bakkerij de Korenaar"));
  EXPECT_EQ(FoldStreet("Merelstr."), FoldStreet("Merelstraat"));
  EXPECT_EQ(PhoneDigits("+31 6 12345678"), PhoneDigits("06-12345678"));
}

uint8_t LevelOf(Field field, const ResidentText& a, const ResidentText& b) {
  return Compare(Describe(a), Describe(b))[static_cast<size_t>(field)];
}

uint8_t Birth(const char* a, const char* b) {
  ResidentText x, y;
  x.birth_date = a, y.birth_date = b;
  return LevelOf(Field::kBirth, x, y);
}

TEST(Comparison, BirthDates) {
  EXPECT_EQ(Birth("1984-03-12", "1984-03-12"), level::kSameDay);
  EXPECT_EQ(Birth("1984-03-12", "1984-12-03"), level::kSwapped);
  EXPECT_EQ(Birth("1984-03-12", "1984-01-01"), level::kYearOnly);
  EXPECT_EQ(Birth("1984-03-12", "1984-03-13"), level::kOneDigit);
  EXPECT_EQ(Birth("1984-03-12", "1948-03-12"), level::kOneDigit);
  EXPECT_EQ(Birth("1984-03-12", "1991-03-12"), level::kYearOff);
  EXPECT_EQ(Birth("1984-03-12", "1984-09-12"), level::kOneDigit);
  EXPECT_EQ(Birth("1984-03-12", "1951-11-30"), level::kOtherDay);
  EXPECT_EQ(Birth("1984-03-12", ""), level::kNone);
}

uint8_t Surname(const char* a, const char* b) {
  ResidentText x, y;
  x.surname = a, y.surname = b;
  return LevelOf(Field::kSurname, x, y);
}

TEST(Comparison, Surnames) {
  EXPECT_EQ(Surname("de Vries", "Vries"), level::kSame);
  EXPECT_EQ(Surname("Meijer", "Meier"), level::kSounds);
  EXPECT_EQ(Surname("de Vries-Jansen", "Jansen-de Vries"), level::kSounds);
  EXPECT_EQ(Surname("de Vries-Jansen", "Jansen"), level::kOneOfTwo);
  EXPECT_EQ(Surname("Hoekstra", "Hoesktra"), level::kClose);
  EXPECT_EQ(Surname("Hoekstra", "Bakker"), level::kOther);
}

TEST(Comparison, AStreetSaysNothingWithinOneDutchPostcode) {
  ResidentText a, b;
  a.postcode = "8911AD", b.postcode = "8911 ad";
  a.street = "Merelstraat", b.street = "Merelstr.";
  EXPECT_EQ(LevelOf(Field::kStreet, a, b), level::kNone);
  b.postcode = "8911AE";
  EXPECT_EQ(LevelOf(Field::kStreet, a, b), level::kEqual);
}

TEST(Weights, TextAndBack) {
  std::string text = FormatWeights(DefaultWeights(), "a test");
  auto parsed = ParseWeights(text);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(FormatWeights(*parsed, "a test"), text);
}

TEST(Weights, RefusesWhatIsNotWhole) {
  std::string text = FormatWeights(DefaultWeights(), "a test");
  EXPECT_EQ(ParseWeights("").status().code(), StatusCode::kInvalid);
  EXPECT_EQ(ParseWeights(text + "schoenmaat gelijk 1 1 1\n").status().code(), StatusCode::kInvalid);
  EXPECT_EQ(ParseWeights(text + "postcode gelijk 1 1 2\n").status().code(), StatusCode::kInvalid);
  EXPECT_EQ(ParseWeights(text.substr(0, text.size() / 2)).status().code(), StatusCode::kInvalid);
}

TEST(Quality, CountedByHand) {
  //  found {0,1,2} {3,4}; truth {0,1} {2,3,4}: pairs found 4, true 4, right 2.
  const uint32_t found[] = {7, 7, 7, 9, 9}, truth[] = {1, 1, 2, 2, 2};
  Quality quality = MeasureGroups(found, truth);
  EXPECT_DOUBLE_EQ(quality.pairs.precision, 0.5);
  EXPECT_DOUBLE_EQ(quality.pairs.recall, 0.5);
  EXPECT_EQ(quality.groups, 2u);
  EXPECT_EQ(quality.joined_wrongly, 1u);
  EXPECT_NEAR(quality.b_cubed.precision, (4.0 / 3 + 1.0 / 3 + 2) / 5, 1e-12);
  EXPECT_NEAR(quality.b_cubed.recall, (2 + 1.0 / 3 + 4.0 / 3) / 5, 1e-12);
}

TEST(Quality, OnePersonsTwoHouseholdsAreNoStrangers) {
  const uint32_t found[] = {1, 1, 2, 2}, persons[] = {1, 1, 2, 3}, homes[] = {1, 2, 3, 4};
  EXPECT_EQ(GroupsWithStrangers(found, persons, homes), 1u);
}

}  // namespace
}  // namespace vroegsein::identity
