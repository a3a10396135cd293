// RecordCutter: cuts a stream into the texts of its records, in bounded memory, and loses none
// behind a broken one. One cutter per form of a delivery.
//
// A record above `record_bytes_max` is passed over and reported as kTooLarge; cutting goes on
// behind it. Threads: one at a time. Errors: only those of reading; what is wrong with the text is
// a Cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ingest/input_window.h"
#include "ingest/json_scan.h"

namespace vroegsein {

struct Cut {
  enum class Kind {
    kRecord,    // `text` is the record
    kTooLarge,  // passed over
    kBadQuote,  // CSV: a line with quotes in the wrong place, passed over
    kNoComma,   // JSON array: an element without a comma before it
    kUnclosed,  // JSON array: the end came before the `]`
    kTrailing,  // JSON array: text behind the `]`; nothing follows
    kEnd,
  };
  Kind kind = Kind::kEnd;
  uint64_t row = 0;       // from 1, as `regel` in a receipt
  std::string_view text;  // lives until the next Next()
};

class RecordCutter {
 public:
  RecordCutter(InputWindow* window, size_t record_bytes_max)
      : window_(*window), record_bytes_max_(record_bytes_max) {}
  virtual ~RecordCutter() = default;

  virtual Result<Cut> Next() = 0;

 protected:
  // Gives up the record of the last Cut.
  void Release();
  Cut Hold(Cut::Kind kind, size_t text_bytes, size_t held_bytes);

  InputWindow& window_;
  const size_t record_bytes_max_;
  uint64_t row_ = 0;

 private:
  size_t held_ = 0;
};

// NDJSON: a record is a line; blank lines count and are passed over.
class LineCutter : public RecordCutter {
 public:
  using RecordCutter::RecordCutter;
  Result<Cut> Next() override;

 private:
  Result<Cut> PassOver();
};

// The elements of one JSON array.
class ArrayCutter : public RecordCutter {
 public:
  using RecordCutter::RecordCutter;
  // REQUIRES at first: the window begins with `[`.
  Result<Cut> Next() override;

 private:
  Result<Cut> Element(Cut::Kind kind);
  Result<Cut> AtEnd();
  Result<Cut> Behind();
  // Whether the element ends before or with the byte; `*taken` says which.
  bool Ends(char c, bool* taken);

  JsonScan scan_;
  bool open_ = false;
  bool done_ = false;
  bool element_due_ = true;  // after `[` or a comma
  bool after_comma_ = false;
  bool cut_short_ = false;  // the last element ran into the end of the stream
};

// JSON objects one after another, over as many lines as they like: also the single object.
class SequenceCutter : public RecordCutter {
 public:
  using RecordCutter::RecordCutter;
  Result<Cut> Next() override;

 private:
  JsonScan scan_;
};

}  // namespace vroegsein
