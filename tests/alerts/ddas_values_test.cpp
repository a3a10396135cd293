// Our words are those of the national schema: the same sets, read from the schema itself.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <set>

#include "alerts/ddas/values.h"
#include "tests/alerts/shared_folder.h"

namespace vroegsein {
namespace {

using Words = std::set<std::string>;

std::filesystem::path SchemaPath() {
  return testing::SharedFolder() / "ddas" / "uitwisselmodel-1.2.schema.json";
}

class DdasValues : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(SchemaPath())) {
      GTEST_SKIP() << "no DDAS schema at " << SchemaPath() << ": set VROEGSEIN_SHARED";
    }
  }

  static Words Enumeration(const std::string& name) {
    simdjson::dom::parser parser;
    simdjson::dom::element schema = parser.load(SchemaPath().string());
    Words words;
    simdjson::dom::array list = schema["$defs"][name]["enum"].get_array();
    for (simdjson::dom::element word : list) {
      words.insert(std::string(word.get_string().value()));
    }
    return words;
  }
};

Words WordsOf(std::span<const std::string_view> list) { return {list.begin(), list.end()}; }

TEST_F(DdasValues, ContactKinds) {
  EXPECT_EQ(WordsOf(ddas::ContactKinds()), Enumeration("EnumContactsoort"));
}

TEST_F(DdasValues, DayParts) { EXPECT_EQ(WordsOf(ddas::DayParts()), Enumeration("EnumDagdeel")); }

TEST_F(DdasValues, Outcomes) {
  EXPECT_EQ(WordsOf(ddas::Outcomes()), Enumeration("EnumEindresultaat"));
}

TEST_F(DdasValues, SignalStatuses) {
  Words ours;
  for (int i = 0; i < SignalStatus_ARRAYSIZE; ++i) {
    if (SignalStatus_IsValid(i))
      ours.insert(std::string(ddas::NameOf(static_cast<SignalStatus>(i))));
  }
  EXPECT_EQ(ours, Enumeration("EnumSignaalstatus"));
}

// A closed case gives its signals a status that the schema has, whatever the outcome.
TEST_F(DdasValues, EveryOutcomeLeadsToAStatus) {
  Words statuses = Enumeration("EnumSignaalstatus");
  for (std::string_view outcome : ddas::Outcomes()) {
    SignalStatus status = ddas::StatusAfter(outcome);
    EXPECT_TRUE(statuses.contains(std::string(ddas::NameOf(status)))) << outcome;
    EXPECT_NE(status, SIGNAL_OPEN) << outcome;
    bool is_a_status = statuses.contains(std::string(outcome));
    EXPECT_EQ(ddas::NameOf(status), is_a_status ? outcome : "Opgepakt");
  }
}

struct OutcomeRow {
  const char* outcome;
  bool help;
  bool solved_or_helped;
  bool debt_help;
};

TEST(DdasOutcomes, WhatCountsAsHelp) {
  constexpr OutcomeRow kRows[] = {
      {"(Budget)advies en/of quick fix", true, true, false},
      {"Vervolghulp en/of verwijzing", true, true, false},
      {"Vervolghulp en/of verwijzing financieel", true, true, true},
      {"Vervolghulp en/of verwijzing niet financieel", true, true, false},
      {"Inwoner heeft zelf al betaald/betalingsregeling getroffen", false, true, false},
      {"Inwoner regelt het zelf/hoeft geen hulp vanuit vroegsignalering", false, false, false},
      {"Verwijzing zonder tussenkomst inwoner", false, false, false},
      {"Definitief geen contact kunnen krijgen", false, false, false},
      {"Inwoner is overleden", false, false, false},
      {"", false, false, false},
  };
  for (const OutcomeRow& row : kRows) {
    EXPECT_EQ(ddas::IsHelpAccepted(row.outcome), row.help) << row.outcome;
    EXPECT_EQ(ddas::IsSolvedOrHelped(row.outcome), row.solved_or_helped) << row.outcome;
    EXPECT_EQ(ddas::IsDebtHelp(row.outcome), row.debt_help) << row.outcome;
  }
}

TEST(DdasOutcomes, OnlyTheExactWordCounts) {
  EXPECT_TRUE(ddas::IsContactKind("SMS/Whatsapp"));
  EXPECT_FALSE(ddas::IsContactKind("sms/whatsapp"));
  EXPECT_FALSE(ddas::IsContactKind(""));
  EXPECT_TRUE(ddas::IsDayPart("Avond"));
  EXPECT_FALSE(ddas::IsDayPart("Nacht"));
  EXPECT_FALSE(ddas::IsOutcome("Opgepakt"));
}

}  // namespace
}  // namespace vroegsein
