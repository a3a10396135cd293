// Dates, times, dates with times and the two durations, as FEEL has them (DMN 1.5, 10.3.2.3).
//
// A time may have an offset or a zone name; a zone name is a row of the machine's time zone
// database. Everything is a value of at most 16 bytes.
//
// Threads: values; the zone table is made once and then only read.
// Errors: text that is none, or a result outside the range of years, is std::nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vroegsein::feel {

constexpr int64_t kYearMax = 999999999;
constexpr int64_t kSecondsPerDay = 86400;
constexpr int32_t kNanosPerSecond = 1000000000;

// Where a time holds: nowhere in particular (local), at an offset, or in a named zone.
class Zone {
 public:
  constexpr Zone() = default;
  static std::optional<Zone> Offset(int seconds);  // within 18 hours
  static std::optional<Zone> Named(std::string_view name);
  bool IsLocal() const { return code_ == 0; }
  bool IsOffset() const { return (code_ & kOffsetBit) != 0; }
  bool IsNamed() const { return code_ != 0 && !IsOffset(); }
  std::string Name() const;  // REQUIRES: IsNamed()
  // Seconds east of UTC for a moment that is local time there.
  int64_t OffsetAtLocal(int64_t local_seconds) const;
  int64_t OffsetAtInstant(int64_t utc_seconds) const;
  std::string ToString() const;  // "", "Z", "+01:00", "@Europe/Amsterdam"
  friend bool operator==(Zone a, Zone b) { return a.code_ == b.code_; }

 private:
  static constexpr uint32_t kOffsetBit = 0x80000000U;
  static constexpr int kOffsetBias = 100000;
  uint32_t code_ = 0;
};

struct Date {
  int32_t year = 1970;
  uint8_t month = 1;
  uint8_t day = 1;
  static std::optional<Date> Make(int64_t year, int64_t month, int64_t day);
  static std::optional<Date> Parse(std::string_view text);
  static std::optional<Date> FromDays(int64_t days_since_1970);
  int64_t Days() const;
  int Weekday() const;  // Monday 1 .. Sunday 7
  std::string ToString() const;
  friend bool operator==(const Date&, const Date&) = default;
};

struct Time {
  int32_t second_of_day = 0;
  int32_t nanos = 0;
  Zone zone;
  static std::optional<Time> Make(int64_t hour, int64_t minute, int64_t second, int32_t nanos,
                                  Zone zone);
  static std::optional<Time> Parse(std::string_view text);
  std::string ToString() const;
};

struct DateTime {
  int64_t local_seconds = 0;  // since 1970-01-01T00:00:00, on the wall there
  int32_t nanos = 0;
  Zone zone;
  static DateTime Make(const Date& date, const Time& time);
  // Also takes a date alone: then it is midnight, without a zone.
  static std::optional<DateTime> Parse(std::string_view text);
  // The wall time in `zone` at that instant; nullopt outside the years.
  static std::optional<DateTime> FromInstant(int64_t utc_seconds, int32_t nanos, Zone zone);
  int64_t Instant() const;  // seconds since 1970 in UTC; a local one is taken as UTC
  Date date() const;
  Time time() const;
  std::string ToString() const;
};

struct DaysDuration {
  int64_t seconds = 0;  // rounded down
  int32_t nanos = 0;    // 0 .. 999,999,999
  static std::optional<DaysDuration> Make(__int128 seconds, int64_t nanos);
  static std::optional<DaysDuration> Parse(std::string_view text);
  bool IsNegative() const { return seconds < 0; }
  DaysDuration Negated() const;
  std::string ToString() const;
  friend bool operator==(const DaysDuration&, const DaysDuration&) = default;
};

struct MonthsDuration {
  int64_t months = 0;
  static std::optional<MonthsDuration> Parse(std::string_view text);
  std::string ToString() const;
  friend bool operator==(const MonthsDuration&, const MonthsDuration&) = default;
};

std::optional<Date> AddMonths(const Date& date, int64_t months);
std::optional<DateTime> AddMonths(const DateTime& moment, int64_t months);
std::optional<DateTime> AddDuration(const DateTime& moment, const DaysDuration& duration);
Time AddDuration(const Time& time, const DaysDuration& duration);
std::optional<DaysDuration> Difference(const DateTime& a, const DateTime& b);
// Whole months between two days, cut towards zero.
int64_t MonthsBetween(const Date& from, const Date& to);

}  // namespace vroegsein::feel
