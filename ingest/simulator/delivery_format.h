// A written row as a line of CSV or NDJSON. Pure functions; thread safe.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ingest/simulator/partners.h"
#include "ingest/simulator/written.h"

namespace vroegsein::simulator {

std::string_view FileEnding(Format format);  // "csv", "ndjson"

// With the end of line. Cells are quoted only where they must be.
std::string CsvLine(std::span<const std::string_view> cells, char separator);
char SeparatorOf(Format format);

// The first line of a file, empty for NDJSON.
std::string SignalHeader(Format format);
std::string SignalLine(const WrittenRow& row, Format format);

struct WrittenSequel {
  std::string signal_id;
  std::string_view afloop;
  std::string day;
};
std::string SequelHeader(Format format);
std::string SequelLine(const WrittenSequel& sequel, Format format);

}  // namespace vroegsein::simulator
