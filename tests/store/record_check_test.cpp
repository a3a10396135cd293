#include "store/record_check.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "store/state.h"

namespace vroegsein {
namespace {

HouseholdRecord Whole() {
  HouseholdRecord household;
  household.set_version(kRecordVersion);
  household.set_municipality("0080");
  household.set_number(1);
  household.set_cases_given(1);
  CaseRecord* opened = household.add_cases();
  opened->set_number(1);
  opened->add_decisions();
  household.add_signals()->set_case_number(1);
  return household;
}

TEST(RecordCheck, AWholeHouseholdPasses) { EXPECT_TRUE(CheckHousehold(Whole()).ok()); }

TEST(RecordCheck, EachKindOfDamageIsSeen) {
  struct Row {
    const char* damage;
    std::function<void(HouseholdRecord*)> make;
  };
  const Row rows[] = {
      {"no municipality", [](auto* h) { h->clear_municipality(); }},
      {"no number", [](auto* h) { h->clear_number(); }},
      {"a newer version", [](auto* h) { h->set_version(kRecordVersion + 1); }},
      {"a case without a signal", [](auto* h) { h->clear_signals(); }},
      {"a case that was never decided", [](auto* h) { h->mutable_cases(0)->clear_decisions(); }},
      {"a signal in a case that is not there",
       [](auto* h) { h->add_signals()->set_case_number(9); }},
      {"a case number that was never given out", [](auto* h) { h->set_cases_given(0); }},
      {"two open cases",
       [](auto* h) {
         *h->add_cases() = h->cases(0);
         h->mutable_cases(1)->set_number(2);
         h->set_cases_given(2);
         h->add_signals()->set_case_number(2);
       }},
      {"a day that no calendar has",
       [](auto* h) { h->mutable_signals(0)->mutable_signal()->set_signal_day(1 << 30); }},
      {"a moment that no calendar has",
       [](auto* h) {
         h->mutable_signals(0)->set_received_ms(std::numeric_limits<int64_t>::max());
       }},
      {"a score that is no number",
       [](auto* h) {
         h->mutable_cases(0)->mutable_decisions(0)->set_score(
             std::numeric_limits<double>::quiet_NaN());
       }},
  };
  for (const Row& row : rows) {
    HouseholdRecord household = Whole();
    row.make(&household);
    EXPECT_EQ(CheckHousehold(household).code(), StatusCode::kDataLoss) << row.damage;
  }
}

}  // namespace
}  // namespace vroegsein
