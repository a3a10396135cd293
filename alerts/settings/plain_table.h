// The small tables that stand beside a configuration (zones, teams, the demo's timeline): UTF-8,
// `;` between cells, a fixed header, no quotes. Deliveries are another matter:
// ingest/delivery_reader.h. Pure functions; thread safe. Errors: kInvalid with the table's name and
// the line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/status.h"

namespace vroegsein {

struct PlainTable {
  struct Row {
    size_t line = 0;  // in the file, from 1
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
};

Result<PlainTable> ReadPlainTable(std::string_view text, std::string_view header,
                                  std::string_view name);

std::vector<std::string> Split(std::string_view text, char separator);

}  // namespace vroegsein
