// The functions of the calendar and the clock (DMN 1.5, 10.3.4.7 to 10.3.4.9).
#include <array>

#include "rules/feel/builtins.h"

namespace vroegsein::feel {

namespace {

Date DateOf(const Value& value) {
  return value.kind() == Kind::kDate ? value.date() : value.date_time().date();
}

Value DayOfYear(Machine&, const Arguments& arguments) {
  const Date date = DateOf(arguments[0]);
  const Date first{date.year, 1, 1};
  return Value::Number(date.Days() - first.Days() + 1);
}

Value DayOfWeek(Machine&, const Arguments& arguments) {
  constexpr std::array<const char*, 7> kNames = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                 "Friday", "Saturday", "Sunday"};
  return Value::String(kNames[static_cast<size_t>(DateOf(arguments[0]).Weekday() - 1)]);
}

Value MonthOfYear(Machine&, const Arguments& arguments) {
  constexpr std::array<const char*, 12> kNames = {"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
  return Value::String(kNames[static_cast<size_t>(DateOf(arguments[0]).month - 1)]);
}

// ISO 8601: the week that holds the year's first Thursday is week 1.
Value WeekOfYear(Machine&, const Arguments& arguments) {
  const Date date = DateOf(arguments[0]);
  const int64_t thursday = date.Days() - date.Weekday() + 4;
  const auto in_year = Date::FromDays(thursday);
  if (!in_year) return Value();
  const Date first{in_year->year, 1, 1};
  return Value::Number((thursday - first.Days()) / 7 + 1);
}

Value Now(Machine& machine, const Arguments&) {
  if (!machine.now()) return machine.Fail("the time of this evaluation is not set");
  return Value::Of(*machine.now());
}

Value Today(Machine& machine, const Arguments&) {
  if (!machine.now()) return machine.Fail("the time of this evaluation is not set");
  return Value::Of(machine.now()->date());
}

}  // namespace

const std::vector<BuiltinRow>& TemporalBuiltins() {
  static const std::vector<BuiltinRow> rows = {
      {"day of year(date:m)->number", DayOfYear},
      {"day of week(date:m)->string", DayOfWeek},
      {"month of year(date:m)->string", MonthOfYear},
      {"week of year(date:m)->number", WeekOfYear},
      {"now()->date and time", Now},
      {"today()->date", Today},
  };
  return rows;
}

}  // namespace vroegsein::feel
