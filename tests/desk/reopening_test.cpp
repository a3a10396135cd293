// An outcome taken back: what comes back, what the partners hear, and when it is too late.
#include "tests/desk/desk_fixture.h"

namespace vroegsein {
namespace {

constexpr char kHelp[] = "Vervolghulp en/of verwijzing financieel";
constexpr char kWorker[] = "a.wiersma";

class ReopeningTest : public DeskTest {
 protected:
  Outcome End(const std::string& case_id) {
    Event event = At();
    event.mutable_outcome()->set_case_id(case_id);
    event.mutable_outcome()->set_outcome(kHelp);
    event.mutable_outcome()->set_worker(kWorker);
    event.mutable_outcome()->set_day(DaysOf(DayInAmsterdam(now_)));
    event.mutable_outcome()->set_aftercare_day(DaysOf(DayInAmsterdam(now_)) + 90);
    event.mutable_outcome()->set_undoable(true);
    return Do(std::move(event));
  }
  Outcome Undo(const std::string& case_id, const std::string& worker = kWorker) {
    return Task(case_id, TASK_UNDO, worker);
  }

  std::vector<FeedbackRecord> Feedback(const std::string& partner) {
    std::vector<FeedbackRecord> told;
    std::string prefix = keys::PartnerFeedback("0080", partner);
    Status read = Folder().database().Scan(
        prefix, keys::After(prefix), [&](std::string_view, std::string_view value) {
          told.emplace_back();
          EXPECT_TRUE(told.back().ParseFromArray(value.data(), static_cast<int>(value.size())));
          return true;
        });
    EXPECT_TRUE(read.ok());
    return told;
  }
};

TEST_F(ReopeningTest, TheCaseIsAsItWas) {
  Deliver(ASignal("vitens", "1"));
  Deliver(ASignal("essent", "2").Sector("Energie"));
  Attempt("0080-1-1", "b.postma", true);
  Task("0080-1-1", TASK_ASSIGN, "b.postma", kWorker);
  CaseRecord before = OnlyCase();
  End("0080-1-1");
  EXPECT_EQ(CountKeys(keys::Tasks("0080")), 0u);
  EXPECT_EQ(CountKeys("E"), 1u);
  EXPECT_EQ(Undo("0080-1-1").case_id->Text(), "0080-1-1");
  EXPECT_EQ(OnlyCase().SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(TheSignal("1").status(), SIGNAL_TAKEN_UP);
  EXPECT_EQ(CountKeys(keys::Tasks("0080")), 1u);
  EXPECT_EQ(CountKeys("E"), 0u) << "an open case does not fall due";
  ExpectVerified();
  EXPECT_EQ(Undo("0080-1-1").code, "niet-ongedaan-te-maken");
  EXPECT_TRUE(End("0080-1-1").status.ok());
  ExpectVerified();
}

TEST_F(ReopeningTest, APartnerHearsThatWhatItHeardHoldsNoMore) {
  Deliver(ASignal("vitens", "1"));
  End("0080-1-1");
  Undo("0080-1-1");
  auto told = Feedback("vitens");
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(told[0].help_accepted());
  EXPECT_EQ(told[0].replaces(), 0u);
  EXPECT_FALSE(told[1].help_accepted());
  EXPECT_EQ(told[1].status(), "Nog niet opgepakt") << "nobody had tried yet";
  EXPECT_EQ(told[1].replaces(), told[0].number());
  EXPECT_EQ(TheSignal("1").status(), SIGNAL_OPEN);
  End("0080-1-1");
  EXPECT_EQ(Feedback("vitens").back().replaces(), 0u);
  EXPECT_EQ(TheSignal("1").feedbacks_size(), 3) << "all of it is erased with the signal";
}

TEST_F(ReopeningTest, OnlyForAShortTimeAndByWhoRecordedIt) {
  Deliver(ASignal("vitens", "1"));
  End("0080-1-1");
  EXPECT_EQ(Undo("0080-1-1", "b.postma").code, "niet-ongedaan-te-maken");
  EXPECT_EQ(Task("0080-1-1", TASK_CLAIM, kWorker).code, "zaak-gesloten");
  Now("2026-11-20T09:15:01Z");
  EXPECT_EQ(Undo("0080-1-1").code, "niet-ongedaan-te-maken");
  Now("2026-11-20T09:15:00Z");
  EXPECT_TRUE(Undo("0080-1-1").status.ok());
}

TEST_F(ReopeningTest, EventsFromBeforeCannotBeTakenBack) {
  Deliver(ASignal("vitens", "1"));
  Close("0080-1-1", kHelp, kWorker);
  EXPECT_EQ(Undo("0080-1-1").code, "zaak-gesloten");
  EXPECT_FALSE(OnlyCase().has_last_action());
}

TEST_F(ReopeningTest, AHouseholdHasOneOpenCase) {
  Deliver(ASignal("vitens", "1"));
  End("0080-1-1");
  Deliver(ASignal("vitens", "2"));
  EXPECT_EQ(Undo("0080-1-1").code, "niet-ongedaan-te-maken");
  End("0080-1-2");
  EXPECT_TRUE(Undo("0080-1-2").status.ok());
  EXPECT_EQ(Undo("0080-1-1").code, "niet-ongedaan-te-maken");
  ExpectVerified();
}

TEST_F(ReopeningTest, UnderAnotherNameToo) {
  Deliver(ASignal("vitens", "1").Surname("Wiarda").Initials("A."));
  End("0080-1-1");
  Deliver(ASignal("vitens", "2").Surname("Hoekstra").Initials("B.").At("8921AB 3"));
  End("0080-2-1");
  JoinThem(1, 2);
  EXPECT_TRUE(Undo("0080-2-1").status.ok());
  EXPECT_EQ(CountKeys(keys::Tasks("0080")), 1u);
  ExpectVerified();
}

TEST_F(ReopeningTest, AClosedCaseThatWasDividedStaysClosed) {
  Deliver(ASignal("vitens", "1").Surname("Wiarda").Initials("A."));
  Deliver(ASignal("vitens", "2").Surname("Hoekstra").Initials("B."));
  ASSERT_TRUE(Together("1", "2"));
  End("0080-1-1");
  DividePerson(1, 2);
  ASSERT_FALSE(Together("1", "2"));
  for (const CaseRecord& one : Cases()) EXPECT_FALSE(one.has_last_action());
  EXPECT_EQ(Undo("0080-1-1").code, "zaak-gesloten");
  ExpectVerified();
}

TEST_F(ReopeningTest, ATeamThatIsNoMoreGetsNothingBack) {
  Deliver(ASignal("vitens", "1"));
  std::string gone = OnlyCase().team();
  End("0080-1-1");
  Reopen();
  auto* teams = installation_.municipalities[0].settings.mutable_teams();
  for (int i = teams->size() - 1; i >= 0; --i) {
    if (teams->Get(i).code() == gone) teams->DeleteSubrange(i, 1);
  }
  EXPECT_TRUE(Undo("0080-1-1").status.ok());
  EXPECT_NE(OnlyCase().team(), gone);
  ExpectVerified();
}

}  // namespace
}  // namespace vroegsein
