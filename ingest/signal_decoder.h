// SignalDecoder: the text of one signal (JSON) to a checked Signal, or to every error it has.
//
// It owns its buffers and reuses them: keep one per thread, and reuse the DecodedSignal too.
// Threads: one at a time.
// Errors: those of the partner are in DecodedSignal::errors; there are no others.
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

struct DecodedSignal {
  uint64_t row = 0;  // `regel` of the receipt; set by DeliveryReader, untouched by SignalDecoder
  std::string id;    // empty when it could not be read
  Signal signal;     // complete only when ok()
  std::vector<FieldError> errors;

  bool ok() const { return errors.empty(); }
};

class SignalDecoder {
 public:
  explicit SignalDecoder(DecodeOptions options);
  ~SignalDecoder();
  SignalDecoder(SignalDecoder&&) noexcept;
  SignalDecoder& operator=(SignalDecoder&&) noexcept;

  // Replaces id, signal and errors of `*decoded`. `json` may be freed afterwards.
  void Decode(std::string_view json, DecodedSignal* decoded);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vroegsein
