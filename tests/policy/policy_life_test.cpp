// The life of a policy: the tests beside it, the day it takes effect, what is undone, and what runs
// along as a shadow.
#include <map>

#include "alerts/policy/examination.h"
#include "alerts/policy/versions.h"
#include "rules/dmn/model.h"
#include "tests/desk/desk_fixture.h"
#include "tests/policy/small_policy.h"

namespace vroegsein {
namespace {

std::vector<std::string> CodesOf(const Examination& examined) {
  std::vector<std::string> codes;
  for (const PolicyFinding& finding : examined.findings) codes.push_back(finding.code);
  return codes;
}

using Codes = std::vector<std::string>;

TEST(Examination, APolicyWithPassingTestsMayBeActivated) {
  SmallPolicy policy;
  Examination examined = Examine(policy.Model(), policy.Tests());
  EXPECT_EQ(CodesOf(examined), Codes{});
  EXPECT_EQ(examined.passed, 1u);
  EXPECT_EQ(examined.hash, dmn::HashOf(policy.Model()));
  EXPECT_TRUE(examined.ToStatus().ok());
}

TEST(Examination, EveryReasonAgainstItIsSaid) {
  SmallPolicy policy;
  EXPECT_EQ(CodesOf(Examine(policy.Model(), "")), Codes{"beleid-zonder-tests"});
  EXPECT_EQ(CodesOf(Examine(policy.Model(), "<testCases/>")), Codes{"beleid-zonder-tests"});
  EXPECT_EQ(CodesOf(Examine(policy.Model(), "no xml")), Codes{"beleid-test-mislukt"});
  EXPECT_EQ(CodesOf(Examine("no xml", policy.Tests())), Codes{"beleid-ongeldig"});
  SmallPolicy strict{.threshold = "90", .aanpak = "Aanpakken"};
  Examination examined = Examine(strict.Model(), strict.Tests());
  EXPECT_EQ(CodesOf(examined), (Codes{"beleid-ongeldig", "beleid-test-mislukt"}));
  EXPECT_NE(examined.findings[0].text.find("Aanpak"), std::string::npos);
  EXPECT_NE(examined.findings[1].text.find("001"), std::string::npos);
  EXPECT_EQ(examined.ToStatus().code(), StatusCode::kInvalid);
  std::string large(kPolicyBytesMax + 1, ' ');
  EXPECT_EQ(CodesOf(Examine(large, policy.Tests())), Codes{"beleid-ongeldig"});
}

TEST(Examination, ThePolicyOfTheProgramPasses) {
  auto installation = DefaultInstallation();
  ASSERT_TRUE(installation.ok());
  const MunicipalityConfig& config = installation->municipalities[0];
  Examination examined = Examine(config.policy, config.policy_tests);
  EXPECT_EQ(CodesOf(examined), Codes{});
  EXPECT_GE(examined.passed, 70u);
}

class PolicyLife : public DeskTest {
 protected:
  Outcome Activate(const std::string& model, const std::string& from) {
    Event event = At();
    event.mutable_policy()->set_model(model);
    event.mutable_policy()->set_hash(dmn::HashOf(model));
    event.mutable_policy()->set_effective_day(DaysOf(*ParseDate(from)));
    return Do(std::move(event));
  }
  Outcome Withdraw(const std::string& from) {
    Event event = At();
    event.mutable_withdrawn()->set_effective_day(DaysOf(*ParseDate(from)));
    return Do(std::move(event));
  }
  Outcome Shadow(const std::string& model) {
    Event event = At();
    event.mutable_shadow()->set_model(model);
    event.mutable_shadow()->set_hash(model.empty() ? "" : dmn::HashOf(model));
    return Do(std::move(event));
  }
  MunicipalityRecord Municipality() {
    auto all = Municipalities(Folder().database());
    EXPECT_TRUE(all.ok() && all->size() == 1);
    return (*all)[0];
  }
  std::string InForce(const std::string& day) {
    MunicipalityRecord record = Municipality();
    const PolicyVersion* version = VersionInForce(record, *ParseDate(day));
    return version == nullptr ? "" : version->hash();
  }
  // With who decided, which stands in the signal's own record.
  SignalDecision DecisionOn(const std::string& signal) {
    SignalDecision decision;
    Status read = EachHousehold(Folder().database(), "0080", Depth::kWhole,
                                [&](const HouseholdRecord& household) {
                                  for (const SignalRecord& record : household.signals()) {
                                    bool meant = record.signal().id() == signal;
                                    if (meant) decision = record.decision();
                                  }
                                  return Status::Ok();
                                });
    EXPECT_TRUE(read.ok());
    return decision;
  }
  std::string DecidedBy(const std::string& signal) { return DecisionOn(signal).policy(); }

  const std::string usual_ = dmn::HashOf(DefaultInstallation()->municipalities[0].policy);
  const std::string strict_ = SmallPolicy{.threshold = "200"}.Model();
  const std::string lenient_ = SmallPolicy{.threshold = "10"}.Model();
};

TEST_F(PolicyLife, AVersionDecidesFromItsDayOnAndOldDecisionsKeepTheirs) {
  ASSERT_TRUE(Activate(strict_, "2026-11-22").status.ok());
  Deliver(ASignal("vitens", "W1"));
  EXPECT_EQ(DecidedBy("W1"), usual_);
  Now("2026-11-21T22:59:59Z");
  Deliver(ASignal("vitens", "W2").At("8911AD 14"));
  EXPECT_EQ(DecidedBy("W2"), usual_);
  Now("2026-11-21T23:00:00Z");  // midnight in Amsterdam
  EXPECT_EQ(Deliver(ASignal("vitens", "W3").At("8911AD 16")).case_id, std::nullopt);
  EXPECT_EQ(DecidedBy("W3"), dmn::HashOf(strict_));
  EXPECT_EQ(DecisionOn("W3").refusal(), "onder drempelbedrag");
  EXPECT_EQ(DecidedBy("W1"), usual_);
  ExpectVerified();
  Reopen();
  EXPECT_EQ(InForce("2026-11-22"), dmn::HashOf(strict_));
  ExpectVerified();
}

TEST_F(PolicyLife, TheLatestDayDecidesInWhateverOrderTheyWereActivated) {
  ASSERT_TRUE(Activate(lenient_, "2027-01-01").status.ok());
  ASSERT_TRUE(Activate(strict_, "2026-12-01").status.ok());
  EXPECT_EQ(InForce("2026-11-30"), usual_);
  EXPECT_EQ(InForce("2026-12-31"), dmn::HashOf(strict_));
  EXPECT_EQ(InForce("2027-01-01"), dmn::HashOf(lenient_));
  MunicipalityRecord record = Municipality();
  std::map<std::string, std::string> standing;
  for (const PolicyVersion& version : record.policies()) {
    standing[version.hash()] = StandingOf(record, version, *ParseDate("2026-12-05"));
  }
  EXPECT_EQ(standing[usual_], "voorbij");
  EXPECT_EQ(standing[dmn::HashOf(strict_)], "in-werking");
  EXPECT_EQ(standing[dmn::HashOf(lenient_)], "gepland");
}

TEST_F(PolicyLife, WhatCannotBeIsSaidAndChangesNothing) {
  EXPECT_EQ(Activate(strict_, "2026-11-19").code, "beleid-datum-verleden");
  ASSERT_TRUE(Activate(strict_, "2026-12-01").status.ok());
  EXPECT_EQ(Activate(strict_, "2026-12-01").code, "beleid-al-in-werking");
  EXPECT_EQ(Activate(strict_, "2026-12-09").code, "beleid-al-in-werking");
  EXPECT_EQ(Activate(lenient_, "2026-12-01").code, "beleid-dag-bezet");
  EXPECT_EQ(Activate("no model", "2026-12-02").code, "beleid-ongeldig");
  EXPECT_EQ(Activate(SmallPolicy{.aanpak = "Anders"}.Model(), "2026-12-02").code,
            "beleid-ongeldig");
  Event other_hash = At();
  other_hash.mutable_policy()->set_model(lenient_);
  other_hash.mutable_policy()->set_hash(usual_);
  other_hash.mutable_policy()->set_effective_day(DaysOf(*ParseDate("2026-12-02")));
  EXPECT_EQ(Do(other_hash).code, "beleid-ongeldig");
  EXPECT_EQ(Withdraw("2026-12-02").code, "beleid-onbekend");
  EXPECT_EQ(Municipality().policies_size(), 2);
  ExpectVerified();
}

TEST_F(PolicyLife, APlanIsUndoneAndSoIsWhatBeganToday) {
  ASSERT_TRUE(Activate(strict_, "2026-12-01").status.ok());
  ASSERT_TRUE(Withdraw("2026-12-01").status.ok());
  EXPECT_EQ(InForce("2026-12-01"), usual_);
  EXPECT_EQ(Withdraw("2026-12-01").code, "beleid-onbekend");
  ASSERT_TRUE(Activate(lenient_, "2026-12-01").status.ok());
  Now("2026-12-01T10:00:00Z");
  Deliver(ASignal("vitens", "W1"));
  ASSERT_TRUE(Withdraw("2026-12-01").status.ok());
  Deliver(ASignal("vitens", "W2").At("8911AD 14"));
  EXPECT_EQ(DecidedBy("W1"), dmn::HashOf(lenient_));
  EXPECT_EQ(DecidedBy("W2"), usual_);
  ASSERT_TRUE(Activate(strict_, "2026-12-01").status.ok());
  Now("2026-12-02T10:00:00Z");
  EXPECT_EQ(Withdraw("2026-12-01").code, "beleid-al-begonnen");
  ExpectVerified();
}

TEST_F(PolicyLife, TheConfigurationBringsAPolicyOnceAndUndoesNobodysWork) {
  ASSERT_TRUE(Activate(strict_, "2026-11-20").status.ok());
  Reopen();
  EXPECT_EQ(InForce("2026-11-20"), dmn::HashOf(strict_));
  installation_.municipalities[0].policy = lenient_;
  installation_.municipalities[0].policy_tests = SmallPolicy{.threshold = "10"}.Tests();
  Reopen();
  EXPECT_EQ(InForce("2026-11-20"), dmn::HashOf(lenient_));
  Reopen();
  EXPECT_EQ(Municipality().policies_size(), 3);
  ExpectVerified();
}

TEST_F(PolicyLife, TheConfigurationsPolicyIsExaminedToo) {
  Folder();
  Reopen();
  installation_.municipalities[0].policy = lenient_;
  installation_.municipalities[0].policy_tests = SmallPolicy{.expected = "false"}.Tests();
  auto refused = DataFolder::Open(root_ + "/data", installation_, now_, options_);
  EXPECT_EQ(refused.status().code(), StatusCode::kInvalid);
  installation_.municipalities[0].policy_tests = "";
  refused = DataFolder::Open(root_ + "/data", installation_, now_, options_);
  EXPECT_EQ(refused.status().code(), StatusCode::kInvalid);
}

TEST_F(PolicyLife, AShadowIsAskedAndDecidesNothing) {
  std::map<std::pair<ShadowQuestion, bool>, int> counted;
  Folder().desk().ObserveShadow([&](const std::string& code, ShadowQuestion question, bool same) {
    EXPECT_EQ(code, "0080");
    ++counted[{question, same}];
  });
  EXPECT_EQ(Shadow("").code, "schaduw-onbekend");
  EXPECT_EQ(Shadow("no model").code, "beleid-ongeldig");
  ASSERT_TRUE(Activate(lenient_, "2026-11-20").status.ok());
  ASSERT_TRUE(Shadow(SmallPolicy{.threshold = "10", .high_from = "100"}.Model()).status.ok());
  Deliver(ASignal("vitens", "W1").Cents(5'000));
  Deliver(ASignal("vitens", "W2").At("8911AD 14"));
  EXPECT_EQ((counted[{ShadowQuestion::kSignal, true}]), 2);
  EXPECT_EQ((counted[{ShadowQuestion::kCase, true}]), 1);
  EXPECT_EQ((counted[{ShadowQuestion::kCase, false}]), 1);
  for (const CaseRecord& found : Cases()) {
    EXPECT_EQ(DecisionOf(found).policy(), dmn::HashOf(lenient_));
    EXPECT_EQ(DecisionOf(found).priority(), "laag");
  }
  ASSERT_TRUE(Shadow("").status.ok());
  Deliver(ASignal("vitens", "W3").At("8911AD 16"));
  EXPECT_EQ((counted[{ShadowQuestion::kSignal, true}]), 2);
  ExpectVerified();
}

TEST_F(PolicyLife, WithOrWithoutAShadowTheDecisionsAreTheSameBytes) {
  Deliver(ASignal("vitens", "W1").Cents(60'000));
  std::string alone = Cases()[0].SerializeAsString();
  Reopen();
  std::filesystem::remove_all(root_ + "/data");
  ASSERT_TRUE(Shadow(strict_).status.ok());
  Deliver(ASignal("vitens", "W1").Cents(60'000));
  EXPECT_EQ(Cases()[0].SerializeAsString(), alone);
  ExpectVerified();
}

}  // namespace
}  // namespace vroegsein
