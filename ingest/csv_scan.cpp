#include "ingest/csv_scan.h"

#include <array>
#include <utility>

namespace vroegsein {
namespace {

// The scan of one record: a cursor over the text and the cells found so far.
class Scan {
 public:
  Scan(std::string_view text, bool at_end, char delimiter, size_t cells_max,
       std::vector<CsvCell>* cells)
      : text_(text),
        at_end_(at_end),
        delimiter_(delimiter),
        cells_max_(cells_max),
        cells_(*cells) {}

  CsvScanResult Run() {
    while (true) {
      bool quoted = at_ < text_.size() && text_[at_] == '"';
      CsvScanResult::Kind kind = quoted ? Quoted() : Bare();
      if (kind != CsvScanResult::Kind::kRecord) return {kind, 0};
      if (at_ < text_.size() && text_[at_] == delimiter_) {
        ++at_;
        if (at_ == text_.size() && !at_end_) return {CsvScanResult::Kind::kNeedMore, 0};
        continue;
      }
      return LineEnd();
    }
  }

  size_t count() const { return count_; }

 private:
  using Kind = CsvScanResult::Kind;

  void Add(CsvCell cell) {
    if (count_++ < cells_max_) cells_.push_back(cell);
  }

  Kind Bare() {
    size_t begin = at_;
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == delimiter_ || c == '\n' || c == '\r') break;
      if (c == '"') return Kind::kBadQuote;
    }
    if (at_ == text_.size() && !at_end_) return Kind::kNeedMore;
    Add({text_.substr(begin, at_ - begin), false});
    return Kind::kRecord;
  }

  Kind Quoted() {
    size_t begin = ++at_;
    bool doubled = false;
    while (true) {
      at_ = text_.find('"', at_);
      if (at_ == std::string_view::npos) return at_end_ ? Kind::kBadQuote : Kind::kNeedMore;
      if (at_ + 1 == text_.size() && !at_end_) return Kind::kNeedMore;
      if (at_ + 1 == text_.size() || text_[at_ + 1] != '"') break;
      doubled = true;
      at_ += 2;
    }
    Add({text_.substr(begin, at_ - begin), doubled});
    ++at_;
    bool ends =
        at_ == text_.size() || text_[at_] == delimiter_ || text_[at_] == '\n' || text_[at_] == '\r';
    return ends ? Kind::kRecord : Kind::kBadQuote;
  }

  CsvScanResult LineEnd() {
    if (at_ == text_.size()) return {Kind::kRecord, at_};
    if (text_[at_] == '\n') return {Kind::kRecord, at_ + 1};
    if (at_ + 1 == text_.size()) {
      if (!at_end_) return {Kind::kNeedMore, 0};
      return {Kind::kRecord, at_ + 1};
    }
    return {Kind::kRecord, at_ + (text_[at_ + 1] == '\n' ? 2u : 1u)};
  }

  std::string_view text_;
  bool at_end_;
  char delimiter_;
  size_t cells_max_;
  std::vector<CsvCell>& cells_;
  size_t at_ = 0;
  size_t count_ = 0;
};

}  // namespace

CsvScanResult ScanCsvRecord(std::string_view text, bool at_end, char delimiter, size_t cells_max,
                            std::vector<CsvCell>* cells, size_t* cell_count) {
  cells->clear();
  Scan scan(text, at_end, delimiter, cells_max, cells);
  CsvScanResult result = scan.Run();
  *cell_count = scan.count();
  return result;
}

char SeeDelimiter(std::string_view first_line) {
  std::array<std::pair<char, size_t>, 3> seen = {{{';', 0}, {',', 0}, {'\t', 0}}};
  bool in_quotes = false;
  for (char c : first_line) {
    if (c == '"') in_quotes = !in_quotes;
    for (auto& [delimiter, count] : seen) count += c == delimiter && !in_quotes ? 1 : 0;
  }
  auto most = seen[0];
  for (const auto& candidate : seen) {
    if (candidate.second > most.second) most = candidate;
  }
  return most.first;
}

}  // namespace vroegsein
