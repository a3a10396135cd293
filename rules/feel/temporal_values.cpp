#include "rules/feel/temporal_values.h"

namespace vroegsein::feel {

Value ParseDuration(std::string_view text) {
  if (const auto months = MonthsDuration::Parse(text)) return Value::Of(*months);
  return Value::Of(DaysDuration::Parse(text));
}

Value ParseTemporal(std::string_view text) {
  if (const auto date = Date::Parse(text)) return Value::Of(*date);
  if (const auto time = Time::Parse(text)) return Value::Of(*time);
  if (const auto moment = DateTime::Parse(text)) return Value::Of(*moment);
  return ParseDuration(text);
}

namespace {

Value DateProperty(const Date& date, std::string_view name, bool* known) {
  *known = true;
  if (name == "year") return Value::Number(date.year);
  if (name == "month") return Value::Number(date.month);
  if (name == "day") return Value::Number(date.day);
  if (name == "weekday") return Value::Number(date.Weekday());
  *known = false;
  return Value();
}

Value TimeProperty(const Time& time, int64_t offset, std::string_view name, bool* known) {
  *known = true;
  if (name == "hour") return Value::Number(time.second_of_day / 3600);
  if (name == "minute") return Value::Number(time.second_of_day / 60 % 60);
  if (name == "second") {
    if (time.nanos == 0) return Value::Number(time.second_of_day % 60);
    const int64_t nanos =
        static_cast<int64_t>(time.second_of_day % 60) * kNanosPerSecond + time.nanos;
    return Value::Number(Number::FromScaled(nanos, -9));
  }
  if (name == "time offset") {
    if (time.zone.IsLocal()) return Value();
    return Value::Of(DaysDuration{offset, 0});
  }
  if (name == "timezone") {
    return time.zone.IsNamed() ? Value::String(time.zone.Name()) : Value();
  }
  *known = false;
  return Value();
}

Value DaysProperty(const DaysDuration& duration, std::string_view name, bool* known) {
  *known = true;
  const bool negative = duration.IsNegative();
  const DaysDuration size = negative ? duration.Negated() : duration;
  const int64_t sign = negative ? -1 : 1;
  if (name == "days") return Value::Number(sign * (size.seconds / kSecondsPerDay));
  if (name == "hours") return Value::Number(sign * (size.seconds / 3600 % 24));
  if (name == "minutes") return Value::Number(sign * (size.seconds / 60 % 60));
  if (name == "seconds") {
    if (size.nanos == 0) return Value::Number(sign * (size.seconds % 60));
    return Value::Number(
        Number::FromScaled(sign * ((size.seconds % 60) * kNanosPerSecond + size.nanos), -9));
  }
  *known = false;
  return Value();
}

Value RangeProperty(const RangeObject& range, std::string_view name, bool* known) {
  *known = true;
  if (name == "start") return range.start;
  if (name == "end") return range.end;
  if (name == "start included") return Value::Boolean(range.start_included);
  if (name == "end included") return Value::Boolean(range.end_included);
  *known = false;
  return Value();
}

}  // namespace

Value Property(const Value& value, std::string_view name, bool* known) {
  *known = false;
  switch (value.kind()) {
    case Kind::kDate: return DateProperty(value.date(), name, known);
    case Kind::kTime: {
      const Time& time = value.time();
      return TimeProperty(time, time.zone.OffsetAtLocal(time.second_of_day), name, known);
    }
    case Kind::kDateTime: {
      const DateTime& moment = value.date_time();
      Value part = DateProperty(moment.date(), name, known);
      if (*known) return part;
      return TimeProperty(moment.time(), moment.zone.OffsetAtLocal(moment.local_seconds), name,
                          known);
    }
    case Kind::kDaysDuration: return DaysProperty(value.days_duration(), name, known);
    case Kind::kMonthsDuration: {
      const int64_t months = value.months_duration().months;
      *known = name == "years" || name == "months";
      if (name == "years") return Value::Number(months / 12);
      return *known ? Value::Number(months % 12) : Value();
    }
    case Kind::kRange: return RangeProperty(value.range(), name, known);
    default: return Value();
  }
}

}  // namespace vroegsein::feel
