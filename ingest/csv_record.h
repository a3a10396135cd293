// CsvRecordReader: the rows of a CSV file to RawRecords, by the names in its header.
//
// The header decides which column is which field; what is wrong with it is said once, for the file.
// Each row is read as UTF-8, or as Windows-1252 where it is not UTF-8, so that a file is never read
// twice. An empty cell is an absent field.
//
// Owns its buffers and reuses them; a record's texts live until the next ReadRow().
// Threads: one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/csv_scan.h"
#include "ingest/field_error.h"
#include "ingest/record.h"

namespace vroegsein {

inline constexpr size_t kCsvCellsMax = 256;

class CsvRecordReader {
 public:
  // REQUIRES: `shape` outlives the reader.
  explicit CsvRecordReader(const RecordShape& shape) : shape_(shape) {}

  // `text` is the header record. False when the file cannot be read by it; `*errors` says why.
  bool ReadHeader(std::string_view text, char delimiter, std::vector<FieldError>* errors);

  enum class RowKind { kRecord, kEmpty, kUnreadable };
  // `text` is one record as the cutter gave it. kEmpty: no cell holds anything. kUnreadable: the
  // cells cannot be matched with the header.
  RowKind ReadRow(std::string_view text, RawRecord* record, std::vector<FieldError>* errors);

 private:
  // The cells of `text` in UTF-8, without quotes; valid until the next call.
  bool Cells(std::string_view text);
  void MapColumns(std::vector<FieldError>* errors);
  void ReadCell(size_t field, std::string_view text, RawRecord* record,
                std::vector<FieldError>* errors) const;

  const RecordShape& shape_;
  char delimiter_ = ';';
  std::vector<size_t> field_of_column_;
  std::string converted_;
  std::vector<CsvCell> scanned_;
  size_t cell_count_ = 0;
  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;
};

// Puts row and column in front of the message of each error: `Rij 3, kolom client.postcode: ...`.
void NameRowAndColumn(const RecordShape& shape, uint64_t row, std::vector<FieldError>* errors);

}  // namespace vroegsein
