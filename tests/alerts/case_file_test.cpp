// The national definitions of meervoudig and opeenvolgend, and the deadline, as tables.
#include "alerts/desk/case_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>

#include "tests/alerts/case_maker.h"

namespace vroegsein {
namespace {

using testing::AddAttempt;
using testing::CaseRow;
using testing::Day;
using testing::MakeCase;
using testing::MakeHousehold;
using testing::MakeSignal;
using testing::Noon;
using testing::SignalRow;

// A signal date and the case it is in; 0 is not taken up.
struct InCase {
  const char* day;
  uint32_t case_number;
};

struct MatchRow {
  const char* situation;
  std::vector<InCase> signals;
  uint32_t asked;  // the case
  bool multiple;
  bool consecutive;
};

const std::vector<MatchRow>& MatchRows() {
  static const std::vector<MatchRow> rows = {
      {"one signal", {{"2026-03-10", 1}}, 1, false, false},
      // Meervoudig: one address, one calendar month of the signal date; or one open case.
      {"two on one day", {{"2026-03-10", 1}, {"2026-03-10", 1}}, 1, true, false},
      {"first and last of a month", {{"2026-03-01", 1}, {"2026-03-31", 1}}, 1, true, false},
      {"in one month, the first case closed",
       {{"2026-03-01", 1}, {"2026-03-31", 2}},
       2,
       true,
       false},
      {"over a month's border, two cases", {{"2026-03-31", 1}, {"2026-04-01", 2}}, 2, false, true},
      {"over a month's border, one open case",
       {{"2026-03-31", 1}, {"2026-04-01", 1}},
       1,
       true,
       true},
      {"over the turn of the year", {{"2025-12-31", 1}, {"2026-01-01", 2}}, 2, false, true},
      {"the same month a year later", {{"2025-03-10", 1}, {"2026-03-10", 2}}, 2, false, false},
      // Opeenvolgend: an earlier month, at most six months back.
      {"a month before", {{"2026-02-10", 1}, {"2026-03-10", 2}}, 2, false, true},
      {"six months to the day", {{"2025-09-10", 1}, {"2026-03-10", 2}}, 2, false, true},
      {"six months and a day", {{"2025-09-09", 1}, {"2026-03-10", 2}}, 2, false, false},
      {"31 August looks back to 28 February",
       {{"2026-02-28", 1}, {"2026-08-31", 2}},
       2,
       false,
       true},
      {"and not to the 27th", {{"2026-02-27", 1}, {"2026-08-31", 2}}, 2, false, false},
      {"the earlier case itself looks back, not ahead",
       {{"2026-02-10", 1}, {"2026-03-10", 2}},
       1,
       false,
       false},
      {"earlier in the month is not an earlier month",
       {{"2026-03-01", 1}, {"2026-03-31", 2}},
       2,
       true,
       false},
      // Both.
      {"two this month and one before",
       {{"2026-02-10", 1}, {"2026-03-10", 2}, {"2026-03-11", 2}},
       2,
       true,
       true},
      // What was not taken up does not count.
      {"a repeat this month", {{"2026-03-10", 1}, {"2026-03-20", 0}}, 1, false, false},
      {"an unfounded signal before", {{"2026-02-10", 0}, {"2026-03-10", 1}}, 1, false, false},
  };
  return rows;
}

TEST(CaseFile, MultipleAndConsecutive) {
  for (const MatchRow& row : MatchRows()) {
    HouseholdRecord household = MakeHousehold();
    uint32_t cases = 0;
    for (const InCase& in : row.signals) {
      SignalRow signal;
      signal.day = in.day;
      *household.add_signals() = MakeSignal(signal, in.case_number);
      cases = std::max(cases, in.case_number);
    }
    for (uint32_t number = 1; number <= cases; ++number) {
      *household.add_cases() = MakeCase({}, number);
    }
    CaseFacts facts = FactsOf(household, *FindCase(household, row.asked));
    EXPECT_EQ(facts.multiple(), row.multiple) << row.situation;
    EXPECT_EQ(facts.consecutive(), row.consecutive) << row.situation;
  }
}

TEST(CaseFile, FactsAddUpTheCaseAndNothingElse) {
  HouseholdRecord household = MakeHousehold();
  SignalRow rent;
  rent.partner = "elkien";
  rent.sector = "Huur";
  rent.threat = THREAT_EVICTION;
  rent.cents = 150'000;
  SignalRow water;
  water.threat = THREAT_WATER_CUTOFF;
  *household.add_signals() = MakeSignal({}, 1);
  *household.add_signals() = MakeSignal(rent, 2);
  *household.add_signals() = MakeSignal(water, 2);
  household.mutable_signals(1)->mutable_decision()->set_arrears_days(40);
  household.mutable_signals(2)->mutable_decision()->set_arrears_days(99);
  *household.add_cases() = MakeCase({}, 1);
  *household.add_cases() = MakeCase({}, 2);
  CaseFacts facts = FactsOf(household, household.cases(1));
  EXPECT_EQ(facts.signals(), 2u);
  EXPECT_EQ(facts.sectors(), 2u);
  EXPECT_EQ(facts.arrears_cents(), 170'000);
  EXPECT_EQ(facts.longest_arrears_days(), 99);
  EXPECT_EQ(facts.heaviest_threat(), THREAT_EVICTION);
  EXPECT_TRUE(facts.crisis());
  EXPECT_EQ(facts.earlier_cases(), 1u);
}

struct Terms {
  std::optional<uint32_t> working_days;
  std::optional<uint32_t> days;
};

struct Received {
  const char* moment;
  bool crisis;
};

struct DeadlineRow {
  const char* situation;
  std::vector<Received> signals;
  Terms terms;
  const char* before;  // the deadline it had, or empty
  const char* expected;
};

const std::vector<DeadlineRow>& DeadlineRows() {
  const Terms kCrisis = {3, std::nullopt}, kPlain = {std::nullopt, 28}, kNone = {};
  static const std::vector<DeadlineRow> rows = {
      {"four weeks", {{"2026-03-10T09:00:00Z", false}}, kPlain, "", "2026-04-07"},
      {"four weeks over the turn of the year",
       {{"2026-12-20T09:00:00Z", false}},
       kPlain,
       "",
       "2027-01-17"},
      {"four weeks over 29 February", {{"2028-02-10T09:00:00Z", false}}, kPlain, "", "2028-03-09"},
      {"four weeks may end on a holiday",
       {{"2026-11-27T09:00:00Z", false}},
       kPlain,
       "",
       "2026-12-25"},
      {"received after midnight in Amsterdam",
       {{"2026-07-01T22:00:00Z", false}},
       kPlain,
       "",
       "2026-07-30"},
      {"received before midnight in Amsterdam",
       {{"2026-07-01T21:59:59Z", false}},
       kPlain,
       "",
       "2026-07-29"},
      {"the policy names no term", {{"2026-03-10T09:00:00Z", false}}, kNone, "", "2026-04-07"},
      {"a shorter term of the policy",
       {{"2026-03-10T09:00:00Z", false}},
       {std::nullopt, 14},
       "",
       "2026-03-24"},
      {"crisis", {{"2026-11-20T09:00:00Z", true}}, kCrisis, "", "2026-11-25"},
      {"crisis, the policy names no term",
       {{"2026-11-20T09:00:00Z", true}},
       kNone,
       "",
       "2026-11-25"},
      {"crisis, received after midnight",
       {{"2026-11-19T23:30:00Z", true}},
       kCrisis,
       "",
       "2026-11-25"},
      {"crisis before Christmas", {{"2026-12-23T09:00:00Z", true}}, kCrisis, "", "2026-12-29"},
      {"a crisis joins: its own three days",
       {{"2026-11-02T09:00:00Z", false}, {"2026-11-10T09:00:00Z", true}},
       kCrisis,
       "2026-11-30",
       "2026-11-13"},
      {"a plain signal joins a crisis",
       {{"2026-11-10T09:00:00Z", true}, {"2026-11-11T09:00:00Z", false}},
       kCrisis,
       "2026-11-13",
       "2026-11-13"},
      {"the first signal's four weeks end sooner",
       {{"2026-11-02T09:00:00Z", false}, {"2026-11-27T09:00:00Z", true}},
       kCrisis,
       "2026-11-30",
       "2026-11-30"},
      {"two plain signals: the first counts",
       {{"2026-03-10T09:00:00Z", false}, {"2026-03-20T09:00:00Z", false}},
       kPlain,
       "",
       "2026-04-07"},
      {"arrived in the other order: the same",
       {{"2026-03-20T09:00:00Z", false}, {"2026-03-10T09:00:00Z", false}},
       kPlain,
       "",
       "2026-04-07"},
      {"another policy never makes it later than it was",
       {{"2026-03-10T09:00:00Z", false}},
       {std::nullopt, 60},
       "2026-04-07",
       "2026-04-07"},
      {"a term of no working days is one",
       {{"2026-11-20T09:00:00Z", true}},
       {0, std::nullopt},
       "",
       "2026-11-23"},
      {"a term without end is a year",
       {{"2026-03-10T09:00:00Z", false}},
       {std::nullopt, 4'000'000'000u},
       "",
       "2027-03-11"},
  };
  return rows;
}

TEST(CaseFile, Deadline) {
  for (const DeadlineRow& row : DeadlineRows()) {
    HouseholdRecord household = MakeHousehold();
    for (const Received& received : row.signals) {
      SignalRecord* record = household.add_signals();
      *record = MakeSignal({}, 1);
      record->set_received_ms(MillisOf(*ParseInstant(received.moment)));
      record->mutable_decision()->set_crisis(received.crisis);
    }
    CaseRecord* made = household.add_cases();
    made->set_number(1);
    if (*row.before != '\0') {
      made->add_decisions()->set_policy_text(1);
      made->set_deadline_day(DaysOf(Day(row.before)));
    }
    CaseDecision decision;
    decision.set_policy_text(2);
    if (row.terms.working_days) decision.set_term_working_days(*row.terms.working_days);
    if (row.terms.days) decision.set_term_days(*row.terms.days);
    EXPECT_EQ(FormatDate(DeadlineOf(household, *made, decision)), row.expected) << row.situation;
  }
}

RC_GTEST_PROP(CaseFile, NeitherASignalNorAPolicyMovesTheDeadlineLater, ()) {
  HouseholdRecord household = MakeHousehold();
  CaseRecord* made = household.add_cases();
  made->set_number(1);
  std::optional<Date> before;
  int count = *rc::gen::inRange(1, 8);
  for (int i = 0; i < count; ++i) {
    SignalRecord* record = household.add_signals();
    *record = MakeSignal({}, 1);
    record->set_received_ms(Noon("2026-01-01") + int64_t{86'400'000} * *rc::gen::inRange(0, 400));
    record->mutable_decision()->set_crisis(*rc::gen::inRange(0, 2) == 1);
    CaseDecision decision;
    decision.set_policy_text(static_cast<uint32_t>(i + 1));
    if (*rc::gen::inRange(0, 2) == 1) decision.set_term_working_days(3);
    decision.set_term_days(*rc::gen::inRange<uint32_t>(1, 60));
    Date deadline = DeadlineOf(household, *made, decision);
    RC_ASSERT(!before || deadline <= *before);
    before = deadline;
    *made->add_decisions() = decision;
    made->set_deadline_day(DaysOf(deadline));
  }
}

TEST(CaseFile, OnlyTheLastCaseMayBeOpen) {
  HouseholdRecord household = MakeHousehold();
  EXPECT_EQ(OpenCase(&household), nullptr);
  CaseRow closed;
  closed.outcome = "Vervolghulp en/of verwijzing";
  *household.add_cases() = MakeCase(closed, 1);
  EXPECT_EQ(OpenCase(&household), nullptr);
  *household.add_cases() = MakeCase({}, 2);
  ASSERT_NE(OpenCase(&household), nullptr);
  EXPECT_EQ(OpenCase(&household)->number(), 2u);
}

TEST(CaseFile, WorkHasBegunWithAClaimAnAttemptOrAnEnd) {
  CaseRecord waiting = MakeCase({});
  EXPECT_FALSE(WorkHasBegun(waiting));
  CaseRecord claimed = waiting;
  claimed.set_task(TASK_CLAIMED);
  EXPECT_TRUE(WorkHasBegun(claimed));
  CaseRecord tried = waiting;
  AddAttempt("Brief", "2026-03-12", false, &tried);
  EXPECT_TRUE(WorkHasBegun(tried));
  CaseRow row;
  row.outcome = "Definitief geen contact kunnen krijgen";
  EXPECT_TRUE(WorkHasBegun(MakeCase(row)));
}

}  // namespace
}  // namespace vroegsein
