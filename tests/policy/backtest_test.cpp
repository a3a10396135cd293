// Who would move under another version: the recorded facts, decided again.
#include "alerts/policy/backtest.h"

#include "alerts/policy/backtest_text.h"
#include "rules/dmn/model.h"
#include "tests/desk/desk_fixture.h"
#include "tests/policy/small_policy.h"

namespace vroegsein {
namespace {

class BacktestTest : public DeskTest {
 protected:
  BacktestTest() {
    installation_.municipalities[0].policy = SmallPolicy().Model();
    installation_.municipalities[0].policy_tests = SmallPolicy().Tests();
  }

  BacktestTotals Test(const std::string& model, unsigned threads = 1, bool all = false) {
    auto municipalities = Municipalities(Folder().database());
    EXPECT_TRUE(municipalities.ok());
    rows_.clear();
    BacktestOptions options;
    options.threads = threads;
    options.all_differences = all;
    options.since_ms = since_ms_;
    auto totals = Backtest(Folder().database(), (*municipalities)[0], model, options,
                           AppendReplayJson, [this](std::string_view rows, uint64_t, uint64_t) {
                             rows_ += rows;
                             return Status::Ok();
                           });
    EXPECT_TRUE(totals.ok()) << totals.status().message();
    return totals.ok() ? *totals : BacktestTotals();
  }

  std::string rows_;
  int64_t since_ms_ = INT64_MIN;
};

TEST_F(BacktestTest, TheSameVersionMovesNobody) {
  for (int i = 1; i <= 20; ++i) {
    Deliver(ASignal("vitens", "W" + std::to_string(i))
                .At("8911AD " + std::to_string(i))
                .Cents(i * 5'000));
  }
  BacktestTotals totals = Test(SmallPolicy().Model(), 2, true);
  EXPECT_EQ(totals.cases, 19u);  // the first is below the threshold
  EXPECT_EQ(totals.moved + totals.others, 0u);
  EXPECT_EQ(totals.signals.signals, 20u);
  EXPECT_EQ(totals.signals.newly_refused + totals.signals.newly_admitted, 0u);
  EXPECT_EQ(rows_, "");
}

TEST_F(BacktestTest, WhoMovesIsCountedAndListedWithBothReasons) {
  Deliver(ASignal("vitens", "W1").At("8911AD 1").Cents(30'000));
  Deliver(ASignal("vitens", "W2").At("8911AD 2").Cents(60'000));
  Deliver(ASignal("vitens", "W3").At("8911AD 3").Cents(5'000));
  // Refused whatever the policy says.
  Deliver(ASignal("vitens", "W4").At("8911AD 4").LegalPerson());
  BacktestTotals totals = Test(SmallPolicy{.threshold = "40", .high_from = "200"}.Model());
  EXPECT_EQ(totals.cases, 2u);
  EXPECT_EQ(totals.moved, 1u);
  EXPECT_EQ(totals.signals.newly_admitted, 1u);
  EXPECT_EQ(totals.priorities["laag"].left, 1u);
  EXPECT_EQ(totals.priorities["laag"].after, 0u);
  EXPECT_EQ(totals.priorities["hoog"].joined, 1u);
  EXPECT_EQ(totals.priorities["hoog"].after, 2u);
  std::string team = Cases()[0].team();
  EXPECT_EQ(
      rows_,
      R"({"zaakId":"0080-1-1","vervalt":false,"prioriteit":{"nu":"laag","straks":"hoog"},)"
      R"("team":{"nu":")" +
          team + R"(","straks":")" + team +
          R"("},"score":{"nu":0,"straks":60},"redenen":{"nu":[],"straks":["De schuld is hoog."]}})"
          "\n");
}

TEST_F(BacktestTest, ACaseOfWhichNothingIsTakenUpEnds) {
  Deliver(ASignal("vitens", "W1").At("8911AD 1").Cents(10'000));
  // Of two signals one remains; what remains is decided.
  Deliver(ASignal("vitens", "W2").At("8911AD 2").Cents(10'000));
  Deliver(ASignal("essent", "E2").Sector("Energie").At("8911AD 2").Cents(45'000));
  BacktestTotals totals = Test(SmallPolicy{.threshold = "200"}.Model());
  EXPECT_EQ(totals.cases, 2u);
  EXPECT_EQ(totals.ended, 1u);
  EXPECT_EQ(totals.moved, 2u);
  EXPECT_EQ(totals.signals.newly_refused, 2u);
  EXPECT_EQ(totals.priorities["hoog"].before, 1u);
  EXPECT_EQ(totals.priorities["hoog"].after, 0u);
  EXPECT_NE(rows_.find(R"("vervalt":true)"), std::string::npos);
  EXPECT_NE(rows_.find(R"("straks":["onder drempelbedrag"])"), std::string::npos);
}

TEST_F(BacktestTest, AnotherSpecialismIsAnotherTeam) {
  for (Team& team : *installation_.municipalities[0].settings.mutable_teams()) {
    team.clear_specialisms();
  }
  auto* teams = installation_.municipalities[0].settings.mutable_teams();
  teams->Mutable(teams->size() - 1)->add_specialisms("proef");
  Deliver(ASignal("vitens", "W1").Cents(60'000));
  std::string special = teams->Get(teams->size() - 1).code();
  ASSERT_NE(OnlyCase().team(), special);
  BacktestTotals totals = Test(SmallPolicy{.specialism = "proef"}.Model());
  EXPECT_EQ(totals.moved, 1u);
  EXPECT_EQ(totals.teams[special].joined, 1u);
}

TEST_F(BacktestTest, ThreadsChangeNothingAndOnlyWhatIsAskedIsRead) {
  for (int i = 1; i <= 50; ++i) {
    if (i == 26) Now("2026-11-20T10:00:00Z");
    Deliver(ASignal("vitens", "W" + std::to_string(i))
                .At("8911AD " + std::to_string(i))
                .Cents(10'000 + i * 2'000));
  }
  std::string other = SmallPolicy{.high_from = "300"}.Model();
  BacktestTotals one = Test(other, 1);
  std::string rows = rows_;
  BacktestTotals three = Test(other, 3);
  EXPECT_EQ(rows_, rows);
  EXPECT_EQ(TotalsJson("0080", "", one), TotalsJson("0080", "", three));
  since_ms_ = MillisOf(now_);
  EXPECT_EQ(Test(other, 2).cases, 25u);
}

TEST_F(BacktestTest, AModelThatIsRefusedIsSaid) {
  Deliver(ASignal("vitens", "W1"));
  auto municipalities = Municipalities(Folder().database());
  auto totals =
      Backtest(Folder().database(), (*municipalities)[0], "no model", {}, AppendReplayJson,
               [](std::string_view, uint64_t, uint64_t) { return Status::Ok(); });
  EXPECT_EQ(totals.status().code(), StatusCode::kInvalid);
  auto stopped = Backtest(
      Folder().database(), (*municipalities)[0], SmallPolicy().Model(), {}, AppendReplayJson,
      [](std::string_view, uint64_t, uint64_t) { return Status::Exhausted("full"); });
  EXPECT_EQ(stopped.status().code(), StatusCode::kExhausted);
}

}  // namespace
}  // namespace vroegsein
