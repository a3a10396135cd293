// Input: what a caller asked, checked: the query's parameters, and small JSON bodies of a fixed
// shape.
//
// Every error is collected, so that the caller hears all of them at once (InvalidInput()). Errors
// name the parameter or the field and never repeat its value. One per call; thread: one at a time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/field_error.h"
#include "ingest/http/http_message.h"
#include "ingest/json_record.h"
#include "ingest/record.h"
#include "ingest/record_check.h"

namespace vroegsein {

// `Kies uit: a, b, c.`
std::string ChooseFrom(std::span<const std::string_view> values);

class QueryInput {
 public:
  explicit QueryInput(const HttpRequest& request) : request_(request) {}

  std::string Text(std::string_view name, size_t bytes_max = 100);
  std::string OneOf(std::string_view name, std::span<const std::string_view> values);
  int64_t Number(std::string_view name, int64_t fallback, int64_t low, int64_t high);
  // nullopt when it is missing or no day; both are errors.
  std::optional<Date> Day(std::string_view name);
  void Fail(std::string_view name, std::string code, std::string message);

  const std::vector<FieldError>& errors() const { return errors_; }

 private:
  const HttpRequest& request_;
  std::vector<FieldError> errors_;
};

// A body of one JSON object. Unknown and repeated fields are errors; an empty body is an empty
// object.
class BodyInput {
 public:
  static constexpr size_t kBytesMax = 64u << 10;

  // REQUIRES: `shape` outlives it.
  BodyInput(const RecordShape& shape, std::string_view json, Date today,
            size_t bytes_max = kBytesMax);

  std::string Text(size_t field, size_t chars_max = 100);
  // A file: of any length, with its line ends. Lives as long as this does.
  std::string_view WholeText(size_t field);
  // One of the values; empty when absent or refused.
  std::string OneOf(size_t field, std::span<const std::string_view> values);
  std::optional<Date> Day(size_t field) { return check_.Day(field); }
  std::optional<Date> PastDay(size_t field);
  int64_t Number(size_t field, int64_t fallback, int64_t low, int64_t high);
  bool Flag(size_t field) const { return check_.Flag(field); }
  void Fail(size_t field, std::string code, std::string message);

  const std::vector<FieldError>& errors() const { return errors_; }

 private:
  const RecordShape& shape_;
  JsonRecordReader reader_;
  RawRecord record_;
  std::vector<FieldError> errors_;
  RecordCheck check_;
};

}  // namespace vroegsein
