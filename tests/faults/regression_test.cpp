// One test per bug that the suites of this folder found.
#include "tests/desk/desk_fixture.h"

namespace vroegsein {
namespace {

class Regression : public DeskTest {
 protected:
  Signal Crisis(const std::string& id, const std::string& address, const std::string& date) {
    return ASignal("vitens", id)
        .Customer("7")
        .At(address)
        .On(date)
        .Origin("2026-08-01")
        .Threatens(THREAT_WATER_CUTOFF);
  }
  std::string DeadlineAt(const std::string& postcode) {
    for (const HouseholdRecord& household : Households()) {
      if (household.address().postcode() != postcode) continue;
      return FormatDate(DateOf(household.cases(0).deadline_day()));
    }
    return "no case";
  }
};

// The crisis that came first turned out to repeat an earlier one elsewhere, and left its term
// behind.
TEST_F(Regression, ARepeatTakesItsTermAlong) {
  Deliver(Crisis("later", "8911AD 12", "2026-11-10"));
  Deliver(ASignal("vitens", "other").Customer("9").At("8911AD 12"));
  EXPECT_EQ(DeadlineAt("8911AD"), "2026-11-25");
  Deliver(Crisis("earlier", "8921AB 3", "2026-10-10"));
  EXPECT_EQ(DeadlineAt("8921AB"), "2026-11-25");
  EXPECT_EQ(DeadlineAt("8911AD"), "2026-12-18") << "as if the earlier one had come first";
  ExpectVerified();
}

// The number of a case of a neighbour was enough to work on it, and then the loads did not add up.
TEST_F(Regression, AMunicipalityWorksOnItsOwnCasesOnly) {
  auto other = installation_.municipalities[0];
  other.settings.set_code("0090");
  installation_.municipalities.push_back(other);
  Deliver(ASignal("vitens", "W1"));
  Event contact = At("0090");
  contact.mutable_contact()->set_case_id("0080-1-1");
  contact.mutable_contact()->mutable_attempt()->set_worker("a.wiersma");
  EXPECT_EQ(Do(contact).code, "zaak-onbekend");
  Event outcome = At("0090");
  outcome.mutable_outcome()->set_case_id("0080-1-1");
  outcome.mutable_outcome()->set_outcome("(Budget)advies en/of quick fix");
  EXPECT_EQ(Do(outcome).code, "zaak-onbekend");
  Event task = At("0090");
  task.mutable_task()->set_case_id("0080-1-1");
  task.mutable_task()->set_action(TASK_CLAIM);
  EXPECT_EQ(Do(task).code, "zaak-onbekend");
  EXPECT_EQ(OnlyCase().task(), TASK_OPEN);
  ExpectVerified();
}

// Settings of one municipality under the name of another ended in an assertion.
TEST_F(Regression, SettingsOfAnotherMunicipalityAreRefused) {
  Event settings = At();
  *settings.mutable_settings()->mutable_settings() = installation_.municipalities[0].settings;
  settings.mutable_settings()->mutable_settings()->set_code("0090");
  EXPECT_EQ(Do(settings).code, "gemeente-anders");
  Deliver(ASignal("vitens", "W1"));
  ExpectVerified();
}

// A signal for a municipality that is not served had no receipt at all.
TEST_F(Regression, ASignalForNobodyIsRejectedWithAReceipt) {
  Signal signal = ASignal("vitens", "W1");
  signal.set_municipality("0090");
  Receipt receipt = Deliver(signal);
  EXPECT_EQ(receipt.status, ReceiptStatus::kRejected);
  ASSERT_EQ(receipt.errors.size(), 1u);
  EXPECT_EQ(receipt.errors[0].code, "gemeente-onbekend");
}

// What a killed verification left behind was taken for an empty folder.
TEST_F(Regression, VerifyClearsWhatAKilledVerificationLeft) {
  Deliver(ASignal("vitens", "W1"));
  {
    auto left = DataFolder::Open(root_ + "/replay", installation_, now_, options_);
    ASSERT_TRUE(left.ok());
  }
  ExpectVerified();
}

// A desk whose batch failed half-way would have committed that half with the next batch.
TEST_F(Regression, ADeskThatFailedStaysFailed) {
  Deliver(ASignal("vitens", "W1"));
  ASSERT_TRUE(Folder().log().Append(At(), nullptr).ok())
      << "an event without a body stops the desk";
  EXPECT_EQ(Folder().Drain().code(), StatusCode::kDataLoss);
  bool answered = false;
  Event event = At();
  *event.mutable_signal()->mutable_signal() = ASignal("vitens", "W2");
  ASSERT_TRUE(
      Folder().log().Append(std::move(event), [&](const Outcome&) { answered = true; }).ok());
  EXPECT_EQ(Folder().Drain().code(), StatusCode::kDataLoss);
  EXPECT_FALSE(answered);
  Reopen();
  EXPECT_EQ(Deliver(ASignal("vitens", "W2")).status, ReceiptStatus::kAccepted);
  ExpectVerified();
}

}  // namespace
}  // namespace vroegsein
