#include "ingest/calendar.h"

#include <date/tz.h>
#include <fmt/format.h>

namespace vroegsein {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

const date::time_zone& Amsterdam() {
  static const date::time_zone& zone = *date::locate_zone("Europe/Amsterdam");
  return zone;
}

std::optional<int> Digits(std::string_view text, size_t from, size_t count) {
  if (from + count > text.size()) return std::nullopt;
  int value = 0;
  for (size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// The fraction after the seconds, in milliseconds; moves `at` behind it.
std::optional<int> ParseFraction(std::string_view text, size_t& at) {
  if (at >= text.size() || text[at] != '.') return 0;
  size_t digits = 0;
  int millis = 0;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
    if (digits < 3) millis = millis * 10 + (text[at] - '0');
  }
  if (digits == 0 || digits > 9) return std::nullopt;
  for (; digits < 3; ++digits) millis *= 10;
  return millis;
}

// The offset at the end, in minutes.
std::optional<int> ParseOffset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  auto hours = Digits(text, 1, 2);
  auto minutes = Digits(text, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  int total = *hours * 60 + *minutes;
  return text[0] == '-' ? -total : total;
}

}  // namespace

std::optional<Date> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto y = Digits(text, 0, 4);
  auto m = Digits(text, 5, 2);
  auto d = Digits(text, 8, 2);
  if (!y || !m || !d) return std::nullopt;
  year_month_day ymd(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
  if (!ymd.ok()) return std::nullopt;
  return Date(ymd);
}

// Asked of every resident with a birth date: written out by hand, where its year has four digits.
std::string FormatDate(Date date) {
  year_month_day ymd(date);
  int year = static_cast<int>(ymd.year());
  auto month = static_cast<unsigned>(ymd.month()), day = static_cast<unsigned>(ymd.day());
  if (year < 0 || year > 9'999) return fmt::format("{:04}-{:02}-{:02}", year, month, day);
  auto digits = static_cast<unsigned>(year);
  auto digit = [](unsigned number) { return static_cast<char>('0' + number % 10); };
  return {digit(digits / 1'000),
          digit(digits / 100),
          digit(digits / 10),
          digit(digits),
          '-',
          digit(month / 10),
          digit(month),
          '-',
          digit(day / 10),
          digit(day)};
}

std::optional<Instant> ParseInstant(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  if (text[13] != ':' || text[16] != ':') return std::nullopt;
  auto date = ParseDate(text.substr(0, 10));
  auto hours = Digits(text, 11, 2);
  auto minutes = Digits(text, 14, 2);
  auto seconds = Digits(text, 17, 2);
  if (!date || !hours || !minutes || !seconds) return std::nullopt;
  if (*hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
  size_t at = 19;
  auto millis = ParseFraction(text, at);
  if (!millis) return std::nullopt;
  auto offset = ParseOffset(text.substr(at));
  if (!offset) return std::nullopt;
  return Instant(*date) + std::chrono::hours(*hours) + std::chrono::minutes(*minutes - *offset) +
         std::chrono::seconds(*seconds) + std::chrono::milliseconds(*millis);
}

std::string FormatInstant(Instant instant) {
  auto day_start = std::chrono::floor<std::chrono::days>(instant);
  auto millis = static_cast<unsigned>((instant - day_start).count());
  unsigned seconds = millis / 1'000;
  std::string text = FormatDate(day_start);
  auto append = [&text](char before, unsigned number, unsigned place) {
    text += before;
    for (; place > 0; place /= 10) text += static_cast<char>('0' + number / place % 10);
  };
  append('T', seconds / 3'600, 10);
  append(':', seconds / 60 % 60, 10);
  append(':', seconds % 60, 10);
  if (millis % 1'000 != 0) append('.', millis % 1'000, 100);
  return text + 'Z';
}

Date DayInAmsterdam(Instant instant) {
  // Half a year has one offset, and one day is asked for after another.
  thread_local date::sys_info known{};
  auto seconds = date::floor<std::chrono::seconds>(instant);
  if (seconds < known.begin || seconds >= known.end) known = Amsterdam().get_info(seconds);
  return date::floor<date::days>(instant + known.offset);
}

Instant StartOfDayInAmsterdam(Date day_date) {
  date::local_days local(date::days(day_date.time_since_epoch().count()));
  return Instant(std::chrono::duration_cast<std::chrono::milliseconds>(
      Amsterdam().to_sys(local, date::choose::earliest).time_since_epoch()));
}

Date AddMonths(Date date, int months) {
  year_month_day ymd(date);
  auto target = ymd + std::chrono::months(months);
  if (target.ok()) return Date(target);
  return Date(target.year() / target.month() / std::chrono::last);
}

Date FirstOfMonth(Date date) {
  year_month_day ymd(date);
  return Date(ymd.year() / ymd.month() / day(1));
}

}  // namespace vroegsein
