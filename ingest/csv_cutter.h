// CsvCutter: the records of a CSV stream, header first, then rows that count from 1.
//
// A line whose quotes are wrong costs that line only: cutting goes on at the line behind it, also
// when an open quote would swallow the rest of the file. Blank lines are no records.
#pragma once

#include <vector>

#include "ingest/csv_scan.h"
#include "ingest/record_cutter.h"

namespace vroegsein {

class CsvCutter : public RecordCutter {
 public:
  using RecordCutter::RecordCutter;

  // The header; call once, before Next(). Its Cut has row 0; kEnd when there is none.
  Result<Cut> Header();
  Result<Cut> Next() override;

  char delimiter() const { return delimiter_; }

 private:
  // Reads until the first line is in the window, as far as the bound goes.
  Status ReadFirstLine();
  Result<Cut> Record();
  Result<Cut> PassLine(Cut::Kind kind);

  char delimiter_ = ';';
  std::vector<CsvCell> no_cells_;  // only where the record ends matters here
};

}  // namespace vroegsein
