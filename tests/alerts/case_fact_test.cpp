// "Prevented", as a table: what the case's signals carried, how the case ended, what the partners
// reported, and what may be said of the threat.
#include "alerts/report/case_fact.h"

#include <gtest/gtest.h>

#include "tests/alerts/case_maker.h"

namespace vroegsein {
namespace {

using testing::AddAftermath;
using testing::AddAttempt;
using testing::CaseRow;
using testing::Day;
using testing::MakeCase;
using testing::MakeHousehold;
using testing::MakeSignal;
using testing::SignalRow;

constexpr char kHelp[] = "Vervolghulp en/of verwijzing financieel";
constexpr char kPaid[] = "Inwoner heeft zelf al betaald/betalingsregeling getroffen";
constexpr char kQuickFix[] = "(Budget)advies en/of quick fix";
constexpr char kNoContact[] = "Definitief geen contact kunnen krijgen";
constexpr char kOpen[] = "";

struct Reported {
  const char* partner;
  Threat threat;
  std::vector<AftermathKind> aftermaths;
};

struct PreventedRow {
  const char* situation;
  std::vector<Reported> signals;
  const char* outcome;
  ThreatResult expected;  // of THREAT_EVICTION
  bool prevented;         // the case
};

const std::vector<PreventedRow>& Rows() {
  static const std::vector<PreventedRow> rows = {
      {"open", {{"elkien", THREAT_EVICTION, {}}}, kOpen, THREAT_PENDING, false},
      {"open, and paid",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_PAID}}},
       kOpen,
       THREAT_PENDING,
       false},
      {"open, and evicted",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_EVICTED}}},
       kOpen,
       THREAT_CAME_TRUE,
       false},
      {"help, the partner silent",
       {{"elkien", THREAT_EVICTION, {}}},
       kHelp,
       THREAT_PREVENTED_REPORTED,
       true},
      {"quick fix, the partner silent",
       {{"elkien", THREAT_EVICTION, {}}},
       kQuickFix,
       THREAT_PREVENTED_REPORTED,
       true},
      {"the resident paid, the partner silent",
       {{"elkien", THREAT_EVICTION, {}}},
       kPaid,
       THREAT_PREVENTED_REPORTED,
       true},
      {"help, paid",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_PAID}}},
       kHelp,
       THREAT_PREVENTED_CONFIRMED,
       true},
      {"help, an arrangement",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_ARRANGEMENT}}},
       kHelp,
       THREAT_PREVENTED_CONFIRMED,
       true},
      {"help, withdrawn",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_WITHDRAWN}}},
       kHelp,
       THREAT_PREVENTED_CONFIRMED,
       true},
      {"help, and evicted all the same",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_EVICTED}}},
       kHelp,
       THREAT_CAME_TRUE,
       false},
      {"first an arrangement, then evicted",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_ARRANGEMENT, AFTERMATH_EVICTED}}},
       kHelp,
       THREAT_CAME_TRUE,
       false},
      {"no contact, the partner silent",
       {{"elkien", THREAT_EVICTION, {}}},
       kNoContact,
       THREAT_UNKNOWN,
       false},
      {"no contact, paid: not by us",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_PAID}}},
       kNoContact,
       THREAT_UNKNOWN,
       false},
      {"no contact, evicted",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_EVICTED}}},
       kNoContact,
       THREAT_CAME_TRUE,
       false},
      // Several signals.
      {"the landlord reports it on a signal without the threat",
       {{"elkien", THREAT_EVICTION, {}}, {"elkien", THREAT_NONE, {AFTERMATH_EVICTED}}},
       kHelp,
       THREAT_CAME_TRUE,
       false},
      {"another partner's cut-off is not an eviction",
       {{"elkien", THREAT_EVICTION, {}}, {"essent", THREAT_NONE, {AFTERMATH_CUT_OFF}}},
       kHelp,
       THREAT_PREVENTED_REPORTED,
       true},
      {"the landlord confirms on one of two signals",
       {{"elkien", THREAT_EVICTION, {}}, {"elkien", THREAT_EVICTION, {AFTERMATH_PAID}}},
       kHelp,
       THREAT_PREVENTED_CONFIRMED,
       true},
      {"of two landlords one confirms",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_PAID}}, {"woonfriesland", THREAT_EVICTION, {}}},
       kHelp,
       THREAT_PREVENTED_REPORTED,
       true},
      {"both confirm",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_PAID}},
        {"woonfriesland", THREAT_EVICTION, {AFTERMATH_WITHDRAWN}}},
       kHelp,
       THREAT_PREVENTED_CONFIRMED,
       true},
      {"of two threats the other came true",
       {{"elkien", THREAT_EVICTION, {AFTERMATH_PAID}},
        {"essent", THREAT_ENERGY_CUTOFF, {AFTERMATH_CUT_OFF}}},
       kHelp,
       THREAT_PREVENTED_CONFIRMED,
       false},
  };
  return rows;
}

HouseholdRecord HouseholdOf(const PreventedRow& row) {
  HouseholdRecord household = MakeHousehold();
  for (const Reported& reported : row.signals) {
    SignalRow signal;
    signal.id = std::to_string(household.signals_size());
    signal.partner = reported.partner;
    signal.threat = reported.threat;
    SignalRecord* record = household.add_signals();
    *record = MakeSignal(signal, 1);
    for (AftermathKind kind : reported.aftermaths) AddAftermath(kind, record);
  }
  CaseRow made;
  made.outcome = row.outcome;
  *household.add_cases() = MakeCase(made);
  return household;
}

TEST(Prevented, WhatMayBeSaidOfAThreat) {
  for (const PreventedRow& row : Rows()) {
    HouseholdRecord household = HouseholdOf(row);
    auto facts = FactsOfHousehold(household);
    ASSERT_EQ(facts.size(), 1u) << row.situation;
    ASSERT_GE(facts[0].threats_size(), 1) << row.situation;
    EXPECT_EQ(facts[0].threats(0).threat(), THREAT_EVICTION) << row.situation;
    EXPECT_EQ(facts[0].threats(0).result(), row.expected) << row.situation;
    EXPECT_EQ(IsPrevented(facts[0]), row.prevented) << row.situation;
  }
}

TEST(Prevented, WithoutAThreatThereIsNothingToPrevent) {
  CaseFact fact = FactsOfHousehold(
      HouseholdOf({"", {{"elkien", THREAT_NONE, {}}}, kHelp, THREAT_UNKNOWN, false}))[0];
  EXPECT_EQ(fact.threats_size(), 0);
  EXPECT_FALSE(IsPrevented(fact));
}

TEST(Prevented, SeveralThreatsCountByTheWeakest) {
  EXPECT_EQ(Together({THREAT_PREVENTED_CONFIRMED}), THREAT_PREVENTED_CONFIRMED);
  EXPECT_EQ(Together({THREAT_PREVENTED_CONFIRMED, THREAT_PREVENTED_REPORTED}),
            THREAT_PREVENTED_REPORTED);
  EXPECT_EQ(Together({THREAT_PREVENTED_REPORTED, THREAT_UNKNOWN}), THREAT_UNKNOWN);
  EXPECT_EQ(Together({THREAT_PENDING, THREAT_UNKNOWN}), THREAT_PENDING);
  EXPECT_EQ(Together({THREAT_PENDING, THREAT_CAME_TRUE}), THREAT_CAME_TRUE);
}

TEST(CaseFactOf, TheFirstAttemptAndConversationAreTheEarliest) {
  HouseholdRecord household = MakeHousehold();
  *household.add_signals() = MakeSignal({}, 1);
  CaseRecord* made = household.add_cases();
  *made = MakeCase({});
  AddAttempt("Huisbezoek", "2026-03-20", true, made);
  AddAttempt("Brief", "2026-03-12", false, made);
  AddAttempt("Telefoon", "2026-03-18", true, made);
  CaseFact fact = FactsOfHousehold(household)[0];
  EXPECT_EQ(fact.attempt_kinds_size(), 3);
  EXPECT_TRUE(fact.reached());
  EXPECT_EQ(FormatDate(DateOf(fact.first_attempt_day())), "2026-03-12");
  EXPECT_EQ(FormatDate(DateOf(fact.first_conversation_day())), "2026-03-18");
}

TEST(CaseFactOf, SignalsOfNoCaseAreOneFact) {
  HouseholdRecord household = MakeHousehold();
  *household.add_signals() = MakeSignal({}, 1);
  SignalRecord repeat = MakeSignal({}, 0), unfounded = MakeSignal({}, 0);
  repeat.set_status(SIGNAL_REPEAT);
  unfounded.set_status(SIGNAL_UNFOUNDED);
  *household.add_signals() = repeat;
  *household.add_signals() = unfounded;
  *household.add_cases() = MakeCase({});
  auto facts = FactsOfHousehold(household);
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_TRUE(facts[0].has_case());
  EXPECT_FALSE(facts[1].has_case());
  EXPECT_EQ(facts[1].signals_size(), 2);
}

TEST(CaseFactOf, AfterErasureOnlyTheMonthOfReceiptIsLeft) {
  HouseholdRecord household = MakeHousehold();
  SignalRow row;
  row.day = "2026-03-31";
  *household.add_signals() = MakeSignal(row, 1);
  *household.add_cases() = MakeCase({});
  CaseFact fact = FactsOfHousehold(household)[0];
  EXPECT_EQ(fact.signals(0).received_day(), DaysOf(Day("2026-03-31")));
  EXPECT_EQ(KeptAfterErasure(fact).signals(0).received_day(), DaysOf(Day("2026-03-01")));
}

}  // namespace
}  // namespace vroegsein
