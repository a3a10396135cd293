// The numbers under which decisions name their sentences.
#include "store/texts.h"

#include <gtest/gtest.h>

#include "store/keys.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

class TextsTest : public testing::Test {
 protected:
  TextsTest() {
    auto database = Database::Open(folder_ / "data", {});
    VROEGSEIN_CHECK(database.ok());
    database_ = std::move(*database);
    state_ = std::make_unique<State>(database_.get(), StateOptions{});
  }

  // Of a policy that numbered its own texts.
  CaseDecision Decide(const std::string& municipality, const TextsRecord& policy,
                      std::vector<uint32_t> ladder, std::vector<uint32_t> fired) {
    CaseDecision decision;
    decision.set_policy_text(1);
    for (uint32_t step : ladder) decision.add_ladder_texts(step);
    for (uint32_t rule : fired) decision.add_fired_texts(rule);
    VROEGSEIN_CHECK(Renumber(state_.get(), municipality, policy, &decision).ok());
    return decision;
  }
  TextsRecord Stored(const std::string& municipality) {
    Batch batch;
    state_->AddTo(&batch, ++offset_);
    VROEGSEIN_CHECK(database_->Commit(&batch).ok());
    auto texts = ReadTexts(*database_, municipality);
    VROEGSEIN_CHECK(texts.ok());
    return *texts;
  }

  TemporaryFolder folder_;
  uint64_t offset_ = 0;
  std::unique_ptr<Database> database_;
  std::unique_ptr<State> state_;
};

TextsRecord PolicyOf(std::vector<std::string> texts) {
  TextsRecord record;
  for (std::string& text : texts) record.add_texts(std::move(text));
  return record;
}

FiredRule Rule(const char* table, uint32_t number, const char* reason) {
  FiredRule rule;
  rule.set_table(table);
  rule.set_rule(number);
  rule.set_reason(reason);
  return rule;
}

TEST_F(TextsTest, ADecisionReadsTheSameUnderTheMunicipalitysNumbers) {
  std::string rule = TextOf(Rule("Score", 3, "Huur telt zwaar."));
  TextsRecord policy = PolicyOf({"hash-a", rule, "Huisbezoek", "Telefoon"});
  CaseDecision decision = Decide("0080", policy, {4, 3}, {2});
  SpellOut(Stored("0080"), &decision);
  EXPECT_EQ(decision.policy(), "hash-a");
  ASSERT_EQ(decision.ladder_size(), 2);
  EXPECT_EQ(decision.ladder(0), "Telefoon");
  EXPECT_EQ(decision.ladder(1), "Huisbezoek");
  ASSERT_EQ(decision.fired_size(), 1);
  EXPECT_EQ(decision.fired(0).table(), "Score");
  EXPECT_EQ(decision.fired(0).rule(), 3u);
  EXPECT_EQ(decision.fired(0).reason(), "Huur telt zwaar.");
}

// Else a replay, whose policy was asked other things before, would give other bytes.
TEST_F(TextsTest, NumbersFollowTheFirstUseInTheMunicipalityNotThePolicysOwn) {
  TextsRecord one = PolicyOf({"hash-a", "x", "y", "z"}), other = PolicyOf({"hash-a", "z", "x"});
  CaseDecision first = Decide("0080", one, {4}, {2});
  CaseDecision elsewhere = Decide("0085", other, {2}, {3});
  EXPECT_EQ(first.SerializeAsString(), elsewhere.SerializeAsString());
  EXPECT_EQ(Stored("0080").SerializeAsString(), Stored("0085").SerializeAsString());
}

// A policy that nobody asked for a while is compiled again, and then asked other things first.
TEST_F(TextsTest, APolicyThatIsMadeAnewMayNumberOtherwise) {
  CaseDecision before = Decide("0080", PolicyOf({"hash-a", "x", "y", "z"}), {4}, {2, 3});
  CaseDecision after = Decide("0080", PolicyOf({"hash-a", "z", "y", "x"}), {2}, {4, 3});
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(Stored("0080").texts_size(), 4);
}

TEST_F(TextsTest, APolicysTextsGrowAndTwoPoliciesShareTheirs) {
  TextsRecord policy = PolicyOf({"hash-a", "x"});
  CaseDecision before = Decide("0080", policy, {}, {2});
  policy.add_texts("later");
  CaseDecision after = Decide("0080", policy, {}, {3, 2});
  EXPECT_EQ(after.fired_texts(1), before.fired_texts(0));
  EXPECT_EQ(after.policy_text(), before.policy_text());
  CaseDecision others = Decide("0080", PolicyOf({"hash-b", "later"}), {}, {2});
  EXPECT_EQ(others.fired_texts(0), after.fired_texts(0));
  EXPECT_NE(others.policy_text(), after.policy_text());
  EXPECT_EQ(Stored("0080").texts_size(), 4);
}

}  // namespace
}  // namespace vroegsein
