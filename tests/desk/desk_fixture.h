// A small language for tests of the desk: Deliver(...), CaseAt("8911AD 12"), Reopen().
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "alerts/ddas/values.h"
#include "alerts/desk/case_file.h"
#include "alerts/desk/data_folder.h"
#include "alerts/reading/households.h"
#include "alerts/settings/installation.h"
#include "alerts/verify/verify.h"
#include "store/keys.h"

namespace vroegsein {

// A plausible signal, told apart by what a test says of it.
class ASignal {
 public:
  explicit ASignal(const std::string& partner, const std::string& id) {
    signal_.set_partner(partner);
    signal_.set_id(id);
    signal_.set_municipality("0080");
    signal_.set_sector("Water");
    signal_.set_customer_number("K-" + id);
    signal_.set_arrears_cents(12'000);
    signal_.mutable_client()->set_surname("Vries");
    signal_.mutable_client()->set_initials("J.");
    At("8911AD 12");
    On("2026-11-10");
  }

  ASignal& Sector(const std::string& sector) { return signal_.set_sector(sector), *this; }
  ASignal& Cents(int64_t cents) { return signal_.set_arrears_cents(cents), *this; }
  ASignal& Customer(const std::string& number) {
    return signal_.set_customer_number(number), *this;
  }
  ASignal& Threatens(Threat threat) { return signal_.set_threat(threat), *this; }
  ASignal& Crisis() { return signal_.set_crisis(true), *this; }
  ASignal& LegalPerson() { return signal_.mutable_client()->set_legal_person(true), *this; }
  ASignal& Surname(const std::string& name) {
    return signal_.mutable_client()->set_surname(name), *this;
  }
  ASignal& Initials(const std::string& initials) {
    return signal_.mutable_client()->set_initials(initials), *this;
  }
  ASignal& Born(const std::string& date) {
    return signal_.mutable_client()->set_birth_day(DaysOf(*ParseDate(date))), *this;
  }
  ASignal& Phone(const std::string& phone) {
    return signal_.mutable_client()->set_phone(phone), *this;
  }
  ASignal& Bsn(const std::string& bsn) { return signal_.mutable_client()->set_bsn(bsn), *this; }
  // `8911AD 12 A`
  ASignal& At(const std::string& address) {
    size_t number = address.find(' ');
    size_t suffix = address.find(' ', number + 1);
    signal_.mutable_client()->set_postcode(address.substr(0, number));
    signal_.mutable_client()->set_house_number(address.substr(number + 1, suffix - number - 1));
    signal_.mutable_client()->set_house_number_suffix(
        suffix == std::string::npos ? "" : address.substr(suffix + 1));
    return *this;
  }
  // The signal date; the arrears are `days` old then.
  ASignal& On(const std::string& date, int days = 60) {
    signal_.set_signal_day(DaysOf(*ParseDate(date)));
    signal_.set_origin_day(signal_.signal_day() - days);
    return *this;
  }
  ASignal& Origin(const std::string& date) {
    return signal_.set_origin_day(DaysOf(*ParseDate(date))), *this;
  }
  operator Signal() const { return signal_; }  // NOLINT: that is what it is

 private:
  Signal signal_;
};

class DeskTest : public testing::Test {
 protected:
  DeskTest() {
    std::string pattern = testing::TempDir() + "/vroegsein-desk-XXXXXX";
    VROEGSEIN_CHECK(mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
    auto installation = DefaultInstallation();
    EXPECT_TRUE(installation.ok()) << installation.status().message();
    installation_ = std::move(*installation);
    options_.database.sync = false;
    Now("2026-11-20T09:00:00Z");
  }
  ~DeskTest() override {
    folder_.reset();
    std::filesystem::remove_all(root_);
  }

  void Now(const std::string& moment) { now_ = *ParseInstant(moment); }

  DataFolder& Folder() {
    if (folder_ == nullptr) {
      auto opened = DataFolder::Open(root_ + "/data", installation_, now_, options_);
      VROEGSEIN_CHECK(opened.ok());
      folder_ = std::move(*opened);
    }
    return *folder_;
  }
  void Reopen() { folder_.reset(); }

  Event At(const std::string& municipality = "0080") const {
    Event event;
    event.set_recorded_ms(MillisOf(now_));
    event.set_municipality(municipality);
    return event;
  }

  Outcome Do(Event event) {
    auto outcome = Folder().Do(std::move(event));
    EXPECT_TRUE(outcome.ok()) << outcome.status().message();
    return outcome.ok() ? *outcome : Outcome{};
  }

  Receipt Deliver(const Signal& signal) {
    Event event = At(signal.municipality());
    *event.mutable_signal()->mutable_signal() = signal;
    return Do(std::move(event)).receipt.value_or(Receipt{});
  }

  Outcome Attempt(const std::string& case_id, const std::string& worker, bool reached = false) {
    Event event = At();
    event.mutable_contact()->set_case_id(case_id);
    ContactAttempt* attempt = event.mutable_contact()->mutable_attempt();
    attempt->set_kind("Huisbezoek");
    attempt->set_day(DaysOf(DayInAmsterdam(now_)));
    attempt->set_reached(reached);
    attempt->set_worker(worker);
    return Do(std::move(event));
  }

  Outcome Close(const std::string& case_id, const std::string& outcome,
                const std::string& worker = "a.wiersma") {
    Event event = At();
    event.mutable_outcome()->set_case_id(case_id);
    event.mutable_outcome()->set_outcome(outcome);
    event.mutable_outcome()->set_worker(worker);
    event.mutable_outcome()->set_day(DaysOf(DayInAmsterdam(now_)));
    return Do(std::move(event));
  }

  Outcome Task(const std::string& case_id, TaskAction action, const std::string& worker,
               const std::string& assignee = "") {
    Event event = At();
    event.mutable_task()->set_case_id(case_id);
    event.mutable_task()->set_action(action);
    event.mutable_task()->set_worker(worker);
    event.mutable_task()->set_assignee(assignee);
    return Do(std::move(event));
  }

  void Tick() {
    Event event = At();
    event.mutable_tick();
    Do(std::move(event));
  }

  std::vector<HouseholdRecord> Households(const std::string& municipality = "0080") {
    std::vector<HouseholdRecord> found;
    Status read = EachHousehold(Folder().database(), municipality, Depth::kCases,
                                [&](const HouseholdRecord& one) {
                                  found.push_back(one);
                                  return Status::Ok();
                                });
    EXPECT_TRUE(read.ok()) << read.message();
    return found;
  }

  // The household that holds the signal.
  HouseholdRecord HouseholdOf(const std::string& signal) {
    for (HouseholdRecord& household : Households()) {
      for (const SignalRecord& record : household.signals()) {
        if (record.signal().id() == signal) return household;
      }
    }
    ADD_FAILURE() << "no signal " << signal;
    return HouseholdRecord();
  }
  bool Together(const std::string& one, const std::string& other) {
    return HouseholdOf(one).number() == HouseholdOf(other).number();
  }

  Outcome JoinThem(uint64_t household, uint64_t other) {
    Event event = At();
    event.mutable_joined()->set_household(household);
    event.mutable_joined()->set_other(other);
    event.mutable_joined()->set_by("carel");
    event.mutable_joined()->set_reason("dezelfde mensen");
    return Do(std::move(event));
  }
  Outcome DivideAlias(uint64_t household, uint64_t alias) {
    Event event = At();
    event.mutable_divided()->set_household(household);
    event.mutable_divided()->set_alias(alias);
    event.mutable_divided()->set_by("carel");
    event.mutable_divided()->set_reason("toch niet");
    return Do(std::move(event));
  }
  Outcome DividePerson(uint64_t household, uint32_t person) {
    Event event = At();
    event.mutable_divided()->set_household(household);
    event.mutable_divided()->add_persons(person);
    event.mutable_divided()->set_by("carel");
    event.mutable_divided()->set_reason("gaan uit elkaar");
    return Do(std::move(event));
  }
  Outcome AnswerThem(uint64_t household, uint64_t other, bool same) {
    Event event = At();
    event.mutable_answered()->set_household(household);
    event.mutable_answered()->set_other(other);
    event.mutable_answered()->set_same(same);
    event.mutable_answered()->set_by("carel");
    event.mutable_answered()->set_reason("gebeld");
    return Do(std::move(event));
  }

  std::vector<CaseRecord> Cases() {
    std::vector<CaseRecord> found;
    for (const HouseholdRecord& household : Households()) {
      found.insert(found.end(), household.cases().begin(), household.cases().end());
    }
    return found;
  }

  CaseRecord OnlyCase() {
    auto cases = Cases();
    EXPECT_EQ(cases.size(), 1u);
    return cases.empty() ? CaseRecord() : cases[0];
  }

  SignalRecord TheSignal(const std::string& id) {
    for (const HouseholdRecord& household : Households()) {
      for (const SignalRecord& record : household.signals()) {
        if (record.signal().id() == id) return record;
      }
    }
    ADD_FAILURE() << "no signal " << id;
    return SignalRecord();
  }

  size_t CountKeys(const std::string& prefix) {
    size_t count = 0;
    Status read = Folder().database().Scan(prefix, keys::After(prefix),
                                           [&](std::string_view, std::string_view) {
                                             ++count;
                                             return true;
                                           });
    EXPECT_TRUE(read.ok());
    return count;
  }

  // What the partner heard, as `signal: status`, in order.
  std::vector<std::string> Heard(const std::string& partner) {
    std::vector<std::string> heard;
    std::string prefix = keys::PartnerFeedback("0080", partner);
    Status read = Folder().database().Scan(
        prefix, keys::After(prefix), [&](std::string_view, std::string_view value) {
          FeedbackRecord feedback;
          EXPECT_TRUE(feedback.ParseFromArray(value.data(), static_cast<int>(value.size())));
          heard.push_back(feedback.signal_id() + ": " + feedback.status());
          return true;
        });
    EXPECT_TRUE(read.ok());
    return heard;
  }

  // Everything that can be checked holds, a replay included.
  void ExpectVerified() {
    auto found = Verify(Folder().database(), root_ + "/replay", [](uint64_t) {});
    ASSERT_TRUE(found.ok()) << found.status().message();
    for (const std::string& finding : found->findings) ADD_FAILURE() << finding;
  }

  std::string root_;
  Installation installation_;
  DataFolder::Options options_;
  Instant now_;
  std::unique_ptr<DataFolder> folder_;
};

}  // namespace vroegsein
