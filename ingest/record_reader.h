// RecordReader: a stream of bytes to RawRecords, whatever form it has.
//
// The form is seen from the content: `[` begins an array, `{` NDJSON or a single object, anything
// else the header of a CSV file. Memory does not grow with the stream. What DeliveryReader and
// AftermathReader have in common.
//
// Threads: one at a time. Errors: those of reading are returned; those of the content are in the
// record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/csv_record.h"
#include "ingest/field_error.h"
#include "ingest/input_window.h"
#include "ingest/json_record.h"
#include "ingest/reader_limits.h"
#include "ingest/record.h"
#include "ingest/record_cutter.h"

namespace vroegsein {

class RecordReader {
 public:
  // REQUIRES: `shape` outlives the reader.
  explicit RecordReader(const RecordShape& shape);
  ~RecordReader();

  // Looks at the first bytes. REQUIRES: `source` outlives the reader.
  Status Open(ByteSource* source, const ReaderLimits& limits);

  // The next record into `*record`; false at the end. `*errors` is replaced. `*readable` is false
  // when there is nothing to check, only errors to report. `*row` counts from 1; row 0 is the
  // delivery as a whole: it comes at most once, is never readable, and nothing follows it.
  // REQUIRES: Open() was ok.
  Result<bool> Next(uint64_t* row, bool* readable, RawRecord* record,
                    std::vector<FieldError>* errors);

  // Makes the errors of a record name their row and column, where the form has those.
  void NamePlace(uint64_t row, std::vector<FieldError>* errors) const;

  uint64_t bytes_read() const { return window_ ? window_->bytes_read() : 0; }

 private:
  Status SeeForm(const ReaderLimits& limits);
  Result<bool> IsOneLinePerRecord(const ReaderLimits& limits);
  Status OpenCsv(const ReaderLimits& limits);
  bool Convert(const Cut& cut, RawRecord* record, std::vector<FieldError>* errors, bool* readable);

  const RecordShape& shape_;
  size_t record_bytes_max_ = 0;
  std::unique_ptr<InputWindow> window_;
  std::unique_ptr<RecordCutter> cutter_;  // none when the delivery as a whole is refused
  std::unique_ptr<CsvRecordReader> csv_;  // none for JSON
  JsonRecordReader json_;
  std::vector<FieldError> delivery_errors_;
};

}  // namespace vroegsein
