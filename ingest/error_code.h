// The error codes that intake can give, each with its Dutch message: one table, documented in
// error_codes.md (a test compares the two). No other code can leave ingest/, because MakeError is
// the only maker of a FieldError here.
//
// Pure functions over constant data; thread safe.
#pragma once

#include <cstddef>
#include <string_view>

#include "ingest/field_error.h"

namespace vroegsein {

enum class ErrorCode {
  // The text of a record or of the whole delivery.
  kJsonBroken,
  kJsonTruncated,
  kJsonTrailing,
  kNotAnObject,
  kEncoding,
  kRecordTooLarge,
  kDeliveryEmpty,
  kDeliveryUnreadable,
  // CSV.
  kCsvHeaderMissing,
  kCsvColumnUnknown,
  kCsvColumnDuplicate,
  kCsvColumnMissing,
  kCsvCellCount,
  kCsvQuote,
  // Any field.
  kFieldUnknown,
  kFieldDuplicate,
  kFieldMissing,
  kTypeText,
  kTypeInteger,
  kTypeBoolean,
  kTypeObject,
  kNumberRange,
  kTextTooLong,
  kTextControl,
  // Dates.
  kDateInvalid,
  kDateIncomplete,
  kDateFuture,
  kDateTooOld,
  kDateTooFar,
  kDateOrder,
  // One field in particular.
  kIdInvalid,
  kSectorUnknown,
  kSectorNotAllowed,
  kMunicipalityInvalid,
  kMunicipalityUnknown,
  kAmountNotPositive,
  kAmountTooHigh,
  kThreatUnknown,
  kThreatMissing,
  kObjection,
  kPostcodeInvalid,
  kHouseNumberInvalid,
  kHouseNumberSuffix,
  kBsnInvalid,
  kPhoneInvalid,
  kEmailInvalid,
  kAftermathUnknown,
  // The envelope of a signal on a topic.
  kCloudEventVersion,
};

inline constexpr size_t kErrorCodeCount = static_cast<size_t>(ErrorCode::kCloudEventVersion) + 1;

struct ErrorText {
  ErrorCode code;
  std::string_view name;  // on the wire
  std::string_view
      message;  // Dutch; `{}` stands for a bound, a position or a column, never a value
};

// The row of the table for `code`.
const ErrorText& TextOf(ErrorCode code);

// `argument` fills the `{}` of the message, where it has one.
FieldError MakeError(ErrorCode code, std::string_view field, std::string_view argument = {});

}  // namespace vroegsein
