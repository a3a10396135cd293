#include "ingest/csv_cutter.h"

#include <algorithm>

namespace vroegsein {
namespace {

// Excel's way to name the delimiter, in a line before the header.
constexpr std::string_view kDelimiterLine = "sep=";

}  // namespace

Status CsvCutter::ReadFirstLine() {
  while (true) {
    size_t blank = std::min(window_.view().find_first_not_of("\r\n"), window_.view().size());
    window_.Consume(blank);
    std::string_view view = window_.view();
    bool whole = view.find_first_of("\r\n") != std::string_view::npos;
    if (whole || view.size() > record_bytes_max_) return Status::Ok();
    auto more = window_.More();
    if (!more.ok()) return more.status();
    if (!*more) return Status::Ok();
  }
}

Result<Cut> CsvCutter::Header() {
  VROEGSEIN_RETURN_IF_ERROR(ReadFirstLine());
  if (window_.view().starts_with(kDelimiterLine)) {
    auto line = PassLine(Cut::Kind::kRecord);
    if (!line.ok()) return line;
    Release();
    VROEGSEIN_RETURN_IF_ERROR(ReadFirstLine());
  }
  std::string_view view = window_.view().substr(0, record_bytes_max_);
  delimiter_ = SeeDelimiter(view.substr(0, view.find_first_of("\r\n")));
  auto header = Record();
  if (header.ok()) row_ = 0;
  return header;
}

Result<Cut> CsvCutter::Next() {
  Release();
  return Record();
}

Result<Cut> CsvCutter::Record() {
  while (true) {
    std::string_view view = window_.view();
    size_t blank = view.find_first_not_of("\r\n");
    window_.Consume(blank == std::string_view::npos ? view.size() : blank);
    view = window_.view();
    if (view.empty()) {
      auto more = window_.More();
      if (!more.ok()) return more.status();
      if (!*more) return Cut{};
      continue;
    }
    // Never looks further than the bound, so that the result does not depend on how the bytes came
    // in.
    bool beyond = view.size() > record_bytes_max_;
    size_t cell_count = 0;
    auto result = ScanCsvRecord(view.substr(0, record_bytes_max_), window_.at_end() && !beyond,
                                delimiter_, 0, &no_cells_, &cell_count);
    if (result.kind == CsvScanResult::Kind::kBadQuote) return PassLine(Cut::Kind::kBadQuote);
    if (result.kind == CsvScanResult::Kind::kRecord) {
      ++row_;
      return Hold(Cut::Kind::kRecord, result.bytes, result.bytes);
    }
    if (beyond) return PassLine(Cut::Kind::kTooLarge);
    auto more = window_.More();
    if (!more.ok()) return more.status();
  }
}

Result<Cut> CsvCutter::PassLine(Cut::Kind kind) {
  ++row_;
  while (true) {
    std::string_view view = window_.view();
    size_t end = view.find_first_of("\r\n");
    if (end != std::string_view::npos) return Hold(kind, 0, end + 1);
    window_.Consume(view.size());
    auto more = window_.More();
    if (!more.ok()) return more.status();
    if (!*more) return Hold(kind, 0, 0);
  }
}

}  // namespace vroegsein
