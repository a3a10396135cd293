#include "store/recent.h"

#include <gtest/gtest.h>

#include <string>

namespace vroegsein {
namespace {

TEST(RecentTest, GivesBackWhatWasKept) {
  Recent<int, std::string> recent(10);
  EXPECT_EQ(recent.Find(1), nullptr);
  recent.Keep(1, "one", 1);
  ASSERT_NE(recent.Find(1), nullptr);
  EXPECT_EQ(*recent.Find(1), "one");
  recent.Keep(1, "other", 1);
  EXPECT_EQ(*recent.Find(1), "other");
  recent.Forget(1);
  EXPECT_EQ(recent.Find(1), nullptr);
}

TEST(RecentTest, StaysWithinItsBound) {
  Recent<int, std::string> recent(10);
  for (int i = 0; i < 1'000; ++i) {
    recent.Keep(i, "text", 1);
    EXPECT_LE(recent.size(), 10u);
    EXPECT_NE(recent.Find(i), nullptr);
  }
}

TEST(RecentTest, WhatIsInUseStays) {
  Recent<int, std::string> recent(10);
  recent.Keep(0, "used", 1);
  for (int i = 1; i < 1'000; ++i) {
    recent.Keep(i, "text", 1);
    ASSERT_NE(recent.Find(0), nullptr) << i;
  }
}

TEST(RecentTest, AnEntryHasOneValueWhicheverHalfItIsIn) {
  Recent<int, std::string> recent(4);
  recent.Keep(1, "first", 1);
  recent.Keep(2, "text", 1);
  recent.Keep(3, "text", 1);  // 1 and 2 are old now
  recent.Keep(1, "second", 1);
  EXPECT_EQ(*recent.Find(1), "second");
  recent.Forget(1);
  EXPECT_EQ(recent.Find(1), nullptr);
}

TEST(RecentTest, AHeavyEntryDrivesOutTheRest) {
  Recent<int, std::string> recent(10);
  for (int i = 0; i < 5; ++i) recent.Keep(i, "light", 1);
  recent.Keep(9, "heavy", 100);
  EXPECT_EQ(*recent.Find(9), "heavy");
  recent.Keep(10, "next", 1);
  recent.Keep(11, "next", 6);
  EXPECT_EQ(recent.Find(9), nullptr);
  recent.Keep(11, "lighter", 1);
  EXPECT_EQ(*recent.Find(11), "lighter");
}

}  // namespace
}  // namespace vroegsein
