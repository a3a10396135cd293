// + - * / ** on values (DMN 1.5, 10.3.2.3 and table 45 and further).
#include "rules/feel/machine.h"

namespace vroegsein::feel {

namespace {

Value Numbers(Op op, const Number& a, const Number& b) {
  switch (op) {
    case Op::kAdd: return Value::Number(Number::Add(a, b));
    case Op::kSubtract: return Value::Number(Number::Subtract(a, b));
    case Op::kMultiply: return Value::Number(Number::Multiply(a, b));
    case Op::kDivide: return Value::Number(Number::Divide(a, b));
    default: return Value::Number(Number::Power(a, b));
  }
}

bool IsDuration(const Value& value) {
  return value.kind() == Kind::kDaysDuration || value.kind() == Kind::kMonthsDuration;
}

// Exact while it fits: nanoseconds in a decimal128 hold durations of ten billion years.
std::optional<Number> Nanos(const DaysDuration& duration) {
  const auto seconds =
      Number::Multiply(Number::FromInt(duration.seconds), Number::FromInt(kNanosPerSecond));
  return seconds ? Number::Add(*seconds, Number::FromInt(duration.nanos)) : std::nullopt;
}

Value FromNanos(const std::optional<Number>& nanos) {
  if (!nanos) return Value();
  const auto seconds = Number::Divide(*nanos, Number::FromInt(kNanosPerSecond));
  if (!seconds) return Value();
  const auto whole = Number::Round(*seconds, 0, Rounding::kFloor);
  if (!whole) return Value();
  const auto rest = Number::Subtract(*seconds, *whole);
  const auto scaled = Number::Multiply(*rest, Number::FromInt(kNanosPerSecond));
  const auto count = scaled ? scaled->TruncateToInt64() : std::nullopt;
  const auto whole_seconds = whole->ToInt64();
  if (!count || !whole_seconds) return Value();
  return Value::Of(DaysDuration::Make(*whole_seconds, *count));
}

Value AddDurations(const Value& a, const Value& b, bool subtract) {
  if (a.kind() != b.kind()) return Value();
  if (a.kind() == Kind::kMonthsDuration) {
    int64_t months = 0;
    const int64_t left = a.months_duration().months;
    const int64_t right = b.months_duration().months;
    const bool overflow = subtract ? __builtin_sub_overflow(left, right, &months)
                                   : __builtin_add_overflow(left, right, &months);
    return overflow ? Value() : Value::Of(MonthsDuration{months});
  }
  const DaysDuration& left = a.days_duration();
  const DaysDuration right = subtract ? b.days_duration().Negated() : b.days_duration();
  return Value::Of(DaysDuration::Make(static_cast<__int128>(left.seconds) + right.seconds,
                                      static_cast<int64_t>(left.nanos) + right.nanos));
}

Value ScaleDuration(const Value& duration, const Number& factor, bool divide) {
  const auto scale = [&](const Number& x) {
    return divide ? Number::Divide(x, factor) : Number::Multiply(x, factor);
  };
  if (duration.kind() == Kind::kMonthsDuration) {
    const auto months = scale(Number::FromInt(duration.months_duration().months));
    const auto whole = months ? months->TruncateToInt64() : std::nullopt;
    return whole ? Value::Of(MonthsDuration{*whole}) : Value();
  }
  const auto nanos = Nanos(duration.days_duration());
  return nanos ? FromNanos(scale(*nanos)) : Value();
}

Value DivideDurations(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return Value();
  if (a.kind() == Kind::kMonthsDuration) {
    return Value::Number(Number::Divide(Number::FromInt(a.months_duration().months),
                                        Number::FromInt(b.months_duration().months)));
  }
  const auto left = Nanos(a.days_duration());
  const auto right = Nanos(b.days_duration());
  return left && right ? Value::Number(Number::Divide(*left, *right)) : Value();
}

// A moment plus or minus a duration.
Value Shift(const Value& moment, const Value& duration, bool back) {
  if (duration.kind() == Kind::kMonthsDuration) {
    const int64_t months = duration.months_duration().months;
    const int64_t by = back ? -months : months;
    if (moment.kind() == Kind::kDate) return Value::Of(AddMonths(moment.date(), by));
    if (moment.kind() == Kind::kDateTime) return Value::Of(AddMonths(moment.date_time(), by));
    return Value();
  }
  const DaysDuration by = back ? duration.days_duration().Negated() : duration.days_duration();
  if (moment.kind() == Kind::kTime) return Value::Of(AddDuration(moment.time(), by));
  if (moment.kind() == Kind::kDateTime) return Value::Of(AddDuration(moment.date_time(), by));
  const auto shifted = AddDuration(DateTime::Make(moment.date(), Time()), by);
  return shifted ? Value::Of(shifted->date()) : Value();
}

bool IsMoment(const Value& value) {
  return value.kind() == Kind::kDate || value.kind() == Kind::kTime ||
         value.kind() == Kind::kDateTime;
}

Value MomentDifference(const Value& a, const Value& b) {
  if (a.kind() == Kind::kTime || b.kind() == Kind::kTime) {
    if (a.kind() != b.kind() || a.time().zone.IsLocal() != b.time().zone.IsLocal()) return Value();
    const Date day{};
    return Value::Of(Difference(DateTime::Make(day, a.time()), DateTime::Make(day, b.time())));
  }
  const auto moment = [](const Value& value) {
    if (value.kind() == Kind::kDateTime) return value.date_time();
    return DateTime::Make(value.date(), Time{0, 0, *Zone::Offset(0)});
  };
  const DateTime left = moment(a);
  const DateTime right = moment(b);
  if (left.zone.IsLocal() != right.zone.IsLocal()) return Value();
  return Value::Of(Difference(left, right));
}

Value CombineOthers(Op op, const Value& a, const Value& b) {
  const bool subtract = op == Op::kSubtract;
  if (op == Op::kAdd || subtract) {
    if (IsDuration(a) && IsDuration(b)) return AddDurations(a, b, subtract);
    if (IsMoment(a) && IsDuration(b)) return Shift(a, b, subtract);
    if (!subtract && IsDuration(a) && IsMoment(b)) return Shift(b, a, false);
    if (subtract && IsMoment(a) && IsMoment(b)) return MomentDifference(a, b);
    return Value();
  }
  if (op == Op::kMultiply) {
    if (IsDuration(a) && b.IsNumber()) return ScaleDuration(a, b.number(), false);
    if (a.IsNumber() && IsDuration(b)) return ScaleDuration(b, a.number(), false);
    return Value();
  }
  if (op == Op::kDivide) {
    if (IsDuration(a) && b.IsNumber()) return ScaleDuration(a, b.number(), true);
    if (IsDuration(a) && IsDuration(b)) return DivideDurations(a, b);
  }
  return Value();
}

}  // namespace

Value Combine(Machine& machine, Op op, const Value& a, const Value& b) {
  Value result;
  if (a.IsNumber() && b.IsNumber()) {
    result = Numbers(op, a.number(), b.number());
  } else if (a.IsString() && b.IsString() && op == Op::kAdd) {
    if (a.string().size() + b.string().size() > machine.limits().string_bytes) {
      return machine.Exhaust("a string is too long");
    }
    return machine.String(a.string() + b.string());
  } else {
    result = CombineOthers(op, a, b);
  }
  if (!result.IsNull()) return result;
  return machine.Fail(std::string("no arithmetic result for a ") + KindName(a.kind()) + " and a " +
                      KindName(b.kind()));
}

}  // namespace vroegsein::feel
