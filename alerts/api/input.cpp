#include "alerts/api/input.h"

#include <algorithm>
#include <charconv>

namespace vroegsein {
namespace {

constexpr Date kFirstDay{std::chrono::year{2000} / 1 / 1};

bool Has(std::span<const std::string_view> values, std::string_view text) {
  return std::find(values.begin(), values.end(), text) != values.end();
}

std::string RangeText(int64_t low, int64_t high) {
  return "Geef een geheel getal van " + std::to_string(low) + " tot en met " +
         std::to_string(high) + ".";
}

}  // namespace

std::string ChooseFrom(std::span<const std::string_view> values) {
  std::string text = "Kies uit: ";
  bool first = true;
  for (std::string_view value : values) {
    if (!first) text += ", ";
    first = false;
    text += value;
  }
  return text + ".";
}

void QueryInput::Fail(std::string_view name, std::string code, std::string message) {
  errors_.push_back({std::move(code), std::string(name), std::move(message)});
}

std::string QueryInput::Text(std::string_view name, size_t bytes_max) {
  std::string text(request_.Query(name).value_or(""));
  if (text.size() <= bytes_max) return text;
  Fail(name, "waarde-te-lang", "Deze waarde is te lang.");
  return "";
}

std::string QueryInput::OneOf(std::string_view name, std::span<const std::string_view> values) {
  std::string text(request_.Query(name).value_or(""));
  if (text.empty() || Has(values, text)) return text;
  Fail(name, "waarde-onbekend", ChooseFrom(values));
  return "";
}

int64_t QueryInput::Number(std::string_view name, int64_t fallback, int64_t low, int64_t high) {
  auto text = request_.Query(name);
  if (!text) return fallback;
  int64_t number = 0;
  auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  bool whole = !text->empty() && error == std::errc() && end == text->data() + text->size();
  if (whole && number >= low && number <= high) return number;
  Fail(name, "getal-bereik", RangeText(low, high));
  return fallback;
}

std::optional<Date> QueryInput::Day(std::string_view name) {
  auto text = request_.Query(name);
  if (!text) {
    Fail(name, "parameter-ontbreekt", "Geef deze parameter: een dag als 2026-04-01.");
    return std::nullopt;
  }
  auto day = ParseDate(*text);
  if (!day) Fail(name, "datum-ongeldig", "Geef een bestaande dag als 2026-04-01.");
  return day;
}

BodyInput::BodyInput(const RecordShape& shape, std::string_view json, Date today, size_t bytes_max)
    : shape_(shape), reader_(shape), check_(shape, record_, today, &errors_) {
  if (json.size() > bytes_max) {
    errors_.push_back({"invoer-te-groot", "", "Dit verzoek is te groot."});
    return;
  }
  if (json.empty()) json = "{}";
  bool readable = reader_.Read(json, &record_, &errors_);
  // What follows a break cannot be trusted: nothing of it is looked at.
  if (!readable) record_.Clear();
}

std::string BodyInput::Text(size_t field, size_t chars_max) {
  return std::string(check_.Text(field, chars_max).value_or(""));
}

std::string_view BodyInput::WholeText(size_t field) {
  const RawValue& value = record_.values[field];
  return value.state == RawState::kPresent ? value.text : std::string_view();
}

std::string BodyInput::OneOf(size_t field, std::span<const std::string_view> values) {
  auto text = check_.Text(field, 100);
  if (!text) return "";
  if (Has(values, *text)) return std::string(*text);
  Fail(field, "waarde-onbekend", ChooseFrom(values));
  return "";
}

std::optional<Date> BodyInput::PastDay(size_t field) { return check_.PastDay(field, kFirstDay); }

int64_t BodyInput::Number(size_t field, int64_t fallback, int64_t low, int64_t high) {
  auto number = check_.Integer(field);
  if (!number) return fallback;
  if (*number >= low && *number <= high) return *number;
  Fail(field, "getal-bereik", RangeText(low, high));
  return fallback;
}

void BodyInput::Fail(size_t field, std::string code, std::string message) {
  errors_.push_back(
      {std::move(code), std::string(shape_.fields[field].pointer), std::move(message)});
}

}  // namespace vroegsein
