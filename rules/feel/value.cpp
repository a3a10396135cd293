#include "rules/feel/value.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace vroegsein::feel {

namespace {

// The value of a fresh object; null when it is too deep or too heavy.
Value AdoptChecked(Kind kind, const Object* object) {
  const bool fits = object->depth() <= Value::kDepthMax && object->weight() <= Value::kWeightMax;
  Value out = Value::Adopt(kind, object);
  return fits ? out : Value::Null();
}

}  // namespace

const char* KindName(Kind kind) {
  switch (kind) {
    case Kind::kNull: return "null";
    case Kind::kBoolean: return "boolean";
    case Kind::kNumber: return "number";
    case Kind::kString: return "string";
    case Kind::kDate: return "date";
    case Kind::kTime: return "time";
    case Kind::kDateTime: return "date and time";
    case Kind::kDaysDuration: return "days and time duration";
    case Kind::kMonthsDuration: return "years and months duration";
    case Kind::kRange: return "range";
    case Kind::kList: return "list";
    case Kind::kContext: return "context";
    case Kind::kFunction: return "function";
  }
  return "?";
}

void Value::StopForWrongKind() {
  std::fputs("rules: a FEEL value was asked for what it is not\n", stderr);
  std::abort();
}

Value Value::String(std::string_view text) {
  return Adopt(Kind::kString, new StringObject(std::string(text)));
}

Value Value::Of(const feel::Date& value) {
  Value out;
  out.kind_ = Kind::kDate;
  out.date_ = value;
  return out;
}

Value Value::Of(const feel::Time& value) {
  Value out;
  out.kind_ = Kind::kTime;
  out.time_ = value;
  return out;
}

Value Value::Of(const feel::DateTime& value) {
  Value out;
  out.kind_ = Kind::kDateTime;
  out.date_time_ = value;
  return out;
}

Value Value::Of(const feel::DaysDuration& value) {
  Value out;
  out.kind_ = Kind::kDaysDuration;
  out.days_duration_ = value;
  return out;
}

Value Value::Of(const feel::MonthsDuration& value) {
  Value out;
  out.kind_ = Kind::kMonthsDuration;
  out.months_duration_ = value;
  return out;
}

Value Value::Adopt(Kind kind, const Object* object) {
  Value out;
  out.kind_ = kind;
  out.object_ = object;
  return out;
}

const RangeObject& Value::range() const {
  RequireKind(Kind::kRange);
  return *static_cast<const RangeObject*>(object_);
}

const FunctionObject& Value::function() const {
  RequireKind(Kind::kFunction);
  return *static_cast<const FunctionObject*>(object_);
}

const Value* Value::Find(std::string_view name) const {
  return kind_ == Kind::kContext ? context().Find(name) : nullptr;
}

void Object::Hold(const Value& part) {
  depth_ = std::max(depth_, part.depth() + 1);
  // Both are at most a little over kWeightMax: no overflow.
  weight_ = std::min(weight_ + part.weight(), Value::kWeightMax + 1);
}

ListObject::ListObject(std::vector<Value> items) : items_(std::move(items)) {
  depth_ = 1;
  for (const Value& item : items_) Hold(item);
}

ContextObject::ContextObject(std::vector<Entry> entries) : entries_(std::move(entries)) {
  depth_ = 1;
  for (const Entry& entry : entries_) {
    Hold(entry.value);
    Hold(entry.key);
  }
}

const Value* ContextObject::Find(std::string_view name) const {
  for (const Entry& entry : entries_) {
    if (entry.name() == name) return &entry.value;
  }
  return nullptr;
}

RangeObject::RangeObject(Value start_end, bool start_in, Value end_end, bool end_in,
                         Form range_form)
    : start(std::move(start_end)),
      end(std::move(end_end)),
      start_included(start_in),
      end_included(end_in),
      form(range_form) {
  Hold(start);
  Hold(end);
}

Value MakeList(std::vector<Value> items) {
  return AdoptChecked(Kind::kList, new ListObject(std::move(items)));
}

Value MakeContext(std::vector<ContextObject::Entry> entries) {
  return AdoptChecked(Kind::kContext, new ContextObject(std::move(entries)));
}

Value MakeRange(Value start, bool start_included, Value end, bool end_included,
                RangeObject::Form form) {
  return AdoptChecked(Kind::kRange, new RangeObject(std::move(start), start_included,
                                                    std::move(end), end_included, form));
}

void ContextBuilder::Put(const Value& key, Value value) {
  for (auto& entry : entries_) {
    if (entry.key.object() == key.object() || entry.name() == key.string()) {
      entry.value = std::move(value);
      return;
    }
  }
  entries_.push_back({key, std::move(value)});
}

void ContextBuilder::Put(std::string_view key, Value value) {
  Put(Value::String(key), std::move(value));
}

const Value* ContextBuilder::Find(std::string_view name) const {
  for (const auto& entry : entries_) {
    if (entry.name() == name) return &entry.value;
  }
  return nullptr;
}

namespace {

std::optional<int> OrderMoments(const DateTime& a, const DateTime& b) {
  if (a.zone.IsLocal() != b.zone.IsLocal()) return std::nullopt;
  const auto left = std::pair(a.Instant(), a.nanos);
  const auto right = std::pair(b.Instant(), b.nanos);
  return left < right ? -1 : (right < left ? 1 : 0);
}

// Where a time stands in its day: its offset is that of 1970-01-01 for a named zone.
std::optional<int> OrderTimes(const Time& a, const Time& b) {
  if (a.zone.IsLocal() != b.zone.IsLocal()) return std::nullopt;
  const auto left = std::pair(a.second_of_day - a.zone.OffsetAtLocal(a.second_of_day), a.nanos);
  const auto right = std::pair(b.second_of_day - b.zone.OffsetAtLocal(b.second_of_day), b.nanos);
  return left < right ? -1 : (right < left ? 1 : 0);
}

template <typename T>
int Three(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

DateTime Midnight(const Date& date) { return DateTime::Make(date, Time{0, 0, *Zone::Offset(0)}); }

// Whether what they hold is so, pair by pair, by `same`.
template <typename Same>
bool AlikeLists(const std::vector<Value>& a, const std::vector<Value>& b, const Same& same) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

template <typename Same>
bool AlikeContexts(const ContextObject& a, const ContextObject& b, const Same& same) {
  const auto found = [&](const ContextObject::Entry& entry) {
    const Value* other = b.Find(entry.name());
    return other != nullptr && same(entry.value, *other);
  };
  return a.entries().size() == b.entries().size() &&
         std::all_of(a.entries().begin(), a.entries().end(), found);
}

template <typename Same>
bool AlikeRanges(const RangeObject& a, const RangeObject& b, const Same& same) {
  return a.form == b.form && a.start_included == b.start_included &&
         a.end_included == b.end_included && same(a.start, b.start) && same(a.end, b.end);
}

bool SurelyEqual(const Value& a, const Value& b) { return Equal(a, b).value_or(false); }

// Two times are equal when they are so in whole seconds (DMN 1.5, table 55).
Value WholeSeconds(const Value& value) {
  if (value.kind() == Kind::kTime) {
    Time time = value.time();
    time.nanos = 0;
    return Value::Of(time);
  }
  DateTime moment = value.date_time();
  moment.nanos = 0;
  return Value::Of(moment);
}

std::optional<bool> EqualSameKind(const Value& a, const Value& b) {
  switch (a.kind()) {
    case Kind::kNull: return true;
    case Kind::kBoolean: return a.boolean() == b.boolean();
    case Kind::kNumber: return a.number() == b.number();
    case Kind::kString: return a.object() == b.object() || a.string() == b.string();
    case Kind::kDate: return a.date() == b.date();
    case Kind::kTime:
    case Kind::kDateTime: {
      const auto order = Order(WholeSeconds(a), WholeSeconds(b));
      return order ? std::optional<bool>(*order == 0) : std::nullopt;
    }
    case Kind::kDaysDuration: return a.days_duration() == b.days_duration();
    case Kind::kMonthsDuration: return a.months_duration() == b.months_duration();
    case Kind::kRange: return AlikeRanges(a.range(), b.range(), SurelyEqual);
    case Kind::kList: return AlikeLists(a.list(), b.list(), SurelyEqual);
    case Kind::kContext: return AlikeContexts(a.context(), b.context(), SurelyEqual);
    case Kind::kFunction: return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> Order(const Value& a, const Value& b) {
  if (a.kind() == Kind::kDate && b.kind() == Kind::kDateTime) {
    return OrderMoments(Midnight(a.date()), b.date_time());
  }
  if (a.kind() == Kind::kDateTime && b.kind() == Kind::kDate) {
    return OrderMoments(a.date_time(), Midnight(b.date()));
  }
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::kNumber: return Number::Compare(a.number(), b.number());
    case Kind::kString: return Three(a.string(), b.string());
    case Kind::kDate: return Three(a.date().Days(), b.date().Days());
    case Kind::kTime: return OrderTimes(a.time(), b.time());
    case Kind::kDateTime: return OrderMoments(a.date_time(), b.date_time());
    case Kind::kDaysDuration:
      return Three(std::pair(a.days_duration().seconds, a.days_duration().nanos),
                   std::pair(b.days_duration().seconds, b.days_duration().nanos));
    case Kind::kMonthsDuration:
      return Three(a.months_duration().months, b.months_duration().months);
    default: return std::nullopt;
  }
}

std::optional<bool> Equal(const Value& a, const Value& b) {
  if (a.kind() == b.kind()) return EqualSameKind(a, b);
  if (a.IsNull() || b.IsNull()) return false;
  if (a.IsList() && a.list().size() == 1) return Equal(a.list()[0], b);
  if (b.IsList() && b.list().size() == 1) return Equal(a, b.list()[0]);
  const auto order = Order(a, b);
  return order ? std::optional<bool>(*order == 0) : std::nullopt;
}

std::optional<bool> Contains(const RangeObject& range, const Value& value) {
  if (range.form == RangeObject::Form::kNotEqual) {
    const auto equal = Equal(value, range.start);
    return equal ? std::optional<bool>(!*equal) : std::nullopt;
  }
  if (range.form == RangeObject::Form::kUnaryTest && range.start_included && range.end_included) {
    return Equal(value, range.start);
  }
  // Only a test like (< 10) has an end that is open; an end that came out as null is unknown.
  const bool ends_known = !range.start.IsNull() && !range.end.IsNull();
  if (value.IsNull() || (range.form == RangeObject::Form::kEnds && !ends_known))
    return std::nullopt;
  if (range.start.IsNull() && range.end.IsNull()) return std::nullopt;
  if (!range.start.IsNull()) {
    const auto order = Order(range.start, value);
    if (!order) return std::nullopt;
    if (*order > 0 || (*order == 0 && !range.start_included)) return false;
  }
  if (!range.end.IsNull()) {
    const auto order = Order(value, range.end);
    if (!order) return std::nullopt;
    if (*order > 0 || (*order == 0 && !range.end_included)) return false;
  }
  return true;
}

bool Identical(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Kind::kList: return AlikeLists(a.list(), b.list(), Identical);
    case Kind::kContext: return AlikeContexts(a.context(), b.context(), Identical);
    case Kind::kRange: return AlikeRanges(a.range(), b.range(), Identical);
    case Kind::kTime:
      return a.time().second_of_day == b.time().second_of_day && a.time().nanos == b.time().nanos &&
             a.time().zone == b.time().zone;
    case Kind::kDateTime:
      return a.date_time().local_seconds == b.date_time().local_seconds &&
             a.date_time().nanos == b.date_time().nanos && a.date_time().zone == b.date_time().zone;
    case Kind::kFunction: return a.object() == b.object();
    default: return Equal(a, b).value_or(false);
  }
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

namespace {

void Append(const Value& value, bool quoted, std::string* out);

void AppendRange(const RangeObject& range, std::string* out) {
  *out += range.start_included ? '[' : '(';
  Append(range.start, true, out);
  *out += "..";
  Append(range.end, true, out);
  *out += range.end_included ? ']' : ')';
}

bool PlainName(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return c == ' ' || c == '_' || static_cast<unsigned char>(c) >= 0x80 ||
           (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

void AppendContext(const ContextObject& context, std::string* out) {
  *out += '{';
  bool first = true;
  for (const auto& entry : context.entries()) {
    if (!first) *out += ", ";
    first = false;
    *out += PlainName(entry.name()) ? entry.name() : Quoted(entry.name());
    *out += ": ";
    Append(entry.value, true, out);
  }
  *out += '}';
}

void Append(const Value& value, bool quoted, std::string* out) {
  switch (value.kind()) {
    case Kind::kNull: *out += "null"; return;
    case Kind::kBoolean: *out += value.boolean() ? "true" : "false"; return;
    case Kind::kNumber: *out += value.number().ToString(); return;
    case Kind::kString: *out += quoted ? Quoted(value.string()) : value.string(); return;
    case Kind::kDate: *out += value.date().ToString(); return;
    case Kind::kTime: *out += value.time().ToString(); return;
    case Kind::kDateTime: *out += value.date_time().ToString(); return;
    case Kind::kDaysDuration: *out += value.days_duration().ToString(); return;
    case Kind::kMonthsDuration: *out += value.months_duration().ToString(); return;
    case Kind::kRange: AppendRange(value.range(), out); return;
    case Kind::kContext: AppendContext(value.context(), out); return;
    case Kind::kFunction: *out += "function"; return;
    case Kind::kList: break;
  }
  *out += '[';
  bool first = true;
  for (const Value& item : value.list()) {
    if (!first) *out += ", ";
    first = false;
    Append(item, true, out);
  }
  *out += ']';
}

}  // namespace

std::string Value::ToString() const {
  std::string out;
  Append(*this, false, &out);
  return out;
}

}  // namespace vroegsein::feel
