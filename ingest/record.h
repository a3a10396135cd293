// A record as it came in, before it is checked: one value per field of a fixed shape.
//
// JSON and CSV both end in a RawRecord, so that both are checked by the same code. A RecordShape is
// the list of fields that a kind of record may have: the one place that knows their names. Text is
// a view into the reader's buffer: a RawRecord dies with the next record.
//
// Values and constant data; thread safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vroegsein {

enum class FieldType { kText, kInteger, kBoolean };

struct FieldSpec {
  std::string_view group;    // `client`, or empty at the top
  std::string_view name;     // `postcode`
  std::string_view column;   // `client.postcode`: the name in a CSV header
  std::string_view pointer;  // `/client/postcode`
  FieldType type;
  bool required;
};

struct RecordShape {
  std::span<const FieldSpec> fields;
  std::span<const std::string_view> groups;
  size_t id_field;  // which field is the record's identity in a receipt
};

inline constexpr size_t kRecordFieldsMax = 32;
inline constexpr size_t kRecordGroupsMax = 4;

enum class RawState : uint8_t {
  kAbsent,   // not there, null, or an empty CSV cell
  kPresent,  // there, and of the right type
  kFaulty,   // there, wrong, and already reported
};

struct RawValue {
  RawState state = RawState::kAbsent;
  bool flag = false;
  int64_t number = 0;
  std::string_view text;
};

struct RawRecord {
  std::array<RawValue, kRecordFieldsMax> values;

  void Clear() { values.fill({}); }
};

}  // namespace vroegsein
