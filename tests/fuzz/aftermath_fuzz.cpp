// Aftermaths, one and by the delivery, on any bytes.
#include <cstdint>
#include <string_view>

#include "ingest/aftermath_decoder.h"
#include "ingest/aftermath_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  vroegsein::DecodeOptions options{"vitens", {}, {}, *vroegsein::ParseDate("2026-11-22")};
  static vroegsein::AftermathDecoder decoder(options);
  vroegsein::DecodedAftermath decoded;
  decoder.Decode(bytes, &decoded);
  if (decoded.ok()) {
    VROEGSEIN_CHECK(decoded.aftermath.kind() != vroegsein::AFTERMATH_UNSPECIFIED);
    VROEGSEIN_CHECK(!decoded.aftermath.signal_id().empty());
  }
  vroegsein::MemorySource source(bytes);
  vroegsein::AftermathReader reader;
  VROEGSEIN_CHECK(reader.Open(&source, options, {500, 64}).ok());
  while (true) {
    auto more = reader.Next(&decoded);
    VROEGSEIN_CHECK(more.ok());
    if (!*more) return 0;
  }
}
