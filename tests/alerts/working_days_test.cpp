// The expected days were worked out on paper from the calendar and art. 3 of the Algemene
// termijnenwet.
#include "alerts/deadline/working_days.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "tests/alerts/case_maker.h"

namespace vroegsein {
namespace {

using testing::Day;

struct DeadlineRow {
  const char* received;
  const char* third_working_day;
  const char* situation;
};

constexpr DeadlineRow kDeadlines[] = {
    // An ordinary week, on each of its ends.
    {"2026-11-16", "2026-11-19", "Monday: Tuesday, Wednesday, Thursday"},
    {"2026-11-17", "2026-11-20", "Tuesday: up to Friday"},
    {"2026-11-18", "2026-11-23", "Wednesday: over the weekend"},
    {"2026-11-19", "2026-11-24", "Thursday: over the weekend"},
    {"2026-11-20", "2026-11-25", "Friday: over the weekend"},
    {"2026-11-21", "2026-11-25", "Saturday counts from Monday"},
    {"2026-11-22", "2026-11-25", "Sunday counts from Monday"},
    // 2024
    {"2023-12-29", "2024-01-04", "New Year's day on a Monday"},
    {"2024-02-27", "2024-03-01", "29 February is a working day"},
    {"2024-03-27", "2024-04-03", "Good Friday and Easter Monday in between"},
    {"2024-03-28", "2024-04-04", "the day before Good Friday"},
    {"2024-04-25", "2024-04-30", "King's day on a Saturday costs nothing"},
    {"2024-05-03", "2024-05-08", "5 May on a Sunday costs nothing"},
    {"2024-05-07", "2024-05-13", "Ascension day; the Friday after it is a working day"},
    {"2024-05-16", "2024-05-22", "Whit Monday"},
    {"2024-12-23", "2024-12-30", "Christmas on Wednesday and Thursday"},
    {"2024-12-24", "2024-12-31", "31 December is a working day"},
    {"2024-12-30", "2025-01-03", "over New Year, a Wednesday"},
    // 2025
    {"2025-04-16", "2025-04-23", "Good Friday and Easter Monday in between"},
    {"2025-04-24", "2025-04-29", "27 April is a Sunday: King's day is Saturday the 26th"},
    {"2025-04-25", "2025-04-30", "and Monday the 28th is a working day"},
    {"2025-05-02", "2025-05-08", "5 May on a Monday"},
    {"2025-05-27", "2025-06-02", "Ascension day, then a weekend"},
    {"2025-06-05", "2025-06-11", "Whit Monday"},
    {"2025-12-23", "2025-12-30", "Christmas on Thursday and Friday"},
    {"2025-12-30", "2026-01-05", "New Year's day on a Thursday, then a weekend"},
    // 2026
    {"2026-04-01", "2026-04-08", "Good Friday and Easter Monday in between"},
    {"2026-04-23", "2026-04-29", "King's day on a Monday"},
    {"2026-05-01", "2026-05-07", "5 May on a Tuesday"},
    {"2026-05-12", "2026-05-18", "Ascension day"},
    {"2026-05-21", "2026-05-27", "Whit Monday"},
    {"2026-12-23", "2026-12-29", "Christmas on Friday and Saturday"},
    {"2026-12-30", "2027-01-05", "New Year's day on a Friday"},
    // 2027
    {"2027-03-24", "2027-03-31", "an early Easter, 28 March"},
    {"2027-04-26", "2027-04-30", "King's day on a Tuesday"},
    {"2027-05-03", "2027-05-10", "5 May and Ascension day on Wednesday and Thursday"},
    {"2027-05-14", "2027-05-20", "Whit Monday"},
    {"2027-12-24", "2027-12-29", "Christmas in the weekend costs nothing"},
    {"2027-12-30", "2028-01-04", "New Year's day on a Saturday costs nothing"},
    // 2028
    {"2028-02-29", "2028-03-03", "received on 29 February"},
    {"2028-04-13", "2028-04-20", "the day before Good Friday"},
    {"2028-04-26", "2028-05-02", "King's day on a Thursday"},
    {"2028-05-03", "2028-05-09", "5 May on a Friday"},
    {"2028-05-24", "2028-05-30", "the day before Ascension day"},
    {"2028-06-02", "2028-06-08", "Whit Monday in June"},
    {"2028-12-22", "2028-12-29", "Christmas on Monday and Tuesday"},
    {"2028-12-29", "2029-01-04", "New Year's day on a Monday"},
    // 2029
    {"2029-03-29", "2029-04-05", "Easter on 1 April"},
    {"2029-04-25", "2029-05-01", "King's day on a Friday"},
    {"2029-05-09", "2029-05-15", "the day before Ascension day"},
    {"2029-05-18", "2029-05-24", "Whit Monday"},
    {"2029-12-24", "2029-12-31", "Christmas on Tuesday and Wednesday"},
    {"2029-12-31", "2030-01-04", "New Year's day on a Tuesday"},
    // 2030
    {"2030-04-17", "2030-04-24", "a late Easter, 21 April"},
    {"2030-04-25", "2030-04-30", "King's day on a Saturday costs nothing"},
    {"2030-05-03", "2030-05-08", "5 May on a Sunday costs nothing"},
    {"2030-05-29", "2030-06-04", "the day before Ascension day"},
    {"2030-06-07", "2030-06-13", "Whit Monday in June"},
    {"2030-12-24", "2030-12-31", "Christmas on Wednesday and Thursday"},
    {"2030-12-31", "2031-01-06", "New Year's day on a Wednesday, then a weekend"},
};

TEST(WorkingDays, TheThirdWorkingDayAfterReceipt) {
  static_assert(std::size(kDeadlines) >= 40);
  for (const DeadlineRow& row : kDeadlines) {
    EXPECT_EQ(FormatDate(AddWorkingDays(Day(row.received), 3)), row.third_working_day)
        << row.received << ": " << row.situation;
  }
}

// New Year, Good Friday, Easter Monday, King's day, 5 May, Ascension, Whit Monday, Christmas.
const std::map<int, std::set<std::string>> kHolidays = {
    {2024, {"01-01", "03-29", "04-01", "04-27", "05-05", "05-09", "05-20", "12-25", "12-26"}},
    {2025, {"01-01", "04-18", "04-21", "04-26", "05-05", "05-29", "06-09", "12-25", "12-26"}},
    {2026, {"01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"}},
    {2027, {"01-01", "03-26", "03-29", "04-27", "05-05", "05-06", "05-17", "12-25", "12-26"}},
    {2028, {"01-01", "04-14", "04-17", "04-27", "05-05", "05-25", "06-05", "12-25", "12-26"}},
    {2029, {"01-01", "03-30", "04-02", "04-27", "05-05", "05-10", "05-21", "12-25", "12-26"}},
    {2030, {"01-01", "04-19", "04-22", "04-27", "05-05", "05-30", "06-10", "12-25", "12-26"}},
};

TEST(WorkingDays, TheHolidaysOfAYearAreTheseAndNoOthers) {
  for (const auto& [year, expected] : kHolidays) {
    std::set<std::string> found;
    Date end = Day(std::to_string(year + 1) + "-01-01");
    for (Date day = Day(std::to_string(year) + "-01-01"); day < end; day += std::chrono::days(1)) {
      if (IsPublicHoliday(day)) found.insert(FormatDate(day).substr(5));
    }
    EXPECT_EQ(found, expected) << year;
  }
}

TEST(WorkingDays, KingsDayMovesOnlyFromASunday) {
  EXPECT_TRUE(IsPublicHoliday(Day("2014-04-26")));
  EXPECT_TRUE(IsPublicHoliday(Day("2031-04-26")));
  EXPECT_FALSE(IsPublicHoliday(Day("2031-04-27")));
  EXPECT_FALSE(IsPublicHoliday(Day("2030-04-26")));
}

TEST(WorkingDays, BetweenCountsTheLastDayAndNotTheFirst) {
  EXPECT_EQ(WorkingDaysBetween(Day("2026-11-20"), Day("2026-11-20")), 0);
  EXPECT_EQ(WorkingDaysBetween(Day("2026-11-20"), Day("2026-11-22")), 0);
  EXPECT_EQ(WorkingDaysBetween(Day("2026-11-20"), Day("2026-11-23")), 1);
  EXPECT_EQ(WorkingDaysBetween(Day("2026-11-23"), Day("2026-11-20")), -1);
  EXPECT_EQ(WorkingDaysBetween(Day("2026-12-24"), Day("2027-01-04")), 5);
}

RC_GTEST_PROP(WorkingDays, TheNthWorkingDayIsAWorkingDayNFurther, ()) {
  Date day = Day("2024-01-01") + std::chrono::days(*rc::gen::inRange(0, 7 * 365));
  int count = *rc::gen::inRange(1, 60);
  Date found = AddWorkingDays(day, count);
  RC_ASSERT(IsWorkingDay(found));
  RC_ASSERT(WorkingDaysBetween(day, found) == count);
}

}  // namespace
}  // namespace vroegsein
