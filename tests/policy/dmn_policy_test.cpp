// A policy that decided much before says the same as one that is asked for the first time.
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>

#include "alerts/desk/policy.h"
#include "store/texts.h"
#include "tests/policy/small_policy.h"

namespace vroegsein {
namespace {

std::string DefaultPolicy() {
  std::ifstream file(std::string(VROEGSEIN_SOURCE_DIR) + "/rules/policies/financieel-fit.dmn");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::unique_ptr<Policy> Compile(const std::string& dmn) {
  auto policy = CompilePolicy(dmn);
  VROEGSEIN_CHECK(policy.ok());
  return std::move(*policy);
}

class Cases {
 public:
  Signal NextSignal() {
    static const char* const kSectors[] = {"Huur", "Energie", "Zorg", "Water", "Overige", "?"};
    Signal signal;
    signal.set_sector(kSectors[Below(6)]);
    signal.set_arrears_cents(Near({0, 7'499, 7'500, 10'000, 50'000}));
    signal.set_signal_day(20'000);
    signal.set_origin_day(20'000 - static_cast<int>(Near({0, 29, 30, 31, 99, 100, 101, 400})));
    signal.set_threat(static_cast<Threat>(Below(6) * Below(2)));
    signal.set_crisis(Below(20) == 0);
    return signal;
  }
  CaseFacts NextFacts() {
    CaseFacts facts;
    facts.set_signals(static_cast<uint32_t>(1 + Below(6)));
    facts.set_sectors(static_cast<uint32_t>(1 + Below(4)));
    facts.set_arrears_cents(Near({0, 10'000, 50'000, 100'000, 200'000, 500'000}));
    facts.set_longest_arrears_days(static_cast<int>(Near({0, 30, 60, 90, 180, 365})));
    facts.set_multiple(Below(2) == 1);
    facts.set_consecutive(Below(2) == 1);
    facts.set_crisis(Below(10) == 0);
    facts.set_heaviest_threat(static_cast<Threat>(Below(6) * Below(2)));
    facts.set_warm_handover(Below(4) == 0);
    facts.set_earlier_cases(static_cast<uint32_t>(Below(4)));
    return facts;
  }

 private:
  size_t Below(size_t end) { return random_() % end; }
  int64_t Near(const std::vector<int64_t>& borders) {
    int64_t step = static_cast<int64_t>(Below(5)) - 2;
    return std::max<int64_t>(0, borders[Below(borders.size())] + step);
  }
  std::mt19937 random_{11};
};

template <typename Decision>
std::string Spelled(const Policy& policy, Decision decision) {
  SpellOut(policy.texts(), &decision);
  decision.clear_fired_texts();  // numbered in the order in which a policy was asked
  decision.clear_policy_text();
  if constexpr (std::is_same_v<Decision, CaseDecision>) decision.clear_ladder_texts();
  return decision.ShortDebugString();
}

std::string AnswerTo(Policy* policy, const Signal& signal) {
  return Spelled(*policy, policy->DecideSignal(signal));
}
std::string AnswerTo(Policy* policy, const CaseFacts& facts) {
  CaseDecision decision;
  policy->DecideCase(facts, &decision);
  return Spelled(*policy, decision);
}

void ExpectSameAsAnew(const std::string& dmn) {
  auto experienced = Compile(dmn);
  Cases cases;
  for (int i = 0; i < 5'000; ++i) {
    AnswerTo(experienced.get(), cases.NextSignal());
    AnswerTo(experienced.get(), cases.NextFacts());
  }
  size_t refused = 0;
  for (int i = 0; i < 300; ++i) {
    auto fresh = Compile(dmn);
    Signal signal = cases.NextSignal();
    std::string answer = AnswerTo(fresh.get(), signal);
    EXPECT_EQ(AnswerTo(experienced.get(), signal), answer);
    refused += answer.find("admitted: true") == std::string::npos;
    CaseFacts facts = cases.NextFacts();
    EXPECT_EQ(AnswerTo(experienced.get(), facts), AnswerTo(fresh.get(), facts));
  }
  EXPECT_GT(refused, 50u);
  EXPECT_LT(refused, 250u);
}

TEST(DmnPolicyTest, TheDefaultPolicyDecidesAsAnew) { ExpectSameAsAnew(DefaultPolicy()); }

TEST(DmnPolicyTest, APolicyOfExpressionsDecidesAsAnew) { ExpectSameAsAnew(SmallPolicy().Model()); }

// A municipality may write a policy that gives no answer: everything is taken up, and says why.
TEST(DmnPolicyTest, WithoutAnAnswerASignalIsTakenUpEachTime) {
  SmallPolicy small;
  small.threshold = "\"geen getal\"";
  auto policy = Compile(small.Model());
  Cases cases;
  for (int i = 0; i < 100; ++i) {
    Signal signal = cases.NextSignal();
    SignalDecision decision = policy->DecideSignal(signal);
    EXPECT_TRUE(decision.admitted());
    EXPECT_EQ(decision.crisis(), signal.crisis() || signal.threat() != THREAT_NONE);
    EXPECT_NE(AnswerTo(policy.get(), signal).find("geen uitkomst"), std::string::npos);
  }
}

}  // namespace
}  // namespace vroegsein
