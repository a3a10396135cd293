// Herhaalde melding, as a table: an earlier signal that was taken up, a later one, and whether the
// later one repeats it. The signals of a row differ from the default (vitens, customer 7788,
// arrears since 1 December 2025, EUR 200, no threat) only where it says so.
#include "alerts/desk/admission.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "tests/alerts/case_maker.h"

namespace vroegsein {
namespace {

using testing::MakeSignal;
using testing::SignalRow;

// The verdict on each signal by id; only signals about the same arrears are judged together, as
// the desk does.
std::map<std::string, bool> Judge(std::vector<SignalRecord> records) {
  std::map<std::string, bool> verdicts;
  for (SignalRecord& one : records) {
    std::vector<ArrearsMember> members;
    for (SignalRecord& other : records) {
      bool same = &one == &other || SameArrears(one.signal(), other.signal());
      if (same) members.push_back({&other, nullptr, other.decision().admitted(), false, false});
    }
    JudgeRepeats(&members);
    for (const ArrearsMember& member : members) {
      if (member.record == &one) verdicts[one.signal().id()] = member.repeat;
    }
  }
  return verdicts;
}

struct RepeatRow {
  const char* situation;
  SignalRow earlier;
  SignalRow later;
  bool repeats;
};

SignalRow On(const char* day, int64_t cents = 20'000) {
  SignalRow row;
  row.day = day;
  row.cents = cents;
  return row;
}

template <typename Change>
SignalRow With(SignalRow row, const Change& change) {
  change(row);
  return row;
}

const std::vector<RepeatRow>& Rows() {
  static const std::vector<RepeatRow> rows = {
      // The window of six months, by the signal date.
      {"same day", On("2026-03-10"), On("2026-03-10"), true},
      {"a day later", On("2026-03-10"), On("2026-03-11"), true},
      {"a month later", On("2026-03-10"), On("2026-04-10"), true},
      {"six months to the day", On("2026-03-10"), On("2026-09-10"), true},
      {"six months and a day", On("2026-03-10"), On("2026-09-11"), false},
      {"a year later", On("2026-03-10"), On("2027-03-10"), false},
      {"31 August looks back to 28 February", On("2026-02-28"), On("2026-08-31"), true},
      {"and not to the 27th", On("2026-02-27"), On("2026-08-31"), false},
      {"in a leap year to the 29th", On("2028-02-29"), On("2028-08-31"), true},
      {"and not to the 28th", On("2028-02-28"), On("2028-08-31"), false},
      {"over the turn of the year", On("2025-12-15"), On("2026-01-15"), true},
      // The amount.
      {"equal amount", On("2026-03-10", 20'000), On("2026-04-10", 20'000), true},
      {"a cent lower", On("2026-03-10", 20'000), On("2026-04-10", 19'999), true},
      {"a cent higher must be taken up", On("2026-03-10", 20'000), On("2026-04-10", 20'001), false},
      {"twice as high", On("2026-03-10", 20'000), On("2026-04-10", 40'000), false},
      // The same arrears?
      {"another customer number", On("2026-03-10"),
       With(On("2026-04-10"), [](SignalRow& row) { row.customer = "7789"; }), false},
      {"the later one has no customer number", On("2026-03-10"),
       With(On("2026-04-10"), [](SignalRow& row) { row.customer = ""; }), false},
      {"neither has a customer number",
       With(On("2026-03-10"), [](SignalRow& row) { row.customer = ""; }),
       With(On("2026-04-10"), [](SignalRow& row) { row.customer = ""; }), false},
      {"arrears since another day", On("2026-03-10"),
       With(On("2026-04-10"), [](SignalRow& row) { row.origin = "2025-12-02"; }), false},
      {"another partner with the same numbers", On("2026-03-10"),
       With(On("2026-04-10"), [](SignalRow& row) { row.partner = "essent"; }), false},
      // The threat.
      {"a threat is new", On("2026-03-10"),
       With(On("2026-04-10"), [](SignalRow& row) { row.threat = THREAT_WATER_CUTOFF; }), false},
      {"a threat is new, the amount lower", On("2026-03-10", 20'000),
       With(On("2026-04-10", 100), [](SignalRow& row) { row.threat = THREAT_WATER_CUTOFF; }),
       false},
      {"the same threat again",
       With(On("2026-03-10"), [](SignalRow& row) { row.threat = THREAT_WATER_CUTOFF; }),
       With(On("2026-04-10"), [](SignalRow& row) { row.threat = THREAT_WATER_CUTOFF; }), true},
      {"another threat",
       With(On("2026-03-10"), [](SignalRow& row) { row.threat = THREAT_ENERGY_CUTOFF; }),
       With(On("2026-04-10"), [](SignalRow& row) { row.threat = THREAT_HEAT_CUTOFF; }), false},
      {"the threat is gone",
       With(On("2026-03-10"), [](SignalRow& row) { row.threat = THREAT_WATER_CUTOFF; }),
       On("2026-04-10"), true},
      {"the partner calls it a crisis now", On("2026-03-10"),
       With(On("2026-04-10"), [](SignalRow& row) { row.crisis_flag = true; }), false},
      {"the partner called it a crisis before",
       With(On("2026-03-10"), [](SignalRow& row) { row.crisis_flag = true; }),
       With(On("2026-04-10"), [](SignalRow& row) { row.crisis_flag = true; }), true},
      {"a crisis without a name after a threat with one",
       With(On("2026-03-10"), [](SignalRow& row) { row.threat = THREAT_WATER_CUTOFF; }),
       With(On("2026-04-10"), [](SignalRow& row) { row.crisis_flag = true; }), true},
      {"a threat with a name after a crisis without one",
       With(On("2026-03-10"), [](SignalRow& row) { row.crisis_flag = true; }),
       With(On("2026-04-10"), [](SignalRow& row) { row.threat = THREAT_WATER_CUTOFF; }), false},
  };
  return rows;
}

TEST(Admission, WhatRepeatsAnEarlierSignal) {
  for (const RepeatRow& row : Rows()) {
    SignalRow earlier = row.earlier, later = row.later;
    earlier.id = "1";
    later.id = "2";
    auto verdicts = Judge({MakeSignal(earlier), MakeSignal(later)});
    EXPECT_FALSE(verdicts["1"]) << row.situation;
    EXPECT_EQ(verdicts["2"], row.repeats) << row.situation;
  }
}

SignalRecord Monthly(const char* id, const char* day, int64_t cents = 20'000) {
  SignalRow row = On(day, cents);
  row.id = id;
  return MakeSignal(row);
}

TEST(Admission, AChainOfRepeatsEndsAfterSixMonths) {
  // Repeats do not stretch the window: what counts is when it was taken up last.
  auto verdicts = Judge(
      {Monthly("jan", "2026-01-05"), Monthly("feb", "2026-02-05"), Monthly("mar", "2026-03-05"),
       Monthly("apr", "2026-04-05"), Monthly("may", "2026-05-05"), Monthly("jun", "2026-06-05"),
       Monthly("jul", "2026-07-05"), Monthly("aug", "2026-08-05"), Monthly("sep", "2026-09-05")});
  std::map<std::string, bool> expected = {{"jan", false}, {"feb", true},  {"mar", true},
                                          {"apr", true},  {"may", true},  {"jun", true},
                                          {"jul", true},  {"aug", false}, {"sep", true}};
  EXPECT_EQ(verdicts, expected);
}

TEST(Admission, AHigherAmountSetsTheNewMeasure) {
  auto verdicts = Judge({Monthly("a", "2026-01-05", 10'000), Monthly("b", "2026-02-05", 30'000),
                         Monthly("c", "2026-03-05", 20'000)});
  std::map<std::string, bool> expected = {{"a", false}, {"b", false}, {"c", true}};
  EXPECT_EQ(verdicts, expected);
}

TEST(Admission, AnUnfoundedSignalIsNothingToRepeat) {
  SignalRecord unfounded = Monthly("a", "2026-01-05");
  unfounded.mutable_decision()->set_admitted(false);
  auto verdicts = Judge({unfounded, Monthly("b", "2026-02-05")});
  EXPECT_FALSE(verdicts["a"]);
  EXPECT_FALSE(verdicts["b"]);
}

TEST(Admission, WhereWorkHasBegunItStaysTakenUp) {
  SignalRecord earlier = Monthly("a", "2026-01-05"), later = Monthly("b", "2026-02-05");
  std::vector<ArrearsMember> members = {{&earlier, nullptr, true, false, false},
                                        {&later, nullptr, true, true, false}};
  JudgeRepeats(&members);
  for (const ArrearsMember& member : members) EXPECT_FALSE(member.repeat);
}

// Ten signals about few arrears, with everything a verdict looks at drawn from few values.
std::vector<SignalRecord> RandomSignals() {
  std::vector<SignalRecord> records;
  int count = *rc::gen::inRange(1, 10);
  for (int i = 0; i < count; ++i) {
    SignalRow row;
    row.id = std::to_string(i);
    row.day =
        FormatDate(testing::Day("2026-01-31") + std::chrono::days(*rc::gen::inRange(0, 12) * 30));
    row.cents = *rc::gen::element<int64_t>(10'000, 20'000, 30'000);
    row.threat = *rc::gen::element(THREAT_NONE, THREAT_NONE, THREAT_WATER_CUTOFF, THREAT_EVICTION);
    row.customer = *rc::gen::element<std::string>("1", "1", "1", "2", "");
    records.push_back(MakeSignal(row));
    records.back().mutable_decision()->set_admitted(*rc::gen::inRange(0, 5) > 0);
  }
  return records;
}

RC_GTEST_PROP(Admission, AnyOrderOfArrivalGivesTheSameVerdicts, ()) {
  std::vector<SignalRecord> records = RandomSignals();
  auto expected = Judge(records);
  std::vector<int> order(records.size());
  std::iota(order.begin(), order.end(), 0);
  for (size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<size_t>(*rc::gen::inRange(0, static_cast<int>(i)))]);
  }
  std::vector<SignalRecord> shuffled;
  for (int i : order) shuffled.push_back(records[static_cast<size_t>(i)]);
  RC_ASSERT(Judge(shuffled) == expected);
}

RC_GTEST_PROP(Admission, EveryRepeatHasATakenUpSignalThatItRepeats, ()) {
  std::vector<SignalRecord> records = RandomSignals();
  auto verdicts = Judge(records);
  for (const SignalRecord& record : records) {
    const Signal& signal = record.signal();
    if (!verdicts[signal.id()]) continue;
    RC_ASSERT(record.decision().admitted());
    RC_ASSERT(std::any_of(records.begin(), records.end(), [&](const SignalRecord& other) {
      const Signal& earlier = other.signal();
      return SameArrears(earlier, signal) && other.decision().admitted() &&
             !verdicts[earlier.id()] && earlier.signal_day() <= signal.signal_day() &&
             earlier.arrears_cents() >= signal.arrears_cents();
    }));
  }
}

}  // namespace
}  // namespace vroegsein
