// RecordCheck: the checks that any field of a record can share, and where their errors go.
// A helper of signal_check.cpp and aftermath_check.cpp; lives on the stack for one record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/error_code.h"
#include "ingest/record.h"

namespace vroegsein {

class RecordCheck {
 public:
  RecordCheck(const RecordShape& shape, const RawRecord& record, Date today,
              std::vector<FieldError>* errors)
      : shape_(shape), record_(record), today_(today), errors_(errors) {}

  void Fail(size_t field, ErrorCode code, std::string_view argument = {});

  // The trimmed text of at most `chars_max` code points; nullopt when absent, empty or refused. A
  // required text that is empty is missing.
  std::optional<std::string_view> Text(size_t field, size_t chars_max);
  std::optional<std::string_view> Id(size_t field);
  // A day that exists; nullopt when absent or refused.
  std::optional<Date> Day(size_t field);
  // A day from `first` to today.
  std::optional<Date> PastDay(size_t field, Date first);
  std::optional<int64_t> Integer(size_t field) const;
  bool Flag(size_t field) const;
  RawState State(size_t field) const { return record_.values[field].state; }

  Date today() const { return today_; }

 private:
  const RecordShape& shape_;
  const RawRecord& record_;
  Date today_;
  std::vector<FieldError>* errors_;
};

}  // namespace vroegsein
