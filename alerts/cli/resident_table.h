// A CSV file of residents, ours or anybody's: which column is which field, and the rows.
//
// Columns are known by the names of the contract (client.achternaam), by the usual ones of other
// data sets (surname, given_name, date_of_birth; see the source), or as the caller maps them. Other
// columns are left alone. A citizen service number is read only from a column of that name.
// Errors: kInvalid, with row and reason, never with what stood there; those of reading.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/byte_source.h"
#include "ingest/status.h"
#include "store/household/identity/resident.h"

namespace vroegsein {

inline constexpr size_t kTableRowsMax = 5'000'000;

struct ResidentTable {
  std::vector<std::string> ids;  // of the file; its row number where it has none
  std::vector<identity::ResidentText> records;
  std::string fields;  // which of ours its columns were read as, for the user
};

// `columns`: `client.achternaam=surname,id=rec_id`, in either order; empty for the usual names.
Result<ResidentTable> ReadResidents(ByteSource* source, std::string_view columns);

// Every row of a CSV file as cells without quotes and spaces around; the header first.
Result<std::vector<std::vector<std::string>>> ReadCells(ByteSource* source);

// The names by which `--columns` knows the fields, for --help.
std::string FieldNamesOfTable();

}  // namespace vroegsein
