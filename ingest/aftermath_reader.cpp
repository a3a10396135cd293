#include "ingest/aftermath_reader.h"

#include "ingest/record_reader.h"
#include "ingest/signal_check.h"
#include "ingest/signal_shape.h"

namespace vroegsein {

struct AftermathReader::Parts {
  explicit Parts(const DecodeOptions& given) : reader(AftermathShape()), options(given) {}

  RecordReader reader;
  DecodeOptions options;
  RawRecord record;
};

AftermathReader::AftermathReader() = default;
AftermathReader::~AftermathReader() = default;
AftermathReader::AftermathReader(AftermathReader&&) noexcept = default;
AftermathReader& AftermathReader::operator=(AftermathReader&&) noexcept = default;

Status AftermathReader::Open(ByteSource* source, const DecodeOptions& options,
                             const ReaderLimits& limits) {
  parts_ = std::make_unique<Parts>(options);
  return parts_->reader.Open(source, limits);
}

Result<bool> AftermathReader::Next(DecodedAftermath* decoded) {
  VROEGSEIN_CHECK(parts_ != nullptr);
  bool readable = false;
  auto more = parts_->reader.Next(&decoded->row, &readable, &parts_->record, &decoded->errors);
  if (!more.ok() || !*more) return more;
  decoded->signal_id.assign(ReadableId(AftermathShape(), parts_->record));
  decoded->aftermath.Clear();
  if (readable) {
    CheckAftermath(parts_->record, parts_->options, &decoded->aftermath, &decoded->errors);
  }
  parts_->reader.NamePlace(decoded->row, &decoded->errors);
  return true;
}

uint64_t AftermathReader::bytes_read() const { return parts_ ? parts_->reader.bytes_read() : 0; }

}  // namespace vroegsein
