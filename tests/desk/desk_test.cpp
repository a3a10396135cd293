// What the desk does with signals and with the team's work, one situation a test.
#include "tests/desk/desk_fixture.h"

namespace vroegsein {
namespace {

constexpr char kQuickFix[] = "(Budget)advies en/of quick fix";

TEST_F(DeskTest, ASignalBecomesAHouseholdACaseAndATask) {
  Receipt receipt = Deliver(ASignal("vitens", "W1"));
  EXPECT_EQ(receipt.status, ReceiptStatus::kAccepted);
  EXPECT_EQ(receipt.ddas_status, "Nog niet opgepakt");
  CaseRecord found = OnlyCase();
  EXPECT_EQ(receipt.case_id, "0080-1-1");
  EXPECT_FALSE(found.team().empty());
  EXPECT_NE(found.routing_text(), 0u);
  EXPECT_EQ(FormatDate(DateOf(found.deadline_day())), "2026-12-18");
  EXPECT_EQ(CountKeys(keys::TeamTasks("0080", found.team())), 1u);
  ExpectVerified();
}

TEST_F(DeskTest, TheSameSignalCountsOnce) {
  Deliver(ASignal("vitens", "W1"));
  Receipt again = Deliver(ASignal("vitens", "W1"));
  EXPECT_EQ(again.status, ReceiptStatus::kDuplicate);
  EXPECT_TRUE(again.errors.empty());
  Receipt changed = Deliver(ASignal("vitens", "W1").Cents(99'900));
  EXPECT_EQ(changed.status, ReceiptStatus::kDuplicate);
  ASSERT_EQ(changed.errors.size(), 1u);
  EXPECT_EQ(changed.errors[0].code, "inhoud-anders");
  EXPECT_EQ(TheSignal("W1").signal().arrears_cents(), 12'000);
  ExpectVerified();
}

TEST_F(DeskTest, TheSameIdOfAnotherPartnerIsAnotherSignal) {
  Deliver(ASignal("vitens", "1"));
  EXPECT_EQ(Deliver(ASignal("essent", "1")).status, ReceiptStatus::kAccepted);
  EXPECT_EQ(Households()[0].signals_size(), 2);
}

TEST_F(DeskTest, SuffixSpellingsAreOneHousehold) {
  for (const char* suffix : {"A", "a", "-A", " A.", "0A"}) {
    Deliver(ASignal("vitens", std::string("W") + suffix).At(std::string("8911AD 12 ") + suffix));
  }
  EXPECT_EQ(Households().size(), 1u);
  Deliver(ASignal("vitens", "other").At("8911AD 12 B"));
  EXPECT_EQ(Households().size(), 2u);
}

TEST_F(DeskTest, ARepeatIsNotTakenUpAndThePartnerHearsIt) {
  Deliver(ASignal("vitens", "W1").Customer("77").Origin("2026-08-01").On("2026-10-10"));
  Receipt repeat =
      Deliver(ASignal("vitens", "W2").Customer("77").On("2026-11-10").Origin("2026-10-10"));
  EXPECT_EQ(repeat.ddas_status, "Nog niet opgepakt") << "other arrears";
  Receipt same =
      Deliver(ASignal("vitens", "W3").Customer("77").On("2026-11-11").Origin("2026-10-10"));
  EXPECT_EQ(same.ddas_status, "Niet opgepakt: herhaalde melding");
  EXPECT_FALSE(same.case_id.has_value());
  EXPECT_EQ(Heard("vitens"), std::vector<std::string>{"W3: Niet opgepakt: herhaalde melding"});
  ExpectVerified();
}

TEST_F(DeskTest, AHigherAmountMustBeTakenUp) {
  Deliver(ASignal("vitens", "W1").Customer("77").On("2026-10-10").Origin("2026-08-01"));
  Receipt higher = Deliver(
      ASignal("vitens", "W2").Customer("77").On("2026-11-10").Origin("2026-08-01").Cents(12'001));
  EXPECT_EQ(higher.ddas_status, "Nog niet opgepakt");
  EXPECT_EQ(OnlyCase().number(), 1u);
}

TEST_F(DeskTest, ANewThreatOnKnownArrearsIsNoRepeat) {
  Deliver(ASignal("woonfriesland", "H1").Customer("77").On("2026-10-10").Origin("2026-08-01"));
  Receipt threat = Deliver(ASignal("woonfriesland", "H2")
                               .Customer("77")
                               .On("2026-11-10")
                               .Origin("2026-08-01")
                               .Threatens(THREAT_EVICTION));
  EXPECT_EQ(threat.ddas_status, "Nog niet opgepakt");
  EXPECT_EQ(FormatDate(DateOf(OnlyCase().deadline_day())), "2026-11-25");
}

TEST_F(DeskTest, ARepeatAtAnotherAddressIsStillARepeat) {
  Deliver(ASignal("vitens", "W1").Customer("77").On("2026-10-10").Origin("2026-08-01"));
  Receipt moved = Deliver(
      ASignal("vitens", "W2").Customer("77").On("2026-11-10").Origin("2026-08-01").At("8921AB 3"));
  EXPECT_EQ(moved.ddas_status, "Niet opgepakt: herhaalde melding");
  ExpectVerified();
}

TEST_F(DeskTest, ALateEarlierSignalTurnsTheLaterOneIntoTheRepeat) {
  Deliver(
      ASignal("vitens", "W2").Customer("77").On("2026-11-10").Origin("2026-08-01").Cents(10'000));
  Receipt late = Deliver(
      ASignal("vitens", "W1").Customer("77").On("2026-10-10").Origin("2026-08-01").Cents(10'000));
  EXPECT_EQ(late.ddas_status, "Nog niet opgepakt");
  EXPECT_EQ(TheSignal("W2").status(), SIGNAL_REPEAT);
  EXPECT_EQ(TheSignal("W2").case_number(), 0u);
  EXPECT_EQ(OnlyCase().number(), 1u);
  ExpectVerified();
}

TEST_F(DeskTest, WhatATeamHasBegunStaysTakenUp) {
  Deliver(ASignal("vitens", "W2").Customer("77").On("2026-11-10").Origin("2026-08-01"));
  Attempt("0080-1-1", "a.wiersma");
  Deliver(ASignal("vitens", "W1").Customer("77").On("2026-10-10").Origin("2026-08-01"));
  EXPECT_EQ(TheSignal("W2").status(), SIGNAL_TAKEN_UP);
  ExpectVerified();
}

TEST_F(DeskTest, ThresholdAndWindowAreThePolicys) {
  EXPECT_EQ(Deliver(ASignal("vitens", "1").Cents(7'499)).ddas_status,
            "Niet opgepakt: onterecht signaal");
  EXPECT_EQ(Deliver(ASignal("vitens", "2").Cents(7'500)).ddas_status, "Nog niet opgepakt");
  EXPECT_EQ(Deliver(ASignal("vitens", "3").On("2026-11-10", 29)).ddas_status,
            "Niet opgepakt: onterecht signaal");
  EXPECT_EQ(Deliver(ASignal("de-friesland", "4").Sector("Zorg").On("2026-11-10", 101)).ddas_status,
            "Niet opgepakt: onterecht signaal");
  EXPECT_EQ(Deliver(ASignal("vitens", "5").Cents(100).Crisis()).ddas_status, "Nog niet opgepakt");
  ExpectVerified();
}

TEST_F(DeskTest, ALegalPersonIsUnfoundedAlsoInACrisis) {
  EXPECT_EQ(Deliver(ASignal("vitens", "1").LegalPerson().Crisis()).ddas_status,
            "Niet opgepakt: onterecht signaal");
}

TEST_F(DeskTest, ACrisisIsDueOnTheThirdWorkingDay) {
  Deliver(ASignal("vitens", "1").Threatens(THREAT_WATER_CUTOFF));
  CaseRecord found = OnlyCase();
  EXPECT_EQ(FormatDate(DateOf(found.deadline_day())), "2026-11-25");
  EXPECT_EQ(DecisionOf(found).priority(), "crisis");
  EXPECT_FALSE(DecisionOf(found).fired().empty());
  EXPECT_FALSE(DecisionOf(found).policy().empty());
}

TEST_F(DeskTest, TheNextSignalJoinsTheOpenCaseAndItIsDecidedAgain) {
  Deliver(ASignal("vitens", "1"));
  double alone = DecisionOf(OnlyCase()).score();
  Deliver(ASignal("essent", "2").Sector("Energie"));
  CaseRecord both = OnlyCase();
  EXPECT_TRUE(DecisionOf(both).facts().multiple());
  EXPECT_GT(DecisionOf(both).score(), alone);
  EXPECT_EQ(both.decisions_size(), 2) << "the first decision is kept";
  ExpectVerified();
}

TEST_F(DeskTest, AContactAttemptTakesTheCaseUp) {
  Deliver(ASignal("vitens", "1"));
  EXPECT_TRUE(Attempt("0080-1-1", "a.wiersma").status.ok());
  CaseRecord found = OnlyCase();
  EXPECT_EQ(found.task(), TASK_CLAIMED);
  EXPECT_EQ(found.lead(), "a.wiersma");
  EXPECT_EQ(TheSignal("1").status(), SIGNAL_TAKEN_UP);
  Attempt("0080-1-1", "b.postma");
  EXPECT_EQ(OnlyCase().lead(), "a.wiersma") << "the first contact keeps the lead";
}

TEST_F(DeskTest, OneColleagueAtATime) {
  Deliver(ASignal("vitens", "1"));
  EXPECT_TRUE(Task("0080-1-1", TASK_CLAIM, "a.wiersma").status.ok());
  EXPECT_EQ(Task("0080-1-1", TASK_CLAIM, "b.postma").code, "taak-al-opgepakt");
  EXPECT_EQ(Task("0080-1-1", TASK_RELEASE, "b.postma").code, "taak-van-ander");
  EXPECT_TRUE(Task("0080-1-1", TASK_RELEASE, "a.wiersma").status.ok());
  EXPECT_TRUE(Task("0080-1-1", TASK_CLAIM, "b.postma").status.ok());
  EXPECT_EQ(Task("0080-9-9", TASK_CLAIM, "b.postma").code, "zaak-onbekend");
}

TEST_F(DeskTest, AnOutcomeClosesTheCaseAndTellsEachPartner) {
  Deliver(ASignal("vitens", "1"));
  Deliver(ASignal("essent", "2").Sector("Energie"));
  EXPECT_TRUE(Close("0080-1-1", kQuickFix).status.ok());
  EXPECT_EQ(Heard("vitens"), std::vector<std::string>{"1: Opgepakt"});
  EXPECT_EQ(Heard("essent"), std::vector<std::string>{"2: Opgepakt"});
  EXPECT_EQ(CountKeys(keys::Tasks("0080")), 0u);
  EXPECT_EQ(Close("0080-1-1", kQuickFix).code, "zaak-gesloten");
  Deliver(ASignal("vitens", "3"));
  EXPECT_EQ(Cases().size(), 2u) << "after an outcome a new signal opens a new case";
  ExpectVerified();
}

TEST_F(DeskTest, AnotherReasonIsMasked) {
  Deliver(ASignal("vitens", "1"));
  Close("0080-1-1", "Niet opgepakt: andere reden");
  EXPECT_EQ(Heard("vitens"), std::vector<std::string>{"1: Niet opgepakt"});
  EXPECT_EQ(TheSignal("1").status(), SIGNAL_OTHER_REASON);
}

TEST_F(DeskTest, AnAftermathBelongsToItsSignal) {
  Deliver(ASignal("vitens", "1"));
  Event event = At();
  Aftermath* aftermath = event.mutable_aftermath()->mutable_aftermath();
  aftermath->set_partner("vitens");
  aftermath->set_signal_id("1");
  aftermath->set_kind(AFTERMATH_PAID);
  EXPECT_TRUE(Do(event).status.ok());
  EXPECT_TRUE(Do(event).status.ok()) << "delivered again it counts once";
  EXPECT_EQ(TheSignal("1").aftermaths_size(), 1);
  aftermath->set_partner("essent");
  EXPECT_EQ(Do(event).code, "signaal-onbekend");
}

TEST_F(DeskTest, OutsideEveryZoneTheFallbackTeamGoes) {
  Deliver(ASignal("vitens", "1").At("1011AB 1"));
  CaseRecord found = OnlyCase();
  bool is_fallback = false;
  for (const Team& team : installation_.municipalities[0].settings.teams()) {
    if (team.code() == found.team()) is_fallback = team.fallback();
  }
  EXPECT_TRUE(is_fallback);
  EXPECT_TRUE(found.zone().empty());
}

TEST_F(DeskTest, ATeamThatIsNoMoreHandsOverItsTasks) {
  Deliver(ASignal("vitens", "1"));
  std::string gone = OnlyCase().team();
  Reopen();
  auto* teams = installation_.municipalities[0].settings.mutable_teams();
  for (int i = teams->size() - 1; i >= 0; --i) {
    if (teams->Get(i).code() == gone) teams->DeleteSubrange(i, 1);
  }
  EXPECT_NE(OnlyCase().team(), gone);
  ExpectVerified();
}

TEST_F(DeskTest, ARestartGoesOnWhereItWas) {
  Deliver(ASignal("vitens", "1"));
  auto before = StateHash(Folder().database());
  Reopen();
  auto after = StateHash(Folder().database());
  ASSERT_TRUE(before.ok() && after.ok());
  EXPECT_EQ(*before, *after);
  EXPECT_EQ(Deliver(ASignal("vitens", "1")).status, ReceiptStatus::kDuplicate);
  EXPECT_EQ(Deliver(ASignal("vitens", "2").At("8911AD 14")).case_id, "0080-2-1");
}

TEST_F(DeskTest, AfterItsTermNothingOfAPersonIsLeft) {
  constexpr char kName[] = "Zonderspoor";
  options_.desk.log_retention_days = 30;
  Deliver(ASignal("vitens", "1").Surname(kName).Customer("geheim-klantnummer"));
  Deliver(ASignal("vitens", "2").Cents(100).Surname(kName).At("8911AD 99"));
  Close("0080-1-1", kQuickFix);
  Now("2027-05-20T08:00:00Z");
  Tick();
  EXPECT_TRUE(Households().empty());
  EXPECT_EQ(CountKeys("S") + CountKeys("A") + CountKeys("P") + CountKeys("K") + CountKeys("E"), 0u);
  EXPECT_EQ(CountKeys("Z"), 2u) << "what stays is counted without a person";
  Reopen();
  for (const auto& file : std::filesystem::recursive_directory_iterator(root_)) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_EQ(bytes.find(kName), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find("zonderspoor"), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find("geheim-klantnummer"), std::string::npos) << file.path();
    EXPECT_EQ(bytes.find("8911AD"), std::string::npos) << file.path();
  }
}

TEST_F(DeskTest, BeforeItsTermEverythingIsLeft) {
  Deliver(ASignal("vitens", "1"));
  Close("0080-1-1", kQuickFix);
  Now("2027-05-19T08:00:00Z");
  Tick();
  EXPECT_EQ(Households().size(), 1u);
}

TEST_F(DeskTest, MunicipalitiesDoNotMix) {
  MunicipalityConfig other = installation_.municipalities[0];
  other.settings.set_code("0344");
  other.settings.set_name("Utrecht");
  installation_.municipalities.push_back(other);
  Signal here = ASignal("vitens", "1");
  Signal there = here;
  there.set_municipality("0344");
  EXPECT_EQ(Deliver(here).status, ReceiptStatus::kAccepted);
  EXPECT_EQ(Deliver(there).status, ReceiptStatus::kAccepted);
  EXPECT_EQ(Households("0080").size(), 1u);
  EXPECT_EQ(Households("0344").size(), 1u);
  EXPECT_EQ(Households("0344")[0].cases(0).number(), 1u);
  ExpectVerified();
}

}  // namespace
}  // namespace vroegsein
