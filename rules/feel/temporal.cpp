#include "rules/feel/temporal.h"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <array>
#include <vector>

#include "rules/feel/scan.h"

namespace vroegsein::feel {

namespace {

constexpr int kOffsetSecondsMax = 18 * 3600;

const std::vector<const date::time_zone*>& Zones() {
  static const std::vector<const date::time_zone*>* zones = [] {
    auto* out = new std::vector<const date::time_zone*>();
    try {
      for (const auto& zone : date::get_tzdb().zones) out->push_back(&zone);
    } catch (const std::exception&) {
      out->clear();  // a machine without a time zone database knows no names
    }
    std::sort(out->begin(), out->end(),
              [](const auto* a, const auto* b) { return a->name() < b->name(); });
    return out;
  }();
  return *zones;
}

// The database speaks of years that fit a short; the rules of its ends hold beyond them.
int64_t WithinDatabase(int64_t seconds) {
  constexpr int64_t kEnd = 200000000000;  // around the year 8300
  return std::clamp(seconds, -kEnd, kEnd);
}

int64_t FloorDiv(int64_t a, int64_t b) {
  return a / b - ((a % b != 0 && (a % b < 0) != (b < 0)) ? 1 : 0);
}

std::string Digits(int64_t value, size_t width) {
  std::string out = std::to_string(value);
  if (out.size() < width) out.insert(0, width - out.size(), '0');
  return out;
}

std::string Fraction(int32_t nanos) {
  if (nanos == 0) return "";
  std::string out = "." + Digits(nanos, 9);
  while (out.back() == '0') out.pop_back();
  return out;
}

int DaysInMonth(int64_t year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

std::optional<int32_t> ScanFraction(Scan* scan) {
  int64_t value = 0;
  int digits = 0;
  while (!scan->AtEnd() && scan->Peek() >= '0' && scan->Peek() <= '9') {
    if (digits < 9) value = value * 10 + (scan->Peek() - '0');
    ++digits;
    scan->Skip();
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 9; ++digits) value *= 10;
  return static_cast<int32_t>(value);
}

std::optional<Date> ScanDate(Scan* scan) {
  const bool negative = scan->Take('-');
  const size_t from = scan->position();
  const auto year = scan->Number(4, 9);
  if (!year) return std::nullopt;
  if (scan->position() - from > 4 && scan->At(from) == '0') return std::nullopt;
  if (!scan->Take('-')) return std::nullopt;
  const auto month = scan->Number(2, 2);
  if (!month || !scan->Take('-')) return std::nullopt;
  const auto day = scan->Number(2, 2);
  if (!day) return std::nullopt;
  return Date::Make(negative ? -*year : *year, *month, *day);
}

std::optional<Zone> ScanZone(Scan* scan) {
  if (scan->AtEnd()) return Zone();
  if (scan->Take('Z')) return Zone::Offset(0);
  if (scan->Take('@')) {
    auto zone = Zone::Named(scan->Rest());
    scan->SkipAll();
    return zone;
  }
  const bool negative = scan->Peek() == '-';
  if (!scan->Take('+') && !scan->Take('-')) return std::nullopt;
  const auto hours = scan->Number(2, 2);
  if (!hours || !scan->Take(':')) return std::nullopt;
  const auto minutes = scan->Number(2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  int64_t seconds = 0;
  if (scan->Take(':')) {
    const auto part = scan->Number(2, 2);
    if (!part || *part > 59) return std::nullopt;
    seconds = *part;
  }
  const int64_t total = *hours * 3600 + *minutes * 60 + seconds;
  return Zone::Offset(static_cast<int>(negative ? -total : total));
}

std::optional<Time> ScanTime(Scan* scan, bool* next_day) {
  const auto hour = scan->Number(2, 2);
  if (!hour || !scan->Take(':')) return std::nullopt;
  const auto minute = scan->Number(2, 2);
  if (!minute || !scan->Take(':')) return std::nullopt;
  const auto second = scan->Number(2, 2);
  if (!second) return std::nullopt;
  int32_t nanos = 0;
  if (scan->Take('.')) {
    const auto fraction = ScanFraction(scan);
    if (!fraction) return std::nullopt;
    nanos = *fraction;
  }
  const auto zone = ScanZone(scan);
  if (!zone || !scan->AtEnd()) return std::nullopt;
  // The end of the day, as ISO 8601 may write it.
  *next_day = *hour == 24 && *minute == 0 && *second == 0 && nanos == 0;
  if (*next_day) return Time::Make(0, 0, 0, 0, *zone);
  return Time::Make(*hour, *minute, *second, nanos, *zone);
}

}  // namespace

std::optional<Zone> Zone::Offset(int seconds) {
  if (seconds < -kOffsetSecondsMax || seconds > kOffsetSecondsMax) return std::nullopt;
  Zone zone;
  zone.code_ = kOffsetBit | static_cast<uint32_t>(seconds + kOffsetBias);
  return zone;
}

std::optional<Zone> Zone::Named(std::string_view name) {
  const auto& zones = Zones();
  auto at = std::lower_bound(zones.begin(), zones.end(), name,
                             [](const auto* zone, std::string_view n) { return zone->name() < n; });
  if (at == zones.end() || (*at)->name() != name) return std::nullopt;
  Zone zone;
  zone.code_ = static_cast<uint32_t>(at - zones.begin()) + 1;
  return zone;
}

std::string Zone::Name() const { return IsNamed() ? Zones()[code_ - 1]->name() : ""; }

int64_t Zone::OffsetAtLocal(int64_t local_seconds) const {
  if (IsLocal()) return 0;
  if (IsOffset()) return static_cast<int64_t>(code_ & ~kOffsetBit) - kOffsetBias;
  const date::local_seconds moment{std::chrono::seconds(WithinDatabase(local_seconds))};
  return Zones()[code_ - 1]->get_info(moment).first.offset.count();
}

int64_t Zone::OffsetAtInstant(int64_t utc_seconds) const {
  if (!IsNamed()) return OffsetAtLocal(0);
  const date::sys_seconds moment{std::chrono::seconds(WithinDatabase(utc_seconds))};
  return Zones()[code_ - 1]->get_info(moment).offset.count();
}

std::string Zone::ToString() const {
  if (IsLocal()) return "";
  if (IsNamed()) return "@" + Name();
  const int64_t offset = OffsetAtLocal(0);
  if (offset == 0) return "Z";
  const int64_t size = offset < 0 ? -offset : offset;
  std::string out =
      (offset < 0 ? "-" : "+") + Digits(size / 3600, 2) + ":" + Digits(size / 60 % 60, 2);
  if (size % 60 != 0) out += ":" + Digits(size % 60, 2);
  return out;
}

std::optional<Date> Date::Make(int64_t year, int64_t month, int64_t day) {
  if (year < -kYearMax || year > kYearMax || month < 1 || month > 12 || day < 1)
    return std::nullopt;
  if (day > DaysInMonth(year, static_cast<int>(month))) return std::nullopt;
  return Date{static_cast<int32_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

std::optional<Date> Date::Parse(std::string_view text) {
  Scan scan(text);
  auto date = ScanDate(&scan);
  return scan.AtEnd() ? date : std::nullopt;
}

// Howard Hinnant's days_from_civil, on 64 bits.
int64_t Date::Days() const {
  const int64_t y = static_cast<int64_t>(year) - (month <= 2 ? 1 : 0);
  const int64_t era = FloorDiv(y, 400);
  const int64_t year_of_era = y - era * 400;
  const int64_t shifted = month > 2 ? month - 3 : month + 9;
  const int64_t day_of_year = (153 * shifted + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

std::optional<Date> Date::FromDays(int64_t days_since_1970) {
  constexpr int64_t kDaysMax = 365300000000;
  if (days_since_1970 < -kDaysMax || days_since_1970 > kDaysMax) return std::nullopt;
  const int64_t z = days_since_1970 + 719468;
  const int64_t era = FloorDiv(z, 146097);
  const int64_t day_of_era = z - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * day_of_year + 2) / 153;
  const int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  return Make(year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

int Date::Weekday() const {
  const int64_t from_monday = Days() + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(from_monday - FloorDiv(from_monday, 7) * 7) + 1;
}

std::string Date::ToString() const {
  const int64_t size = year < 0 ? -static_cast<int64_t>(year) : year;
  return (year < 0 ? "-" : "") + Digits(size, 4) + "-" + Digits(month, 2) + "-" + Digits(day, 2);
}

std::optional<Time> Time::Make(int64_t hour, int64_t minute, int64_t second, int32_t nanos,
                               Zone zone) {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  return Time{static_cast<int32_t>(hour * 3600 + minute * 60 + second), nanos, zone};
}

std::optional<Time> Time::Parse(std::string_view text) {
  Scan scan(text);
  bool next_day = false;
  return ScanTime(&scan, &next_day);
}

std::string Time::ToString() const {
  return Digits(second_of_day / 3600, 2) + ":" + Digits(second_of_day / 60 % 60, 2) + ":" +
         Digits(second_of_day % 60, 2) + Fraction(nanos) + zone.ToString();
}

DateTime DateTime::Make(const Date& date, const Time& time) {
  return {date.Days() * kSecondsPerDay + time.second_of_day, time.nanos, time.zone};
}

std::optional<DateTime> DateTime::Parse(std::string_view text) {
  Scan scan(text);
  const auto date = ScanDate(&scan);
  if (!date) return std::nullopt;
  if (scan.AtEnd()) return Make(*date, Time());
  if (!scan.Take('T')) return std::nullopt;
  bool next_day = false;
  const auto time = ScanTime(&scan, &next_day);
  const auto day = next_day ? Date::FromDays(date->Days() + 1) : date;
  if (!time || !day) return std::nullopt;
  return Make(*day, *time);
}

std::optional<DateTime> DateTime::FromInstant(int64_t utc_seconds, int32_t nanos, Zone zone) {
  const int64_t local = utc_seconds + zone.OffsetAtInstant(utc_seconds);
  if (!Date::FromDays(FloorDiv(local, kSecondsPerDay))) return std::nullopt;
  return DateTime{local, nanos, zone};
}

int64_t DateTime::Instant() const { return local_seconds - zone.OffsetAtLocal(local_seconds); }

Date DateTime::date() const {
  return Date::FromDays(FloorDiv(local_seconds, kSecondsPerDay)).value_or(Date());
}

Time DateTime::time() const {
  const int64_t second = local_seconds - FloorDiv(local_seconds, kSecondsPerDay) * kSecondsPerDay;
  return {static_cast<int32_t>(second), nanos, zone};
}

std::string DateTime::ToString() const { return date().ToString() + "T" + time().ToString(); }

std::optional<DaysDuration> DaysDuration::Make(__int128 seconds, int64_t nanos) {
  __int128 total = seconds + FloorDiv(nanos, kNanosPerSecond);
  constexpr int64_t kSecondsMax = 4000000000000000000;
  if (total > kSecondsMax || total < -kSecondsMax) return std::nullopt;
  return DaysDuration{
      static_cast<int64_t>(total),
      static_cast<int32_t>(nanos - FloorDiv(nanos, kNanosPerSecond) * kNanosPerSecond)};
}

std::optional<DaysDuration> DaysDuration::Parse(std::string_view text) {
  Scan scan(text);
  const bool negative = scan.Take('-');
  if (!scan.Take('P')) return std::nullopt;
  __int128 seconds = 0;
  int32_t nanos = 0;
  bool any = false;
  if (!scan.AtEnd() && scan.Peek() != 'T') {
    const auto days = scan.Number(1, 18);
    if (!days || !scan.Take('D')) return std::nullopt;
    seconds = static_cast<__int128>(*days) * kSecondsPerDay;
    any = true;
  }
  if (scan.Take('T')) {
    int stage = 0;  // which of H, M and S may still come
    if (scan.AtEnd()) return std::nullopt;
    while (!scan.AtEnd()) {
      const auto amount = scan.Number(1, 18);
      if (!amount) return std::nullopt;
      if (scan.Take('H') && stage < 1) {
        seconds += static_cast<__int128>(*amount) * 3600;
        stage = 1;
      } else if (scan.Take('M') && stage < 2) {
        seconds += static_cast<__int128>(*amount) * 60;
        stage = 2;
      } else {
        if (scan.Take('.')) {
          const auto fraction = ScanFraction(&scan);
          if (!fraction) return std::nullopt;
          nanos = *fraction;
        }
        if (!scan.Take('S') || !scan.AtEnd()) return std::nullopt;
        seconds += *amount;
      }
      any = true;
    }
  }
  if (!any || !scan.AtEnd()) return std::nullopt;
  return negative ? Make(-seconds, -static_cast<int64_t>(nanos)) : Make(seconds, nanos);
}

DaysDuration DaysDuration::Negated() const {
  return nanos == 0 ? DaysDuration{-seconds, 0}
                    : DaysDuration{-seconds - 1, kNanosPerSecond - nanos};
}

std::string DaysDuration::ToString() const {
  if (seconds == 0 && nanos == 0) return "PT0S";
  if (IsNegative()) return "-" + Negated().ToString();
  std::string out = "P";
  if (const int64_t days = seconds / kSecondsPerDay; days != 0) out += std::to_string(days) + "D";
  const int64_t rest = seconds % kSecondsPerDay;
  if (rest == 0 && nanos == 0) return out;
  out += "T";
  if (rest / 3600 != 0) out += std::to_string(rest / 3600) + "H";
  if (rest / 60 % 60 != 0) out += std::to_string(rest / 60 % 60) + "M";
  if (rest % 60 != 0 || nanos != 0) out += std::to_string(rest % 60) + Fraction(nanos) + "S";
  return out;
}

std::optional<MonthsDuration> MonthsDuration::Parse(std::string_view text) {
  Scan scan(text);
  const bool negative = scan.Take('-');
  if (!scan.Take('P')) return std::nullopt;
  auto amount = scan.Number(1, 17);
  if (!amount) return std::nullopt;
  int64_t months = 0;
  if (scan.Take('Y')) {
    months = *amount * 12;
    if (!scan.AtEnd()) {
      amount = scan.Number(1, 17);
      if (!amount || !scan.Take('M')) return std::nullopt;
      months += *amount;
    }
  } else if (scan.Take('M')) {
    months = *amount;
  } else {
    return std::nullopt;
  }
  if (!scan.AtEnd()) return std::nullopt;
  return MonthsDuration{negative ? -months : months};
}

std::string MonthsDuration::ToString() const {
  if (months == 0) return "P0M";
  const uint64_t size =
      months < 0 ? 0 - static_cast<uint64_t>(months) : static_cast<uint64_t>(months);
  std::string out = months < 0 ? "-P" : "P";
  if (size / 12 != 0) out += std::to_string(size / 12) + "Y";
  if (size % 12 != 0) out += std::to_string(size % 12) + "M";
  return out;
}

std::optional<Date> AddMonths(const Date& date, int64_t months) {
  constexpr int64_t kMonthsMax = 2 * 12 * (kYearMax + 1);
  if (months > kMonthsMax || months < -kMonthsMax) return std::nullopt;
  const int64_t total = static_cast<int64_t>(date.year) * 12 + (date.month - 1) + months;
  const int64_t year = FloorDiv(total, 12);
  const int month = static_cast<int>(total - year * 12) + 1;
  return Date::Make(year, month, std::min<int>(date.day, DaysInMonth(year, month)));
}

std::optional<DateTime> AddMonths(const DateTime& moment, int64_t months) {
  const auto date = AddMonths(moment.date(), months);
  if (!date) return std::nullopt;
  return DateTime::Make(*date, moment.time());
}

std::optional<DateTime> AddDuration(const DateTime& moment, const DaysDuration& duration) {
  const auto total = DaysDuration::Make(static_cast<__int128>(moment.Instant()) + duration.seconds,
                                        static_cast<int64_t>(moment.nanos) + duration.nanos);
  if (!total) return std::nullopt;
  return DateTime::FromInstant(total->seconds, total->nanos, moment.zone);
}

Time AddDuration(const Time& time, const DaysDuration& duration) {
  int64_t nanos = static_cast<int64_t>(time.nanos) + duration.nanos;
  int64_t seconds = time.second_of_day + duration.seconds % kSecondsPerDay;
  seconds += nanos / kNanosPerSecond;
  seconds -= FloorDiv(seconds, kSecondsPerDay) * kSecondsPerDay;
  return {static_cast<int32_t>(seconds), static_cast<int32_t>(nanos % kNanosPerSecond), time.zone};
}

std::optional<DaysDuration> Difference(const DateTime& a, const DateTime& b) {
  return DaysDuration::Make(static_cast<__int128>(a.Instant()) - b.Instant(),
                            static_cast<int64_t>(a.nanos) - b.nanos);
}

int64_t MonthsBetween(const Date& from, const Date& to) {
  int64_t months = (static_cast<int64_t>(to.year) - from.year) * 12 + (to.month - from.month);
  if (months > 0 && to.day < from.day) --months;
  if (months < 0 && to.day > from.day) ++months;
  return months;
}

}  // namespace vroegsein::feel
