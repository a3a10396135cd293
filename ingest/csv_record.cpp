#include "ingest/csv_record.h"

#include <algorithm>
#include <charconv>

#include "ingest/error_code.h"
#include "ingest/field_check.h"
#include "ingest/json_record.h"
#include "ingest/utf8.h"

namespace vroegsein {
namespace {

constexpr size_t kNoField = SIZE_MAX;

bool EqualsIgnoringCase(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

// What people and spreadsheets write for yes and no; a Dutch Excel writes WAAR and ONWAAR.
std::optional<bool> ParseFlag(std::string_view text) {
  for (std::string_view yes : {"true", "ja", "1", "waar"}) {
    if (EqualsIgnoringCase(text, yes)) return true;
  }
  for (std::string_view no : {"false", "nee", "0", "onwaar"}) {
    if (EqualsIgnoringCase(text, no)) return false;
  }
  return std::nullopt;
}

// `postcode` of `client.postcode`, and its pointer, for a column that no field has.
std::string PointerOfColumn(const RecordShape& shape, std::string_view column) {
  size_t dot = column.find('.');
  if (dot != std::string_view::npos) {
    std::string_view group = column.substr(0, dot);
    if (std::find(shape.groups.begin(), shape.groups.end(), group) != shape.groups.end()) {
      return PointerOfUnknown(group, column.substr(dot + 1));
    }
  }
  return PointerOfUnknown("", column);
}

}  // namespace

bool CsvRecordReader::Cells(std::string_view text) {
  if (FindInvalidUtf8(text)) {
    converted_.assign(text);
    Windows1252ToUtf8(&converted_);
    text = converted_;
  }
  auto result = ScanCsvRecord(text, true, delimiter_, kCsvCellsMax, &scanned_, &cell_count_);
  if (result.kind != CsvScanResult::Kind::kRecord) return false;
  cells_.clear();
  unquoted_.clear();
  for (const CsvCell& cell : scanned_) {
    if (!cell.has_doubled_quote) {
      cells_.push_back(cell.text);
      continue;
    }
    std::string& single = unquoted_.emplace_back();
    for (size_t at = 0; at < cell.text.size(); ++at) {
      single.push_back(cell.text[at]);
      if (cell.text[at] == '"') ++at;
    }
    cells_.push_back(single);
  }
  return true;
}

bool CsvRecordReader::ReadHeader(std::string_view text, char delimiter,
                                 std::vector<FieldError>* errors) {
  delimiter_ = delimiter;
  size_t before = errors->size();
  if (!Cells(text)) {
    errors->push_back(MakeError(ErrorCode::kCsvHeaderMissing, ""));
    return false;
  }
  field_of_column_.assign(cells_.size(), kNoField);
  size_t known = 0;
  for (size_t i = 0; i < cells_.size(); ++i) {
    std::string_view name = TrimSpace(cells_[i]);
    auto spec = std::find_if(shape_.fields.begin(), shape_.fields.end(),
                             [&](const FieldSpec& field) { return field.column == name; });
    if (spec == shape_.fields.end()) continue;
    field_of_column_[i] = static_cast<size_t>(spec - shape_.fields.begin());
    ++known;
  }
  // Hardly a name that we know: then it is no header, and its cells may be about a person.
  if (known == 0 || known * 2 < cells_.size() || cell_count_ > kCsvCellsMax) {
    errors->push_back(MakeError(ErrorCode::kCsvHeaderMissing, ""));
    return false;
  }
  MapColumns(errors);
  return errors->size() == before;
}

void CsvRecordReader::MapColumns(std::vector<FieldError>* errors) {
  std::vector<bool> seen(shape_.fields.size(), false);
  for (size_t i = 0; i < cells_.size(); ++i) {
    size_t field = field_of_column_[i];
    std::string number = std::to_string(i + 1);
    if (field == kNoField) {
      std::string pointer = PointerOfColumn(shape_, TrimSpace(cells_[i]));
      errors->push_back(MakeError(ErrorCode::kCsvColumnUnknown, pointer, number));
    } else if (seen[field]) {
      const FieldSpec& spec = shape_.fields[field];
      errors->push_back(MakeError(ErrorCode::kCsvColumnDuplicate, spec.pointer,
                                  number + " (" + std::string(spec.column) + ")"));
    } else {
      seen[field] = true;
    }
  }
  for (size_t field = 0; field < shape_.fields.size(); ++field) {
    const FieldSpec& spec = shape_.fields[field];
    if (!spec.required || seen[field]) continue;
    errors->push_back(MakeError(ErrorCode::kCsvColumnMissing, spec.pointer, spec.column));
  }
}

CsvRecordReader::RowKind CsvRecordReader::ReadRow(std::string_view text, RawRecord* record,
                                                  std::vector<FieldError>* errors) {
  record->Clear();
  if (!Cells(text)) {
    errors->push_back(MakeError(ErrorCode::kCsvQuote, ""));
    return RowKind::kUnreadable;
  }
  if (std::all_of(cells_.begin(), cells_.end(),
                  [](std::string_view cell) { return TrimSpace(cell).empty(); })) {
    return RowKind::kEmpty;
  }
  if (cell_count_ != field_of_column_.size()) {
    errors->push_back(MakeError(
        ErrorCode::kCsvCellCount, "",
        std::to_string(cell_count_) + " in plaats van " + std::to_string(field_of_column_.size())));
    return RowKind::kUnreadable;
  }
  for (size_t i = 0; i < cells_.size(); ++i) {
    ReadCell(field_of_column_[i], cells_[i], record, errors);
  }
  ReportMissing(shape_, *record, 0, errors);
  return RowKind::kRecord;
}

void CsvRecordReader::ReadCell(size_t field, std::string_view text, RawRecord* record,
                               std::vector<FieldError>* errors) const {
  const FieldSpec& spec = shape_.fields[field];
  RawValue& value = record->values[field];
  std::string_view trimmed = TrimSpace(text);
  if (trimmed.empty()) return;
  value.state = RawState::kPresent;
  if (spec.type == FieldType::kText) {
    value.text = text;
    return;
  }
  std::optional<ErrorCode> error;
  if (spec.type == FieldType::kBoolean) {
    auto flag = ParseFlag(trimmed);
    value.flag = flag.value_or(false);
    if (!flag) error = ErrorCode::kTypeBoolean;
  } else {
    const char* end = trimmed.data() + trimmed.size();
    auto [stop, fault] = std::from_chars(trimmed.data(), end, value.number);
    if (fault == std::errc::result_out_of_range && stop == end) error = ErrorCode::kNumberRange;
    if (fault == std::errc::invalid_argument || stop != end) error = ErrorCode::kTypeInteger;
  }
  if (!error) return;
  value.state = RawState::kFaulty;
  errors->push_back(MakeError(*error, spec.pointer, "een bedrag of aantal dat kan bestaan"));
}

void NameRowAndColumn(const RecordShape& shape, uint64_t row, std::vector<FieldError>* errors) {
  for (FieldError& error : *errors) {
    std::string place = "Rij " + std::to_string(row);
    for (const FieldSpec& spec : shape.fields) {
      if (spec.pointer == error.field) place += ", kolom " + std::string(spec.column);
    }
    error.message = place + ": " + error.message;
  }
}

}  // namespace vroegsein
