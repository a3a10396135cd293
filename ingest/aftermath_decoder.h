// AftermathDecoder: the text of one aftermath (afloop, JSON) to a checked Aftermath, or to every
// error it has. The same rules as SignalDecoder.
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/decode_options.h"
#include "ingest/field_error.h"
#include "ingest/signal.pb.h"

namespace vroegsein {

struct DecodedAftermath {
  uint64_t row = 0;       // `regel` of the receipt; set by AftermathReader only
  std::string signal_id;  // empty when it could not be read
  Aftermath aftermath;    // complete only when ok()
  std::vector<FieldError> errors;

  bool ok() const { return errors.empty(); }
};

class AftermathDecoder {
 public:
  // Of the options, `sectors` and `municipalities` play no part.
  explicit AftermathDecoder(DecodeOptions options);
  ~AftermathDecoder();
  AftermathDecoder(AftermathDecoder&&) noexcept;
  AftermathDecoder& operator=(AftermathDecoder&&) noexcept;

  // Replaces signal_id, aftermath and errors of `*decoded`.
  void Decode(std::string_view json, DecodedAftermath* decoded);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vroegsein
