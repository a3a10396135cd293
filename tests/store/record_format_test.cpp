// The records are formats on disk: the bytes of one of each are pinned here. A change of these
// bytes is a change of format: give the field a new number, or raise the version and read both.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/event.pb.h"
#include "store/household/description.h"
#include "store/log.h"
#include "store/record.pb.h"
#include "store/signal_detail.h"
#include "store/state.h"

namespace vroegsein {
namespace {

std::string Hex(const std::string& bytes) {
  std::string text;
  for (char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

Signal SomeSignal() {
  Signal signal;
  signal.set_partner("vitens");
  signal.set_id("W1");
  signal.set_municipality("0080");
  signal.set_sector("Water");
  signal.set_signal_day(20'777);
  signal.set_arrears_cents(34'512);
  signal.set_origin_day(20'666);
  signal.set_customer_number("778812");
  signal.set_threat(THREAT_WATER_CUTOFF);
  signal.set_threat_day(20'805);
  signal.mutable_effort()->set_reminders(2);
  signal.mutable_client()->set_surname("Vries");
  signal.mutable_client()->set_birth_day(5'184);
  signal.mutable_client()->set_postcode("8911AD");
  signal.mutable_client()->set_house_number("12");
  return signal;
}

TEST(RecordFormat, Signal) {
  EXPECT_EQ(
      Hex(SomeSignal().SerializeAsString()),
      "0a06766974656e73120257311a04303038302205576174657228d2c40230a09b0438f4c202420637373838313"
      "24804508ac5026a02080272161a05567269657320805132063839313141443a023132");
}

TEST(RecordFormat, Event) {
  Event event;
  event.set_version(kEventVersion);
  event.set_recorded_ms(1'795'165'200'000);
  event.set_municipality("0080");
  event.mutable_tick();
  EXPECT_EQ(Hex(event.SerializeAsString()), "08011080faf882bf681a0430303830920100");
}

TEST(RecordFormat, Household) {
  HouseholdRecord household;
  household.set_version(kRecordVersion);
  household.set_municipality("0080");
  household.set_number(1);
  household.mutable_address()->set_postcode("8911AD");
  household.mutable_address()->set_house_number("12");
  SignalRecord* record = household.add_signals();
  record->mutable_signal()->set_id("W1");
  record->set_received_ms(1'795'165'200'000);
  record->set_status(SIGNAL_REPEAT);
  record->set_case_number(1);
  CaseRecord* opened = household.add_cases();
  opened->set_number(1);
  opened->set_deadline_day(20'805);
  opened->set_team("noord");
  household.set_cases_given(1);
  EXPECT_EQ(Hex(household.SerializeAsString()),
            "08011204303038301801220c0a063839313141441202313232110a04120257311080faf882bf681802280"
            "13a0d0801288ac5023a056e6f6f72644801");
}

TEST(RecordFormat, Person) {
  PersonRecord person;
  person.set_number(2);
  person.set_person(1);
  person.add_spellings(3);
  person.set_first_day(20'777);
  person.set_last_day(20'777);
  person.set_records(1);
  person.set_home(7);
  identity::Resident resident;
  resident.surnames = {"vries", "jong"};
  resident.codes = {"fris", "jong"};
  resident.initials = "j";
  resident.birth = "19840312";
  Keep(resident, &person);
  EXPECT_EQ(
      Hex(person.SerializeAsString()),
      "080218012a08030000000000000030d2c40238d2c40240014807a2012076726965731e6a6f6e671f66726973"
      "1e6a6f6e671f1f6a1f3139383430333132");
  HouseholdRecord household;
  identity::Resident recalled = Recall(household, person);
  EXPECT_EQ(recalled.surnames, resident.surnames);
  EXPECT_EQ(recalled.codes, resident.codes);
  EXPECT_EQ(recalled.initials, "j");
  EXPECT_EQ(recalled.birth, "19840312");
  EXPECT_TRUE(recalled.given.empty());
  EXPECT_TRUE(recalled.email.empty());
  EXPECT_FALSE(recalled.legal_person);
}

TEST(RecordFormat, ALegalPersonIsRecalled) {
  identity::Resident resident;
  resident.surnames = {"bakkeryvanderveen"};
  resident.codes = {"bakeryfanterfen"};
  resident.legal_person = true;
  PersonRecord person;
  Keep(resident, &person);
  identity::Resident recalled = Recall(HouseholdRecord(), person);
  EXPECT_TRUE(recalled.legal_person);
  EXPECT_EQ(recalled.surnames, resident.surnames);
  EXPECT_EQ(recalled.codes, resident.codes);
}

// Nothing that a damaged record holds may lead past the end of what is there.
TEST(RecordFormat, ADescriptionWithoutCodesGetsThem) {
  for (std::string damaged : {"vries", "vries\x1f",
                              "vries\x1ejong\x1f"
                              "fris",
                              "\x1f"
                              "fris",
                              "\x1e"}) {
    PersonRecord person;
    person.set_description(damaged);
    identity::Resident recalled = Recall(HouseholdRecord(), person);
    EXPECT_EQ(recalled.codes.size(), recalled.surnames.size());
  }
}

TEST(RecordFormat, AliasAndReview) {
  AliasRecord alias;
  alias.set_version(kRecordVersion);
  alias.set_household(5);
  MovedCase* moved = alias.add_moved_cases();
  moved->set_number(1);
  moved->mutable_now()->set_household(5);
  moved->mutable_now()->set_number(2);
  EXPECT_EQ(Hex(alias.SerializeAsString()), "080110051a080801120408051002");
  ReviewRecord review;
  review.set_version(kRecordVersion);
  review.set_household(5);
  review.set_other(7);
  review.set_bits(0.5);
  EXPECT_EQ(Hex(review.SerializeAsString()), "08011005180721000000000000e03f");
}

TEST(RecordFormat, SignalDetail) {
  SignalDecision decision;
  decision.set_policy_text(1);
  decision.add_fired_texts(2);
  decision.add_fired_texts(3);
  decision.add_fired_points(1.5);
  SignalRecord household_half;
  Signal signal = SomeSignal();
  SignalDetail detail = Divide(&signal, decision, 5, &household_half);
  EXPECT_EQ(
      Hex(detail.SerializeAsString()),
      "080110051a20508ac5026a02080272161a05567269657320805132063839313141443a0231322210380142020"
      "2034a08000000000000f83f");
  EXPECT_EQ(
      Hex(household_half.SerializeAsString()),
      "0a290a06766974656e73120257312205576174657228d2c40230a09b0438f4c202420637373838313248042200");
}

TEST(RecordFormat, TheTwoHalvesOfASignalAreTheWhole) {
  SignalDecision decision;
  decision.set_arrears_days(111);
  decision.set_crisis(true);
  decision.set_refusal("te-laag");
  decision.add_fired_texts(3);
  HouseholdRecord household;
  household.set_municipality("0080");
  SignalRecord* record = household.add_signals();
  Signal signal = SomeSignal();
  SignalDetail detail = Divide(&signal, decision, 5, record);
  Unite(household, detail, record);
  EXPECT_EQ(Hex(record->signal().SerializeAsString()), Hex(SomeSignal().SerializeAsString()));
  EXPECT_EQ(Hex(record->decision().SerializeAsString()), Hex(decision.SerializeAsString()));
}

TEST(RecordFormat, WhatANewerVersionAddsIsKept) {
  HouseholdRecord household;
  household.set_number(5);
  std::string bytes = household.SerializeAsString() + std::string("\xfa\x3e\x03new", 6);
  HouseholdRecord read;
  ASSERT_TRUE(read.ParseFromString(bytes));
  EXPECT_EQ(read.SerializeAsString(), bytes);
}

}  // namespace
}  // namespace vroegsein
