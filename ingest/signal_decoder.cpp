#include "ingest/signal_decoder.h"

#include "ingest/json_record.h"
#include "ingest/signal_check.h"
#include "ingest/signal_shape.h"

namespace vroegsein {

struct SignalDecoder::Parts {
  explicit Parts(DecodeOptions options) : reader(SignalShape()), check(std::move(options)) {}

  JsonRecordReader reader;
  SignalCheck check;
  RawRecord record;
};

SignalDecoder::SignalDecoder(DecodeOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}
SignalDecoder::~SignalDecoder() = default;
SignalDecoder::SignalDecoder(SignalDecoder&&) noexcept = default;
SignalDecoder& SignalDecoder::operator=(SignalDecoder&&) noexcept = default;

void SignalDecoder::Decode(std::string_view json, DecodedSignal* decoded) {
  decoded->errors.clear();
  decoded->signal.Clear();
  bool readable = parts_->reader.Read(json, &parts_->record, &decoded->errors);
  decoded->id.assign(ReadableId(SignalShape(), parts_->record));
  if (readable) parts_->check.Check(parts_->record, &decoded->signal, &decoded->errors);
}

}  // namespace vroegsein
