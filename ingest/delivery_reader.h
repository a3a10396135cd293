// DeliveryReader: a delivery of signals in any form to one DecodedSignal per record, in constant
// memory.
//
// A single JSON object, a JSON array, NDJSON or CSV, seen from the content. What is wrong with one
// record costs that record only. What is wrong with the delivery as a whole (it is empty, or no
// text, or its CSV header cannot be used) comes as one DecodedSignal with row 0 and the errors, and
// then the end.
//
// Threads: one at a time.
// Errors: those of reading the source are returned; those of the partner are in the record.
#pragma once

#include <cstdint>
#include <memory>

#include "ingest/byte_source.h"
#include "ingest/decode_options.h"
#include "ingest/reader_limits.h"
#include "ingest/signal_decoder.h"

namespace vroegsein {

class DeliveryReader {
 public:
  DeliveryReader();
  ~DeliveryReader();
  DeliveryReader(DeliveryReader&&) noexcept;
  DeliveryReader& operator=(DeliveryReader&&) noexcept;

  // Looks at the first bytes. May be called again for the next delivery.
  // REQUIRES: `source` outlives the reader.
  Status Open(ByteSource* source, const DecodeOptions& options, const ReaderLimits& limits = {});

  // Replaces `*decoded`; false at the end. REQUIRES: Open() was ok.
  Result<bool> Next(DecodedSignal* decoded);

  // How far the source has been read.
  uint64_t bytes_read() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vroegsein
