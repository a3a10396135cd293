// The numeric functions and not() (DMN 1.5, 10.3.4.2 and 10.3.4.5).
#include "rules/feel/builtins.h"

namespace vroegsein::feel {

namespace {

Value Not(Machine&, const Arguments& arguments) {
  if (!arguments[0].IsBoolean()) return Value();
  return Value::Boolean(!arguments[0].boolean());
}

Value RoundTo(Machine& machine, const Arguments& arguments, Rounding rounding) {
  constexpr int64_t kScaleMin = -6111;
  constexpr int64_t kScaleMax = 6176;
  int64_t scale = 0;
  if (arguments.count > 1) {
    const auto wanted = arguments[1].number().TruncateToInt64();
    if (!wanted || *wanted < kScaleMin || *wanted > kScaleMax) {
      return machine.Fail("the scale is out of range");
    }
    scale = *wanted;
  }
  Value result =
      Value::Number(Number::Round(arguments[0].number(), static_cast<int>(scale), rounding));
  return result.IsNull() ? machine.Fail("the number cannot be rounded so") : result;
}

Value Decimal(Machine& machine, const Arguments& arguments) {
  return RoundTo(machine, arguments, Rounding::kHalfEven);
}
Value Floor(Machine& machine, const Arguments& arguments) {
  return RoundTo(machine, arguments, Rounding::kFloor);
}
Value Ceiling(Machine& machine, const Arguments& arguments) {
  return RoundTo(machine, arguments, Rounding::kCeiling);
}
Value RoundUp(Machine& machine, const Arguments& arguments) {
  return RoundTo(machine, arguments, Rounding::kUp);
}
Value RoundDown(Machine& machine, const Arguments& arguments) {
  return RoundTo(machine, arguments, Rounding::kDown);
}
Value RoundHalfUp(Machine& machine, const Arguments& arguments) {
  return RoundTo(machine, arguments, Rounding::kHalfUp);
}
Value RoundHalfDown(Machine& machine, const Arguments& arguments) {
  return RoundTo(machine, arguments, Rounding::kHalfDown);
}

Value AbsNumber(Machine&, const Arguments& arguments) {
  return Value::Number(arguments[0].number().Abs());
}

Value AbsMonths(Machine&, const Arguments& arguments) {
  const int64_t months = arguments[0].months_duration().months;
  return Value::Of(MonthsDuration{months < 0 ? -months : months});
}

Value AbsDays(Machine&, const Arguments& arguments) {
  const DaysDuration& duration = arguments[0].days_duration();
  return Value::Of(duration.IsNegative() ? duration.Negated() : duration);
}

Value OrFail(Machine& machine, const std::optional<Number>& number) {
  return number ? Value::Number(*number)
                : machine.Fail("this function has no result for this number");
}

Value Modulo(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, Number::Modulo(arguments[0].number(), arguments[1].number()));
}
Value Sqrt(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, Number::Sqrt(arguments[0].number()));
}
Value Log(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, Number::Log(arguments[0].number()));
}
Value Exp(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, Number::Exp(arguments[0].number()));
}

Value Parity(Machine& machine, const Arguments& arguments, bool odd) {
  if (!arguments[0].number().IsInteger()) return Value::Boolean(false);
  const auto rest = Number::Modulo(arguments[0].number(), Number::FromInt(2));
  if (!rest) return machine.Fail("this number is neither odd nor even");
  return Value::Boolean(rest->IsZero() != odd);
}
Value Odd(Machine& machine, const Arguments& arguments) { return Parity(machine, arguments, true); }
Value Even(Machine& machine, const Arguments& arguments) {
  return Parity(machine, arguments, false);
}

}  // namespace

const std::vector<BuiltinRow>& NumberBuiltins() {
  static const std::vector<BuiltinRow> rows = {
      {"not(negand:*)->boolean", Not},
      {"decimal(n:n, scale:n)->number", Decimal},
      {"floor(n:n, scale:n=)->number", Floor},
      {"ceiling(n:n, scale:n=)->number", Ceiling},
      {"round up(n:n, scale:n)->number", RoundUp},
      {"round down(n:n, scale:n)->number", RoundDown},
      {"round half up(n:n, scale:n)->number", RoundHalfUp},
      {"round half down(n:n, scale:n)->number", RoundHalfDown},
      {"abs(n:n)", AbsNumber},
      {"abs(n:y)", AbsMonths},
      {"abs(n:x)", AbsDays},
      {"modulo(dividend:n, divisor:n)->number", Modulo},
      {"sqrt(number:n)->number", Sqrt},
      {"log(number:n)->number", Log},
      {"exp(number:n)->number", Exp},
      {"odd(number:n)->boolean", Odd},
      {"even(number:n)->boolean", Even},
  };
  return rows;
}

}  // namespace vroegsein::feel
