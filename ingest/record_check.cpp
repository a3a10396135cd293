#include "ingest/record_check.h"

#include <algorithm>
#include <string>

#include "ingest/field_check.h"

namespace vroegsein {
namespace {

constexpr size_t kDateCharsMax = 40;  // longer than any way to write one; ParseDate is strict

// A date with the right digits in the right places, and a part that is all zeros.
bool HasUnknownPart(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  bool digits = std::all_of(text.begin(), text.end(),
                            [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
  return digits &&
         (text.substr(0, 4) == "0000" || text.substr(5, 2) == "00" || text.substr(8, 2) == "00");
}

}  // namespace

void RecordCheck::Fail(size_t field, ErrorCode code, std::string_view argument) {
  errors_->push_back(MakeError(code, shape_.fields[field].pointer, argument));
}

std::optional<std::string_view> RecordCheck::Text(size_t field, size_t chars_max) {
  const RawValue& value = record_.values[field];
  if (value.state != RawState::kPresent) return std::nullopt;
  std::string_view text = TrimSpace(value.text);
  if (text.empty()) {
    if (shape_.fields[field].required) Fail(field, ErrorCode::kFieldMissing);
    return std::nullopt;
  }
  if (auto error = CheckText(text, chars_max)) {
    Fail(field, *error, std::to_string(chars_max));
    return std::nullopt;
  }
  return text;
}

std::optional<std::string_view> RecordCheck::Id(size_t field) {
  auto text = Text(field, kIdCharsMax);
  if (!text) return std::nullopt;
  if (auto error = CheckId(*text)) {
    Fail(field, *error, std::to_string(kIdCharsMax));
    return std::nullopt;
  }
  return text;
}

std::optional<Date> RecordCheck::Day(size_t field) {
  auto text = Text(field, kDateCharsMax);
  if (!text) return std::nullopt;
  auto date = ParseDate(*text);
  if (date && !HasUnknownPart(*text)) return date;
  Fail(field, HasUnknownPart(*text) ? ErrorCode::kDateIncomplete : ErrorCode::kDateInvalid);
  return std::nullopt;
}

std::optional<Date> RecordCheck::PastDay(size_t field, Date first) {
  auto date = Day(field);
  if (!date) return std::nullopt;
  if (*date > today_) {
    Fail(field, ErrorCode::kDateFuture);
    return std::nullopt;
  }
  if (*date < first) {
    Fail(field, ErrorCode::kDateTooOld, FormatDate(first));
    return std::nullopt;
  }
  return date;
}

std::optional<int64_t> RecordCheck::Integer(size_t field) const {
  const RawValue& value = record_.values[field];
  if (value.state != RawState::kPresent) return std::nullopt;
  return value.number;
}

bool RecordCheck::Flag(size_t field) const {
  const RawValue& value = record_.values[field];
  return value.state == RawState::kPresent && value.flag;
}

}  // namespace vroegsein
