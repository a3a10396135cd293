// Who belongs together, in the step: each rule a situation, and what people decide about it.
#include "store/household/alias.h"
#include "tests/desk/desk_fixture.h"

namespace vroegsein {
namespace {

class HouseholdDeskTest : public DeskTest {
 protected:
  // Somebody with a birth date and a name that says something.
  static ASignal Wiarda(const std::string& id) {
    return ASignal("vitens", id).Surname("Wiarda").Initials("T.").Born("1984-03-12");
  }
  static ASignal Hoekstra(const std::string& id) {
    return ASignal("essent", id)
        .Sector("Energie")
        .Surname("Hoekstra")
        .Initials("A.")
        .Born("1986-07-09");
  }

  // A name with two initials and no birth date: at two addresses one who moved, or two.
  static ASignal Initialled(const std::string& id) {
    return ASignal("vitens", id).Surname("Wiarda").Initials("J.P.");
  }

  size_t Reviews() { return CountKeys(keys::Reviews("0080")); }
  size_t OpenCases() {
    size_t open = 0;
    for (const CaseRecord& one : Cases()) open += one.has_closed_ms() ? 0u : 1u;
    return open;
  }
  std::string NameNow(const std::string& case_id) {
    auto now = CurrentName(ReaderOf(Folder().database()), *CaseId::Parse(case_id));
    EXPECT_TRUE(now.ok());
    return now->Text();
  }
};

TEST_F(HouseholdDeskTest, ACoupleWithTwoSurnamesIsOneHousehold) {
  Deliver(Wiarda("1"));
  Deliver(Hoekstra("2"));
  EXPECT_TRUE(Together("1", "2"));
  HouseholdRecord home = HouseholdOf("1");
  ASSERT_EQ(home.persons_size(), 2);
  EXPECT_NE(home.persons(0).person(), home.persons(1).person());
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, SpellingsOfOnePersonAreOnePerson) {
  Deliver(ASignal("vitens", "1").Surname("Meijer").Initials("P.").Born("1970-02-03"));
  Deliver(ASignal("vitens", "2").Surname("Meyer").Initials("P.").Born("1970-02-03"));
  Deliver(ASignal("vitens", "3").Surname("Meijer").Initials("P.").Born("1970-03-02"));
  HouseholdRecord home = HouseholdOf("1");
  ASSERT_EQ(home.persons_size(), 3);
  for (const PersonRecord& one : home.persons()) EXPECT_EQ(one.person(), 1u);
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, TwinsAreTwoPersonsInOneHousehold) {
  Deliver(ASignal("vitens", "1").Surname("Wiarda").Initials("T.").Born("2000-05-06"));
  Deliver(ASignal("essent", "2").Surname("Wiarda").Initials("M.").Born("2000-05-06"));
  HouseholdRecord home = HouseholdOf("1");
  ASSERT_EQ(home.persons_size(), 2);
  EXPECT_NE(home.persons(0).person(), home.persons(1).person());
}

TEST_F(HouseholdDeskTest, FatherAndSonOfOneNameElsewhereAreTwoHouseholds) {
  Deliver(ASignal("vitens", "1").Surname("Wiarda").Initials("T.").Born("1950-05-06"));
  Deliver(
      ASignal("vitens", "2").Surname("Wiarda").Initials("T.").Born("1980-01-09").At("8921AB 3"));
  EXPECT_FALSE(Together("1", "2"));
  EXPECT_EQ(Reviews(), 0u);
}

TEST_F(HouseholdDeskTest, ABusinessIsNotTheHouseholdAboveIt) {
  Deliver(Wiarda("1"));
  Deliver(ASignal("essent", "2").Surname("Kapsalon Knip BV").LegalPerson());
  EXPECT_FALSE(Together("1", "2"));
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, TheFourthNameMakesAHouseOfManyAndItIsDivided) {
  const char* names[] = {"Wiarda", "Hoekstra", "Okafor", "Nguyen"};
  const char* born[] = {"1951-01-02", "1972-03-04", "1983-05-06", "1994-07-08"};
  for (int i = 0; i < 3; ++i) {
    Deliver(ASignal("vitens", std::to_string(i)).Surname(names[i]).Born(born[i]));
  }
  EXPECT_TRUE(Together("0", "2")) << "so far it is a home";
  EXPECT_EQ(OpenCases(), 1u);
  Deliver(ASignal("vitens", "3").Surname(names[3]).Born(born[3]));
  EXPECT_EQ(Households().size(), 4u);
  EXPECT_EQ(OpenCases(), 4u);
  HouseholdRecord first = HouseholdOf("0");
  ASSERT_GT(first.history_size(), 0);
  EXPECT_EQ(first.history(0).kind(), HOUSEHOLD_SENT);
  EXPECT_FALSE(first.history(0).reason().empty());
  Deliver(ASignal("vitens", "again").Surname(names[1]).Born(born[1]));
  EXPECT_TRUE(Together("1", "again"));
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, AListedCareHomeIsNoHomeFromTheStart) {
  AddressRecord* home = installation_.municipalities[0].settings.add_crowded();
  home->set_postcode("8911AD");
  home->set_house_number("12");
  Deliver(Wiarda("1"));
  Deliver(Hoekstra("2"));
  EXPECT_FALSE(Together("1", "2"));
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, WhoMovesTakesTheHistoryAlong) {
  Deliver(Wiarda("1").On("2026-03-10"));
  std::string before = Cases()[0].team();
  Deliver(Wiarda("2").At("8921AB 3"));
  EXPECT_TRUE(Together("1", "2"));
  HouseholdRecord home = HouseholdOf("1");
  EXPECT_EQ(home.address().postcode(), "8921AB");
  EXPECT_EQ(home.addresses_size(), 2);
  ASSERT_EQ(home.history_size(), 1);
  EXPECT_EQ(home.history(0).kind(), HOUSEHOLD_MOVED);
  EXPECT_EQ(OpenCases(), 1u);
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, WhoGoesApartOrTogetherDidNotMove) {
  Deliver(ASignal("vitens", "1").Surname("Wiarda").Initials("T.").On("2026-03-10"));
  Deliver(ASignal("vitens", "2").Surname("Wiarda").Initials("T.").At("8921AB 3"));
  Deliver(Wiarda("3").Phone("+31612345678").On("2026-03-12"));
  Deliver(Wiarda("4").Phone("+31612345678").At("8921AB 3"));
  ASSERT_TRUE(Together("1", "4"));
  HouseholdRecord home = HouseholdOf("1");
  ASSERT_EQ(home.history_size(), 1);
  EXPECT_EQ(home.history(0).kind(), HOUSEHOLD_JOINED);
  EXPECT_EQ(home.address().postcode(), "8921AB");
}

TEST_F(HouseholdDeskTest, WhoComesHalfAYearAfterTheLastIsAnother) {
  Deliver(Wiarda("1").On("2026-01-10"));
  Deliver(Hoekstra("2").On("2026-07-20"));
  EXPECT_FALSE(Together("1", "2"));
  Deliver(Wiarda("3").On("2026-05-01"));
  EXPECT_TRUE(Together("1", "2")) << "seen in between";
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, ASecondNameOnAContractOfTheHomeIsAnother) {
  Deliver(Hoekstra("1").On("2026-03-10"));
  Deliver(Wiarda("2").On("2026-03-20"));
  EXPECT_TRUE(Together("1", "2"));
  Deliver(Wiarda("3").On("2026-05-10").Sector("Energie"));
  EXPECT_FALSE(Together("1", "2")) << "Wiarda has the energy contract that Hoekstra had";
  EXPECT_TRUE(Together("2", "3"));
  Deliver(Hoekstra("4").On("2026-06-10"));
  EXPECT_TRUE(Together("1", "2")) << "Hoekstra has it still";
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, WhoLeavesOthersBehindStartsAHousehold) {
  Deliver(Wiarda("1").On("2026-03-10"));
  Deliver(Hoekstra("2").On("2026-03-11"));
  Deliver(Wiarda("3").At("8921AB 3").On("2026-06-10"));
  Deliver(Hoekstra("4").On("2026-09-11"));
  EXPECT_TRUE(Together("1", "2"));
  EXPECT_TRUE(Together("2", "4"));
  EXPECT_FALSE(Together("3", "4"));
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, WhoMovesInWithOthersJoinsThem) {
  Deliver(Hoekstra("1").At("8921AB 3").On("2026-01-10"));
  Deliver(Hoekstra("2").At("8921AB 3").On("2026-11-15"));
  Deliver(Wiarda("3").On("2026-02-10"));
  Deliver(Wiarda("4").At("8921AB 3").On("2026-11-10"));
  EXPECT_TRUE(Together("1", "4"));
  EXPECT_FALSE(Together("3", "1"));
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, WhoIsRecognisedLateBringsTwoHouseholdsTogether) {
  Deliver(ASignal("vitens", "1").Surname("Wiarda").Initials("T.").On("2026-03-10"));
  Deliver(ASignal("vitens", "2").Surname("Wiarda").Initials("T.").At("8921AB 3"));
  EXPECT_FALSE(Together("1", "2")) << "a name alone says too little";
  Deliver(Wiarda("3").Phone("+31612345678").On("2026-03-12"));
  Deliver(Wiarda("4").Phone("+31612345678").At("8921AB 3"));
  EXPECT_TRUE(Together("1", "4"));
  EXPECT_EQ(Households().size(), 1u);
  EXPECT_EQ(OpenCases(), 1u);
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, AnAliasKeepsAnsweringAndTwoOpenCasesAreOne) {
  Deliver(Wiarda("1"));
  Deliver(Hoekstra("2").At("8921AB 3"));
  Attempt("0080-2-1", "b.smit", true);
  EXPECT_TRUE(JoinThem(1, 2).status.ok());
  EXPECT_TRUE(Together("1", "2"));
  EXPECT_EQ(OpenCases(), 1u);
  CaseRecord open = OnlyCase();
  EXPECT_EQ(open.attempts_size(), 1) << "work that was done stays";
  EXPECT_EQ(NameNow("0080-2-1"), NameNow("0080-1-1"));
  EXPECT_TRUE(Attempt("0080-2-1", "b.smit").status.ok()) << "the old id does";
  EXPECT_EQ(HouseholdOf("1").history(0).by(), "carel");
  ExpectVerified();
  Reopen();
  EXPECT_EQ(NameNow("0080-2-1"), NameNow("0080-1-1"));
}

TEST_F(HouseholdDeskTest, ASplitUndoesAMerge) {
  Deliver(Wiarda("1"));
  Deliver(Hoekstra("2").At("8921AB 3"));
  Attempt("0080-2-1", "b.smit");
  JoinThem(1, 2);
  EXPECT_TRUE(DivideAlias(1, 2).status.ok());
  EXPECT_EQ(HouseholdOf("1").number(), 1u);
  EXPECT_EQ(HouseholdOf("2").number(), 2u);
  EXPECT_EQ(NameNow("0080-1-1"), "0080-1-1");
  EXPECT_EQ(NameNow("0080-2-1"), "0080-2-1");
  ASSERT_EQ(HouseholdOf("2").cases_size(), 1);
  EXPECT_EQ(HouseholdOf("2").cases(0).attempts_size(), 1);
  ASSERT_EQ(HouseholdOf("1").cases_size(), 1);
  EXPECT_EQ(HouseholdOf("1").cases(0).attempts_size(), 0);
  ExpectVerified();
  // And they stay apart, whatever the matcher thinks.
  Deliver(Hoekstra("3").On("2026-11-15").At("8921AB 3"));
  EXPECT_FALSE(Together("1", "3"));
}

TEST_F(HouseholdDeskTest, ClosedCasesGoAlongAndComeBack) {
  Deliver(Wiarda("1"));
  Close("0080-1-1", "(Budget)advies en/of quick fix");
  Deliver(Hoekstra("2").At("8921AB 3"));
  Close("0080-2-1", "(Budget)advies en/of quick fix");
  JoinThem(2, 1);
  EXPECT_EQ(HouseholdOf("1").number(), 2u);
  EXPECT_EQ(HouseholdOf("1").cases_size(), 2);
  EXPECT_EQ(NameNow("0080-1-1"), "0080-2-2");
  DivideAlias(2, 1);
  EXPECT_EQ(NameNow("0080-1-1"), "0080-1-1");
  EXPECT_EQ(NameNow("0080-2-2"), "0080-1-1") << "also this id was given out";
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, AClosedCaseOfBothStandsInBothUntilTheyAreOneAgain) {
  Deliver(Wiarda("1"));
  Deliver(Hoekstra("2"));
  Close("0080-1-1", "(Budget)advies en/of quick fix");
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(DividePerson(1, HouseholdOf("2").persons(1).person()).status.ok());
    ASSERT_FALSE(Together("1", "2"));
    for (const char* id : {"1", "2"}) {
      HouseholdRecord home = HouseholdOf(id);
      ASSERT_EQ(home.cases_size(), 1);
      EXPECT_EQ(home.cases(0).outcome(), "(Budget)advies en/of quick fix");
      ASSERT_EQ(home.signals_size(), 1);
      EXPECT_EQ(home.signals(0).case_number(), home.cases(0).number());
    }
    std::string copy =
        CaseId{HouseholdId{"0080", HouseholdOf("2").number()}, HouseholdOf("2").cases(0).number()}
            .Text();
    JoinThem(1, HouseholdOf("2").number());
    HouseholdRecord home = HouseholdOf("1");
    ASSERT_EQ(home.cases_size(), 1);
    EXPECT_EQ(home.signals_size(), 2);
    for (const SignalRecord& one : home.signals()) EXPECT_EQ(one.case_number(), 1u);
    EXPECT_EQ(NameNow("0080-1-1"), "0080-1-1");
    EXPECT_EQ(NameNow(copy), "0080-1-1");
  }
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, OnePersonGoesApartWithTheirSignals) {
  Deliver(Wiarda("1"));
  Deliver(Hoekstra("2"));
  EXPECT_TRUE(DividePerson(1, 2).status.ok());
  EXPECT_FALSE(Together("1", "2"));
  EXPECT_EQ(OpenCases(), 2u);
  Deliver(Hoekstra("3").On("2026-11-15"));
  EXPECT_TRUE(Together("2", "3"));
  EXPECT_EQ(DividePerson(1, 1).code, "niet-te-splitsen");
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, WhatIsDoubtfulIsAskedOnceAndRemembered) {
  Deliver(Initialled("1"));
  Deliver(Initialled("2").At("8921AB 3"));
  EXPECT_FALSE(Together("1", "2"));
  ASSERT_EQ(Reviews(), 1u);
  ExpectVerified();
  EXPECT_TRUE(AnswerThem(1, 2, false).status.ok());
  EXPECT_EQ(Reviews(), 0u);
  EXPECT_EQ(AnswerThem(1, 2, false).code, "beoordeling-onbekend");
  Deliver(Initialled("3").Born("1984-03-12"));
  Deliver(Initialled("4").Born("1984-03-12").At("8921AB 3"));
  EXPECT_FALSE(Together("1", "2")) << "a no holds, whatever comes after";
  EXPECT_EQ(Reviews(), 0u);
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, AYesJoinsThemAndHolds) {
  Deliver(Initialled("1"));
  Deliver(Initialled("2").At("8921AB 3"));
  ASSERT_EQ(Reviews(), 1u);
  EXPECT_TRUE(AnswerThem(1, 2, true).status.ok());
  EXPECT_TRUE(Together("1", "2"));
  Deliver(Initialled("3").At("8921AB 3").On("2026-11-15"));
  EXPECT_TRUE(Together("1", "3"));
  EXPECT_EQ(OpenCases(), 1u);
  ExpectVerified();
}

TEST_F(HouseholdDeskTest, NothingIsLeftAfterTheTerm) {
  Deliver(Wiarda("1").Phone("+31612345678"));
  Deliver(Hoekstra("2").At("8921AB 3"));
  JoinThem(1, 2);
  Close("0080-1-1", "(Budget)advies en/of quick fix");
  Now("2027-12-01T09:00:00Z");
  Tick();
  EXPECT_TRUE(Households().empty());
  for (const char* kind : {"A", "P", "Q", "B", "K", "S"}) EXPECT_EQ(CountKeys(kind), 0u) << kind;
  ExpectVerified();
}

}  // namespace
}  // namespace vroegsein
