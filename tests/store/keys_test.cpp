// The keys are a format on disk: their bytes and their order are pinned here.
#include "store/keys.h"

#include <gtest/gtest.h>

namespace vroegsein {
namespace {

using namespace std::string_literals;

TEST(Keys, GoldenBytes) {
  HouseholdId household{"0080", 258};
  AddressRecord address;
  address.set_postcode("8911AD");
  address.set_house_number("12");
  address.set_suffix("A");
  EXPECT_EQ(keys::Household(household), "H0080\0\0\0\0\0\0\x01\x02"s);
  EXPECT_EQ(keys::Signal("0080", "vitens", "W1"), "S0080vitens\0W1"s);
  EXPECT_EQ(keys::Task("noord", DateOf(1), {household, 3}),
            "T0080noord\0\x80\0\0\x01\0\0\0\0\0\0\x01\x02\0\0\0\x03"s);
  EXPECT_EQ(keys::Feedback("0080", "vitens", 7), "F0080vitens\0\0\0\0\0\0\0\0\x07"s);
  EXPECT_EQ(keys::Erasure(DateOf(-1), household), "E0080\x7f\xff\xff\xff\0\0\0\0\0\0\x01\x02"s);
  EXPECT_EQ(keys::LogRun(1), "L\0\0\0\0\0\0\0\x01"s);
  EXPECT_EQ(keys::Index(keys::Person("0080", 513)), "P0080\0\0\0\0\0\0\x02\x01"s);
  EXPECT_EQ(keys::Index(keys::Address("0080", address)),
            "A0080"s + "\xba\x30\xbc\xe4\xa1\xac\xb7\x4e"s);
  EXPECT_EQ(keys::Index(keys::Customer("1234", "vitens", "77")),
            "K1234"s + "\xcb\x9c\x29\xd6\x66\x11\xc3\xa0"s);
  EXPECT_EQ(keys::Alias(household), "Q0080\0\0\0\0\0\0\x01\x02"s);
  EXPECT_EQ(keys::Review("0080", 7, 5), "B0080\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\x07"s);
  EXPECT_EQ(keys::DeliveryChunk("0080", "vitens", "d", 2), "D0080vitens\0d\0\0\0\0\x02"s);
}

TEST(Keys, TasksSortByDeadlineAlsoBefore1970) {
  CaseId one{{"0080", 1}, 1};
  EXPECT_LT(keys::Task("noord", DateOf(-1), one), keys::Task("noord", DateOf(0), one));
  EXPECT_LT(keys::Task("noord", DateOf(20'000), one), keys::Task("noord", DateOf(20'001), one));
}

TEST(Keys, WhatStandsInAKeyComesBackOut) {
  CaseId id{{"0080", 4'000'000'000}, 3};
  std::string task = keys::Task("noord", DateOf(20'777), id);
  EXPECT_EQ(keys::DayOfTaskKey(task), DateOf(20'777));
  EXPECT_EQ(keys::TeamOfTaskKey(task), "noord");
  std::string erasure = keys::Erasure(DateOf(20'777), id.household);
  EXPECT_EQ(keys::DayOfErasureKey(erasure), DateOf(20'777));
  EXPECT_EQ(keys::HouseholdOfErasureKey(erasure), 4'000'000'000u);
}

TEST(Keys, AnIndexKeyComesBackOut) {
  keys::IndexKey key = keys::Customer("0080", "vitens", "77");
  EXPECT_EQ(keys::ParseIndex(keys::Index(key)), key);
  EXPECT_NE(keys::Customer("0081", "vitens", "77"), key);
  EXPECT_NE(keys::Customer("0080", "vitens7", "7"), key);
  EXPECT_EQ(keys::ParseIndex(keys::Household({"0080", 258})), std::nullopt);
}

TEST(Keys, AfterIsTheFirstKeyBehindAPrefix) {
  EXPECT_EQ(keys::After("ab"), "ac");
  EXPECT_EQ(keys::After("a\xff"), "b");
}

TEST(Ids, ReadWhatTheyWrite) {
  CaseId id{{"0080", 123}, 4};
  EXPECT_EQ(id.Text(), "0080-123-4");
  EXPECT_EQ(CaseId::Parse("0080-123-4"), id);
  for (const char* wrong : {"", "0080", "0080-1", "80-1-1", "0080-01-1", "0080-1-0", "0080-1-1 ",
                            "0080--1-1", "0080-1-99999999999", "abcd-1-1"}) {
    EXPECT_FALSE(CaseId::Parse(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace vroegsein
