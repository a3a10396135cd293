#include "alerts/deadline/working_days.h"

#include "ingest/status.h"

namespace vroegsein {
namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

Date KingsDay(int y) {
  Date day(year(y) / month(4) / 27);
  return std::chrono::weekday(day) == std::chrono::Sunday ? day - days(1) : day;
}

}  // namespace

Date EasterSunday(int y) {
  int a = y % 19, b = y / 100, c = y % 100;
  int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int h = (19 * a + b - d - g + 15) % 30;
  int i = c / 4, k = c % 4;
  int l = (32 + 2 * e + 2 * i - h - k) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int n = h + l - 7 * m + 114;
  return Date(year(y) / month(static_cast<unsigned>(n / 31)) / (n % 31 + 1));
}

bool IsPublicHoliday(Date day) {
  year_month_day ymd(day);
  int y = static_cast<int>(ymd.year());
  auto is = [&](unsigned m, unsigned d) {
    return ymd.month() == month(m) && ymd.day() == std::chrono::day(d);
  };
  if (is(1, 1) || is(5, 5) || is(12, 25) || is(12, 26) || day == KingsDay(y)) return true;
  auto after_easter = (day - EasterSunday(y)).count();
  return after_easter == -2 || after_easter == 1 || after_easter == 39 || after_easter == 50;
}

bool IsWorkingDay(Date day) {
  std::chrono::weekday weekday(day);
  if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
  return !IsPublicHoliday(day);
}

Date AddWorkingDays(Date day, int count) {
  VROEGSEIN_CHECK(count >= 1);
  while (count > 0) {
    day += days(1);
    if (IsWorkingDay(day)) --count;
  }
  return day;
}

int WorkingDaysBetween(Date from, Date to) {
  if (to < from) return -WorkingDaysBetween(to, from);
  int count = 0;
  for (Date day = from + days(1); day <= to; day += days(1)) count += IsWorkingDay(day) ? 1 : 0;
  return count;
}

}  // namespace vroegsein
