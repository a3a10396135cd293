#include "ingest/delivery_reader.h"

#include "ingest/record_reader.h"
#include "ingest/signal_check.h"
#include "ingest/signal_shape.h"

namespace vroegsein {

struct DeliveryReader::Parts {
  explicit Parts(const DecodeOptions& options) : reader(SignalShape()), check(options) {}

  RecordReader reader;
  SignalCheck check;
  RawRecord record;
};

DeliveryReader::DeliveryReader() = default;
DeliveryReader::~DeliveryReader() = default;
DeliveryReader::DeliveryReader(DeliveryReader&&) noexcept = default;
DeliveryReader& DeliveryReader::operator=(DeliveryReader&&) noexcept = default;

Status DeliveryReader::Open(ByteSource* source, const DecodeOptions& options,
                            const ReaderLimits& limits) {
  parts_ = std::make_unique<Parts>(options);
  return parts_->reader.Open(source, limits);
}

Result<bool> DeliveryReader::Next(DecodedSignal* decoded) {
  VROEGSEIN_CHECK(parts_ != nullptr);
  bool readable = false;
  auto more = parts_->reader.Next(&decoded->row, &readable, &parts_->record, &decoded->errors);
  if (!more.ok() || !*more) return more;
  decoded->id.assign(ReadableId(SignalShape(), parts_->record));
  decoded->signal.Clear();
  if (readable) parts_->check.Check(parts_->record, &decoded->signal, &decoded->errors);
  parts_->reader.NamePlace(decoded->row, &decoded->errors);
  return true;
}

uint64_t DeliveryReader::bytes_read() const { return parts_ ? parts_->reader.bytes_read() : 0; }

}  // namespace vroegsein
