// The decoder of one signal, on any bytes: it must end, and an accepted signal must keep its
// promises.
#include <cstdint>
#include <string_view>

#include "ingest/field_check.h"
#include "ingest/signal_decoder.h"
#include "ingest/status.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static vroegsein::SignalDecoder decoder(
      {"vitens", {}, {"0080"}, *vroegsein::ParseDate("2026-11-22")});
  static vroegsein::DecodedSignal decoded;
  decoder.Decode({reinterpret_cast<const char*>(data), size}, &decoded);
  for (const auto& error : decoded.errors) VROEGSEIN_CHECK(!error.code.empty());
  if (!decoded.ok()) return 0;
  const vroegsein::Signal& signal = decoded.signal;
  VROEGSEIN_CHECK(decoded.id == signal.id() && !vroegsein::CheckId(signal.id()));
  VROEGSEIN_CHECK(signal.arrears_cents() > 0);
  VROEGSEIN_CHECK(signal.origin_day() <= signal.signal_day());
  VROEGSEIN_CHECK(signal.client().postcode().size() == 6);
  VROEGSEIN_CHECK(!signal.client().house_number().empty());
  VROEGSEIN_CHECK(!signal.client().surname().empty());
  return 0;
}
