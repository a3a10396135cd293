// One CSV record out of a text (RFC 4180, with a delimiter of choice and any line end).
//
// A cell is bare, and then has no quote in it, or stands between quotes, and then a quote in it is
// doubled; a quote anywhere else makes the record bad, because guessing would shift every cell
// behind it. Pure functions; thread safe.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace vroegsein {

struct CsvCell {
  std::string_view text;           // without the outer quotes
  bool has_doubled_quote = false;  // `""` inside, still to be halved
};

struct CsvScanResult {
  enum class Kind { kRecord, kNeedMore, kBadQuote };
  Kind kind;
  size_t bytes = 0;  // of the record with its line end, for kRecord
};

// Scans the record at the front of `text`; `at_end` says that nothing follows the text. `*cells` is
// replaced; the views look into `text`. At most `cells_max` cells are kept, the rest are only
// counted:
// `*cell_count` is how many there are.
CsvScanResult ScanCsvRecord(std::string_view text, bool at_end, char delimiter, size_t cells_max,
                            std::vector<CsvCell>* cells, size_t* cell_count);

// `;`, `,` or tab: whichever stands most often in the first line, outside quotes; `;` when none
// does.
char SeeDelimiter(std::string_view first_line);

}  // namespace vroegsein
