// JsonRecordReader: one JSON object to one RawRecord, strictly.
//
// Every field is looked at: unknown, duplicate and wrongly typed ones are reported, all at once,
// and missing ones too. null counts as absent. A text that is no JSON gives one error with its
// position and nothing else, because what follows a break cannot be trusted.
//
// Owns its buffers and reuses them; the record's texts live until the next Read().
// Threads: one at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/field_error.h"
#include "ingest/record.h"

namespace vroegsein {

class JsonRecordReader {
 public:
  // REQUIRES: `shape` outlives the reader.
  explicit JsonRecordReader(const RecordShape& shape);
  ~JsonRecordReader();

  // Fills `*record` and appends to `*errors`. False when the text is no JSON object; `*record` then
  // holds what was read before the break.
  bool Read(std::string_view json, RawRecord* record, std::vector<FieldError>* errors);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// Reports every required field that is absent, in the order of the shape. `faulty_groups` has bit n
// set when group n was there and was no object: its fields are then not reported as well.
void ReportMissing(const RecordShape& shape, const RawRecord& record, unsigned faulty_groups,
                   std::vector<FieldError>* errors);

// The pointer of a field that is in no shape: `group` and `name` when the name looks like a name,
// else the group alone, since anything may stand in it.
std::string PointerOfUnknown(std::string_view group, std::string_view name);

}  // namespace vroegsein
