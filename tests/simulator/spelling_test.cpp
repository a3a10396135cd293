#include "ingest/simulator/spelling.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace vroegsein::simulator {
namespace {

template <typename Function>
std::set<std::string> Outcomes(Function function) {
  std::set<std::string> found;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    found.insert(function(random));
  }
  return found;
}

TEST(Spelling, PostcodesKeepTheirMeaning) {
  auto found = Outcomes([](Random& random) { return RespellPostcode("8911AD", random); });
  EXPECT_EQ(found, (std::set<std::string>{"8911 AD", "8911ad", "8911 ad"}));
}

TEST(Spelling, ASlipInAPostcodeChangesOneLetter) {
  auto found = Outcomes([](Random& random) { return SlipInPostcode("8911RX", random); });
  EXPECT_EQ(found, (std::set<std::string>{"8911TX", "8911RZ"}));  // no S: SA, SD, SS do not exist
}

TEST(Spelling, SuffixesComeInTheirKnownForms) {
  auto letters = Outcomes([](Random& random) { return RespellSuffix("A", random); });
  EXPECT_EQ(letters, (std::set<std::string>{"a", "A", "-A", " A"}));
  auto roman = Outcomes([](Random& random) { return RespellSuffix("II", random); });
  EXPECT_EQ(roman, (std::set<std::string>{"ii", "II", "-II", " II", "2"}));
  auto ground = Outcomes([](Random& random) { return RespellSuffix("hs", random); });
  EXPECT_EQ(ground, (std::set<std::string>{"hs", "HS", "-hs", " hs", "huis"}));
  auto digit = Outcomes([](Random& random) { return RespellSuffix("2", random); });
  EXPECT_EQ(digit, (std::set<std::string>{"2", "-2", " 2", "II"}));
  Random random(1);
  EXPECT_EQ(RespellSuffix("", random), "");
}

TEST(Spelling, SurnamesAreMisheardAndMistyped) {
  auto found = Outcomes([](Random& random) { return MisspellSurname("Dijkstra", random); });
  EXPECT_TRUE(found.contains("Dykstra"));
  EXPECT_TRUE(found.contains("Dijcstra"));
  EXPECT_FALSE(found.contains(""));
  auto doubles = Outcomes([](Random& random) { return MisspellSurname("Bos-Vos", random); });
  EXPECT_TRUE(doubles.contains("Bos"));
  EXPECT_TRUE(doubles.contains("Vos-Bos"));
}

TEST(Spelling, SlipsLeaveForeignLettersWhole) {
  for (const std::string& text :
       Outcomes([](Random& random) { return SlipOfTheFinger("Yılmaz", random); })) {
    bool whole = text.find("ı") != std::string::npos;
    EXPECT_TRUE(whole) << text;
  }
}

TEST(Spelling, PrefixesAndPhonesComeInTheirKnownForms) {
  auto prefixes = Outcomes([](Random& random) { return MisspellPrefix("van der", random); });
  EXPECT_TRUE(prefixes.contains("v.d."));
  EXPECT_TRUE(prefixes.contains(""));
  auto phones = Outcomes([](Random& random) { return RespellPhone("0580123456", random); });
  EXPECT_EQ(phones, (std::set<std::string>{"058-0123456", "+31580123456", "058 012 34 56"}));
}

}  // namespace
}  // namespace vroegsein::simulator
