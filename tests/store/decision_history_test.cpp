#include "store/decision_history.h"

#include <gtest/gtest.h>

namespace vroegsein {
namespace {

void Decide(uint32_t policy, double score, CaseRecord* record) {
  CaseDecision* decision = record->add_decisions();
  decision->set_policy_text(policy);
  decision->set_score(score);
  decision->mutable_facts()->set_signals(2);
  PackEarlier(record);
}

TEST(DecisionHistory, TheLastOneStandsAloneAndTheOthersComeBackInOrder) {
  HouseholdRecord household;
  CaseRecord* record = household.add_cases();
  Decide(1, 10, record);
  EXPECT_TRUE(record->earlier().empty());
  Decide(1, 20, record);
  Decide(2, 30, record);
  Decide(1, 40, record);
  ASSERT_EQ(record->decisions_size(), 1);
  EXPECT_EQ(record->decisions(0).score(), 40);
  EXPECT_EQ(
      std::vector<uint32_t>(record->earlier_policies().begin(), record->earlier_policies().end()),
      (std::vector<uint32_t>{1, 2}));
  ASSERT_TRUE(RecallDecisions(&household).ok());
  ASSERT_EQ(record->decisions_size(), 4);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(record->decisions(i).score(), 10 * (i + 1));
    EXPECT_EQ(record->decisions(i).facts().signals(), 2u);
  }
  ASSERT_TRUE(RecallDecisions(&household).ok());
  EXPECT_EQ(record->decisions_size(), 4) << "once";
}

TEST(DecisionHistory, ACaseWithoutADecisionThatCountsGetsNone) {
  HouseholdRecord household;
  CaseRecord* record = household.add_cases();
  Decide(1, 10, record);
  Decide(1, 20, record);
  record->clear_decisions();
  ASSERT_TRUE(RecallDecisions(&household).ok());
  EXPECT_EQ(record->decisions_size(), 0);
}

TEST(DecisionHistory, WhatCannotBeReadIsSaid) {
  HouseholdRecord household;
  household.add_cases()->set_earlier("\x22\x7f");
  household.mutable_cases(0)->add_decisions();
  EXPECT_EQ(RecallDecisions(&household).code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace vroegsein
