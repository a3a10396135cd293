#include "ingest/aftermath_decoder.h"

#include "ingest/json_record.h"
#include "ingest/signal_check.h"
#include "ingest/signal_shape.h"

namespace vroegsein {

struct AftermathDecoder::Parts {
  explicit Parts(DecodeOptions given) : reader(AftermathShape()), options(std::move(given)) {}

  JsonRecordReader reader;
  DecodeOptions options;
  RawRecord record;
};

AftermathDecoder::AftermathDecoder(DecodeOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}
AftermathDecoder::~AftermathDecoder() = default;
AftermathDecoder::AftermathDecoder(AftermathDecoder&&) noexcept = default;
AftermathDecoder& AftermathDecoder::operator=(AftermathDecoder&&) noexcept = default;

void AftermathDecoder::Decode(std::string_view json, DecodedAftermath* decoded) {
  decoded->errors.clear();
  decoded->aftermath.Clear();
  bool readable = parts_->reader.Read(json, &parts_->record, &decoded->errors);
  decoded->signal_id.assign(ReadableId(AftermathShape(), parts_->record));
  if (readable) {
    CheckAftermath(parts_->record, parts_->options, &decoded->aftermath, &decoded->errors);
  }
}

}  // namespace vroegsein
