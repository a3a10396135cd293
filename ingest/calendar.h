// Dates and instants, and the one time zone this field works in.
//
// A Date is a day on the Dutch calendar; an Instant is a moment in UTC, in milliseconds. Nobody
// here asks the clock: an Instant comes in from main.cpp (or --now) and travels with every event.
// Everything is a pure function; thread safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vroegsein {

using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// `2026-11-20`, exactly ten characters and a day that exists; nullopt otherwise.
std::optional<Date> ParseDate(std::string_view text);
std::string FormatDate(Date date);

// RFC 3339 with an offset or Z, fractions up to nine digits (cut to milliseconds); nullopt
// otherwise.
std::optional<Instant> ParseInstant(std::string_view text);
// Always UTC: `2026-11-20T09:30:00Z`, with milliseconds only when there are any.
std::string FormatInstant(Instant instant);

// The day on the wall calendar in Europe/Amsterdam at that moment.
Date DayInAmsterdam(Instant instant);
// The moment at which that day begins in Europe/Amsterdam.
Instant StartOfDayInAmsterdam(Date day);

// The same day `months` later or earlier; the last day of the month where that day does not exist
// (31 August minus 6 months is 28 or 29 February).
Date AddMonths(Date date, int months);
// The first day of the month of `date`.
Date FirstOfMonth(Date date);

// What records store: days and milliseconds since 1970-01-01.
inline int32_t DaysOf(Date date) { return static_cast<int32_t>(date.time_since_epoch().count()); }
inline Date DateOf(int32_t days) { return Date(std::chrono::days(days)); }
inline int64_t MillisOf(Instant instant) { return instant.time_since_epoch().count(); }
inline Instant InstantOf(int64_t millis) { return Instant(std::chrono::milliseconds(millis)); }

}  // namespace vroegsein
