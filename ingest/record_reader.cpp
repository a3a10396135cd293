#include "ingest/record_reader.h"

#include <string>

#include "ingest/csv_cutter.h"
#include "ingest/error_code.h"
#include "ingest/json_scan.h"

namespace vroegsein {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kSpace = " \t\r\n";
constexpr size_t kSniffBytes = 64;

// Other encodings, archives and binaries: bytes that no text of ours begins with.
bool LooksBinary(std::string_view head) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return true;
  for (char c : head.substr(0, kSniffBytes)) {
    auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n') return true;
  }
  return false;
}

}  // namespace

RecordReader::RecordReader(const RecordShape& shape) : shape_(shape), json_(shape) {}
RecordReader::~RecordReader() = default;

Status RecordReader::Open(ByteSource* source, const ReaderLimits& limits) {
  window_ = std::make_unique<InputWindow>(source, limits.read_bytes);
  record_bytes_max_ = limits.record_bytes_max;
  cutter_.reset();
  csv_.reset();
  delivery_errors_.clear();
  while (window_->view().size() < kSniffBytes) {
    auto more = window_->More();
    if (!more.ok()) return more.status();
    if (!*more) break;
  }
  if (window_->view().starts_with(kUtf8Bom)) window_->Consume(kUtf8Bom.size());
  return SeeForm(limits);
}

Status RecordReader::SeeForm(const ReaderLimits& limits) {
  if (LooksBinary(window_->view())) {
    delivery_errors_.push_back(MakeError(ErrorCode::kDeliveryUnreadable, ""));
    return Status::Ok();
  }
  // White space in front stays in the window: NDJSON counts its lines, a CSV header may begin with
  // a tab. Only a whole record's worth of nothing is passed over.
  size_t first;
  while ((first = window_->view().substr(0, limits.record_bytes_max).find_first_not_of(kSpace)) ==
         std::string_view::npos) {
    bool beyond = window_->view().size() > limits.record_bytes_max;
    auto more = beyond ? window_->SkipSpace() : window_->More();
    if (!more.ok()) return more.status();
    if (!*more) {
      delivery_errors_.push_back(MakeError(ErrorCode::kDeliveryEmpty, ""));
      return Status::Ok();
    }
  }
  char c = window_->view()[first];
  if (c == '[') {
    window_->Consume(first);
    cutter_ = std::make_unique<ArrayCutter>(window_.get(), limits.record_bytes_max);
    return Status::Ok();
  }
  if (c != '{') return OpenCsv(limits);
  auto lines = IsOneLinePerRecord(limits);
  if (!lines.ok()) return lines.status();
  if (*lines) {
    cutter_ = std::make_unique<LineCutter>(window_.get(), limits.record_bytes_max);
  } else {
    cutter_ = std::make_unique<SequenceCutter>(window_.get(), limits.record_bytes_max);
  }
  return Status::Ok();
}

// NDJSON has its first object on one line. When that line is no whole object, the line behind it
// tells: a new `{` there means that the first record is broken, anything else that it goes on.
Result<bool> RecordReader::IsOneLinePerRecord(const ReaderLimits& limits) {
  JsonScan scan;
  bool line_ended = false;
  size_t at = window_->view().find('{');
  while (at <= limits.record_bytes_max) {
    std::string_view view = window_->view();
    for (; at < view.size() && at <= limits.record_bytes_max; ++at) {
      char c = view[at];
      bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
      if (line_ended && !space) return c == '{';
      line_ended = line_ended || c == '\n';
      if (!line_ended && scan.Feed(c) == JsonScan::Event::kClosed) return true;
    }
    if (at > limits.record_bytes_max) break;
    auto more = window_->More();
    if (!more.ok()) return more.status();
    if (!*more) return true;
  }
  return !line_ended;
}

Status RecordReader::OpenCsv(const ReaderLimits& limits) {
  auto cutter = std::make_unique<CsvCutter>(window_.get(), limits.record_bytes_max);
  auto header = cutter->Header();
  if (!header.ok()) return header.status();
  csv_ = std::make_unique<CsvRecordReader>(shape_);
  if (header->kind != Cut::Kind::kRecord) {
    delivery_errors_.push_back(MakeError(ErrorCode::kCsvHeaderMissing, ""));
  } else if (csv_->ReadHeader(header->text, cutter->delimiter(), &delivery_errors_)) {
    cutter_ = std::move(cutter);
  }
  return Status::Ok();
}

Result<bool> RecordReader::Next(uint64_t* row, bool* readable, RawRecord* record,
                                std::vector<FieldError>* errors) {
  errors->clear();
  record->Clear();
  *readable = false;
  if (!delivery_errors_.empty()) {
    *row = 0;
    errors->swap(delivery_errors_);
    return true;
  }
  while (cutter_) {
    auto cut = cutter_->Next();
    if (!cut.ok()) return cut.status();
    if (cut->kind == Cut::Kind::kEnd) break;
    *row = cut->row;
    if (Convert(*cut, record, errors, readable)) return true;
  }
  return false;
}

// False for a row that holds nothing.
bool RecordReader::Convert(const Cut& cut, RawRecord* record, std::vector<FieldError>* errors,
                           bool* readable) {
  auto fail = [&](ErrorCode code, std::string_view argument = {}) {
    errors->push_back(MakeError(code, "", argument));
    return true;
  };
  std::string position = std::to_string(window_->bytes_consumed() + 1);
  switch (cut.kind) {
    case Cut::Kind::kTooLarge:
      return fail(ErrorCode::kRecordTooLarge, std::to_string(record_bytes_max_));
    case Cut::Kind::kBadQuote: return fail(ErrorCode::kCsvQuote);
    case Cut::Kind::kNoComma: return fail(ErrorCode::kJsonBroken, "1");
    case Cut::Kind::kUnclosed: return fail(ErrorCode::kJsonTruncated, position);
    case Cut::Kind::kTrailing: return fail(ErrorCode::kJsonTrailing, position);
    case Cut::Kind::kRecord:
    case Cut::Kind::kEnd: break;
  }
  if (!csv_) {
    *readable = json_.Read(cut.text, record, errors);
    return true;
  }
  auto kind = csv_->ReadRow(cut.text, record, errors);
  *readable = kind == CsvRecordReader::RowKind::kRecord;
  return kind != CsvRecordReader::RowKind::kEmpty;
}

void RecordReader::NamePlace(uint64_t row, std::vector<FieldError>* errors) const {
  if (csv_ && row > 0) NameRowAndColumn(shape_, row, errors);
}

}  // namespace vroegsein
