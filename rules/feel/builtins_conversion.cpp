// The conversion functions, is() and range() (DMN 1.5, 10.3.4.1 and 10.3.4.6).
#include <algorithm>

#include "rules/feel/builtins.h"
#include "rules/feel/compiler.h"
#include "rules/feel/temporal_values.h"

namespace vroegsein::feel {

namespace {

Value OrFail(Machine& machine, Value value, const char* what) {
  return value.IsNull() ? machine.Fail(std::string("this is no ") + what) : value;
}

Value DateFromText(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, Value::Of(Date::Parse(arguments[0].string())), "date");
}

Value DateFromMoment(Machine&, const Arguments& arguments) {
  if (arguments[0].kind() == Kind::kDate) return arguments[0];
  return Value::Of(arguments[0].date_time().date());
}

Value DateFromParts(Machine& machine, const Arguments& arguments) {
  const auto year = arguments[0].number().ToInt64();
  const auto month = arguments[1].number().ToInt64();
  const auto day = arguments[2].number().ToInt64();
  if (!year || !month || !day) return machine.Fail("a date is made of whole numbers");
  return OrFail(machine, Value::Of(Date::Make(*year, *month, *day)), "date");
}

Value DateTimeFromText(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, Value::Of(DateTime::Parse(arguments[0].string())), "date and time");
}

Value DateTimeFromMoment(Machine&, const Arguments& arguments) {
  if (arguments[0].kind() == Kind::kDateTime) return arguments[0];
  return Value::Of(DateTime::Make(arguments[0].date(), Time{0, 0, *Zone::Offset(0)}));
}

Value DateTimeFromBoth(Machine&, const Arguments& arguments) {
  const Date date =
      arguments[0].kind() == Kind::kDate ? arguments[0].date() : arguments[0].date_time().date();
  return Value::Of(DateTime::Make(date, arguments[1].time()));
}

// Seconds with a fraction, as whole seconds and nanoseconds.
std::optional<std::pair<int64_t, int32_t>> Seconds(const Number& number) {
  const auto whole = number.TruncateToInt64();
  if (!whole || number.IsNegative()) return std::nullopt;
  const auto rest = Number::Subtract(number, Number::FromInt(*whole));
  const auto nanos =
      rest ? Number::Multiply(*rest, Number::FromInt(kNanosPerSecond)) : std::nullopt;
  const auto count = nanos ? nanos->TruncateToInt64() : std::nullopt;
  if (!count) return std::nullopt;
  return std::pair(*whole, static_cast<int32_t>(*count));
}

std::optional<Zone> ZoneFrom(const DaysDuration& offset) {
  constexpr int64_t kFarMax = 100000;
  if (offset.nanos != 0 || offset.seconds > kFarMax || offset.seconds < -kFarMax)
    return std::nullopt;
  return Zone::Offset(static_cast<int>(offset.seconds));
}

std::optional<Time> TimeOf(const Value& hour, const Value& minute, const Value& second, Zone zone) {
  const auto hours = hour.number().ToInt64();
  const auto minutes = minute.number().ToInt64();
  const auto seconds = Seconds(second.number());
  if (!hours || !minutes || !seconds) return std::nullopt;
  return Time::Make(*hours, *minutes, seconds->first, seconds->second, zone);
}

Value TimeFromText(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, Value::Of(Time::Parse(arguments[0].string())), "time");
}

Value TimeFromMoment(Machine&, const Arguments& arguments) {
  const Value& from = arguments[0];
  if (from.kind() == Kind::kDateTime) return Value::Of(from.date_time().time());
  return Value::Of(Time{0, 0, *Zone::Offset(0)});
}

Value TimeFromTime(Machine&, const Arguments& arguments) { return arguments[0]; }

Value TimeFromParts(Machine& machine, const Arguments& arguments) {
  std::optional<Zone> zone = Zone();
  if (arguments.Given(3)) zone = ZoneFrom(arguments[3].days_duration());
  if (!zone) return machine.Fail("this is no offset");
  return OrFail(machine, Value::Of(TimeOf(arguments[0], arguments[1], arguments[2], *zone)),
                "time");
}

Value MomentFromParts(Machine& machine, const Arguments& arguments,
                      const std::optional<Zone>& zone) {
  const Value date = DateFromParts(machine, arguments);
  if (date.IsNull() || !zone) return machine.Fail("this is no date and time");
  const auto time = TimeOf(arguments[3], arguments[4], arguments[5], *zone);
  if (!time) return machine.Fail("this is no date and time");
  return Value::Of(DateTime::Make(date.date(), *time));
}

Value DateTimeFromPartsOffset(Machine& machine, const Arguments& arguments) {
  std::optional<Zone> zone = Zone();
  if (arguments.Given(6)) zone = ZoneFrom(arguments[6].days_duration());
  return MomentFromParts(machine, arguments, zone);
}

Value DateTimeFromPartsZone(Machine& machine, const Arguments& arguments) {
  return MomentFromParts(machine, arguments, Zone::Named(arguments[6].string()));
}

Value NumberFromText(Machine& machine, const Arguments& arguments) {
  const auto number = Number::Parse(arguments[0].string());
  return number ? Value::Number(*number) : machine.Fail("this is no number");
}

Value NumberFromNumber(Machine&, const Arguments& arguments) { return arguments[0]; }

Value NumberWithSeparators(Machine& machine, const Arguments& arguments) {
  std::string text = arguments[0].string();
  const std::string grouping = arguments.Given(1) ? arguments[1].string() : "";
  const std::string decimal = arguments.Given(2) ? arguments[2].string() : "";
  const bool grouping_known =
      grouping.empty() || grouping == " " || grouping == "," || grouping == ".";
  const bool decimal_known = decimal.empty() || decimal == "," || decimal == ".";
  const bool given_empty =
      (arguments.Given(1) && grouping.empty()) || (arguments.Given(2) && decimal.empty());
  if (!grouping_known || !decimal_known || given_empty ||
      (!grouping.empty() && grouping == decimal)) {
    return machine.Fail("these are no separators of a number");
  }
  if (!grouping.empty()) std::erase(text, grouping[0]);
  if (decimal == ",") {
    if (text.find('.') != std::string::npos) return machine.Fail("this is no number");
    std::replace(text.begin(), text.end(), ',', '.');
  }
  const auto number = Number::Parse(text);
  return number ? Value::Number(*number) : machine.Fail("this is no number");
}

Value StringOf(Machine& machine, const Arguments& arguments) {
  if (arguments[0].IsNull()) return Value();
  const Value& value = arguments[0];
  // Every part makes at least one byte; a string is 16 to a part.
  const bool whole = value.IsString();
  if (!whole && value.weight() > machine.limits().string_bytes) {
    return machine.Exhaust("a string is too long");
  }
  if (!machine.Spend(value.weight())) return Value();
  return whole ? value : machine.String(value.ToString());
}

Value DurationFromText(Machine& machine, const Arguments& arguments) {
  return OrFail(machine, ParseDuration(arguments[0].string()), "duration");
}

Value DurationFromDuration(Machine&, const Arguments& arguments) { return arguments[0]; }

Value MonthsBetweenMoments(Machine&, const Arguments& arguments) {
  const auto day = [](const Value& value) {
    return value.kind() == Kind::kDateTime ? value.date_time().date() : value.date();
  };
  return Value::Of(MonthsDuration{MonthsBetween(day(arguments[0]), day(arguments[1]))});
}

Value Is(Machine& machine, const Arguments& arguments) {
  if (!machine.Spend(std::min(arguments[0].weight(), arguments[1].weight()))) return Value();
  return Value::Boolean(Identical(arguments[0], arguments[1]));
}

// The ends of a range in text are literals, or calls that make one: no names of the model.
bool IsLiteralEnd(const Node* node) {
  if (node->op == Op::kConstant) return !node->value.IsFunction();
  if (node->op == Op::kNegate) return IsLiteralEnd(node->kids[0]);
  if (node->op != Op::kCall || node->builtin == nullptr) return false;
  static constexpr std::string_view kMakers[] = {"date", "time", "date and time", "duration",
                                                 "years and months duration"};
  if (std::find(std::begin(kMakers), std::end(kMakers), node->builtin->name) == std::end(kMakers)) {
    return false;
  }
  return std::all_of(node->kids.begin() + 1, node->kids.end(), IsLiteralEnd);
}

// The value of one end in text; null with a message where it is no literal.
Value EndFromText(Machine& machine, std::string_view text) {
  Program program;
  const Environment nothing;
  Compiler compiler(&program, &nothing);
  Node* root = compiler.Expression(text);
  compiler.Finish(root);
  if (!compiler.errors().empty() || !IsLiteralEnd(root)) return machine.Fail("this is no range");
  return machine.Run(program);
}

// "[2..)" and "(..2]": a range that is open on one side, as (>= 2) and (<= 2) are.
Value HalfRangeFromText(Machine& machine, std::string_view text) {
  const std::string_view inside = text.substr(1, text.size() - 2);
  const bool no_start = inside.starts_with("..");
  const Value end =
      EndFromText(machine, no_start ? inside.substr(2) : inside.substr(0, inside.size() - 2));
  if (end.IsNull()) return machine.Fail("this is no range");
  constexpr auto kForm = RangeObject::Form::kUnaryTest;
  return no_start ? MakeRange(Value(), false, end, text.back() == ']', kForm)
                  : MakeRange(end, text.front() == '[', Value(), false, kForm);
}

Value RangeFromText(Machine& machine, const Arguments& arguments) {
  constexpr size_t kRangeBytesMax = 1000;
  const std::string& text = arguments[0].string();
  if (text.size() > kRangeBytesMax) return machine.Fail("this is no range");
  constexpr std::string_view kOpening = "[(]";
  constexpr std::string_view kClosing = "])[";
  const bool enclosed = text.size() > 4 && kOpening.find(text.front()) != std::string_view::npos &&
                        kClosing.find(text.back()) != std::string_view::npos;
  if (enclosed && (text.substr(1, 2) == ".." || text.substr(text.size() - 3, 2) == "..")) {
    return HalfRangeFromText(machine, text);
  }
  Program program;
  const Environment nothing;
  Compiler compiler(&program, &nothing);
  Node* root = compiler.Expression(text);
  compiler.Finish(root);
  // A range between constants is a constant by now.
  const bool literal =
      root->op == Op::kConstant
          ? root->value.IsRange()
          : root->op == Op::kRange && IsLiteralEnd(root->kids[0]) && IsLiteralEnd(root->kids[1]);
  if (!compiler.errors().empty() || !literal) return machine.Fail("this is no range");
  const Value range = machine.Run(program);
  if (range.IsNull()) return Value();
  const bool open = range.range().start.IsNull() || range.range().end.IsNull();
  if (open && range.range().form == RangeObject::Form::kEnds) {
    return machine.Fail("a range needs an end");
  }
  return range;
}

}  // namespace

const std::vector<BuiltinRow>& ConversionBuiltins() {
  static const std::vector<BuiltinRow> rows = {
      {"date(from:s)->date", DateFromText},
      {"date(from:m)->date", DateFromMoment},
      {"date(year:n, month:n, day:n)->date", DateFromParts},
      {"date and time(from:s)->date and time", DateTimeFromText},
      {"date and time(from:m)->date and time", DateTimeFromMoment},
      {"date and time(date:m, time:t)->date and time", DateTimeFromBoth},
      {"date and time(year:n, month:n, day:n, hour:n, minute:n, second:n, offset:x?=)->date and "
       "time",
       DateTimeFromPartsOffset},
      {"date and time(year:n, month:n, day:n, hour:n, minute:n, second:n, timezone:s)->date and "
       "time",
       DateTimeFromPartsZone},
      {"time(from:s)->time", TimeFromText},
      {"time(from:t)->time", TimeFromTime},
      {"time(from:m)->time", TimeFromMoment},
      {"time(hour:n, minute:n, second:n, offset:x?=)->time", TimeFromParts},
      {"number(from:s)->number", NumberFromText},
      {"number(from:n)->number", NumberFromNumber},
      {"number(from:s, grouping separator:s?, decimal separator:s?=)->number",
       NumberWithSeparators},
      {"string(from:*)->string", StringOf},
      {"duration(from:s)", DurationFromText},
      {"duration(from:x)", DurationFromDuration},
      {"duration(from:y)", DurationFromDuration},
      {"years and months duration(from:m, to:m)->years and months duration", MonthsBetweenMoments},
      {"is(value1:*, value2:*)->boolean", Is},
      {"range(from:s)", RangeFromText},
  };
  return rows;
}

}  // namespace vroegsein::feel
