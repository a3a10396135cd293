#include "ingest/calendar.h"

#include <gtest/gtest.h>

namespace vroegsein {
namespace {

TEST(Calendar, ParsesOnlyDaysThatExist) {
  EXPECT_EQ(FormatDate(*ParseDate("2024-02-29")), "2024-02-29");
  EXPECT_FALSE(ParseDate("2026-02-29"));
  EXPECT_FALSE(ParseDate("2026-2-09"));
  EXPECT_FALSE(ParseDate("20260209"));
  EXPECT_FALSE(ParseDate("2026-02-09T"));
}

TEST(Calendar, InstantsAreUtc) {
  EXPECT_EQ(FormatInstant(*ParseInstant("2026-11-20T10:30:00+01:00")), "2026-11-20T09:30:00Z");
  EXPECT_EQ(FormatInstant(*ParseInstant("2026-11-20T09:30:00.1239Z")), "2026-11-20T09:30:00.123Z");
  EXPECT_FALSE(ParseInstant("2026-11-20T09:30:00"));
  EXPECT_FALSE(ParseInstant("2026-11-20 09:30:00Z"));
}

TEST(Calendar, TheDayIsTheOneOnTheDutchCalendar) {
  EXPECT_EQ(FormatDate(DayInAmsterdam(*ParseInstant("2026-07-01T22:30:00Z"))), "2026-07-02");
  EXPECT_EQ(FormatDate(DayInAmsterdam(*ParseInstant("2026-12-31T22:59:59Z"))), "2026-12-31");
  EXPECT_EQ(FormatInstant(StartOfDayInAmsterdam(*ParseDate("2026-07-02"))), "2026-07-01T22:00:00Z");
}

TEST(Calendar, MonthsEndWhereTheMonthEnds) {
  EXPECT_EQ(FormatDate(AddMonths(*ParseDate("2026-08-31"), -6)), "2026-02-28");
  EXPECT_EQ(FormatDate(AddMonths(*ParseDate("2025-12-15"), 1)), "2026-01-15");
}

}  // namespace
}  // namespace vroegsein
