// Whole deliveries in any form, on any bytes: rows count up, and the same bytes in other pieces
// give the same rows. The first byte chooses the pieces, the second a beginning that fuzzing is
// slow to find.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/delivery_reader.h"

namespace {

constexpr std::string_view kHeader =
    "id;soort;gemeentecode;signaaldatum;bedragCenten;ontstaansdatum;client.achternaam;"
    "client.postcode;client.huisnummer;crisissignaal\n";

std::vector<std::string> Rows(std::string_view bytes, vroegsein::ReaderLimits limits) {
  vroegsein::MemorySource source(bytes);
  vroegsein::DeliveryReader reader;
  VROEGSEIN_CHECK(
      reader.Open(&source, {"vitens", {}, {"0080"}, *vroegsein::ParseDate("2026-11-22")}, limits)
          .ok());
  std::vector<std::string> rows;
  vroegsein::DecodedSignal decoded;
  uint64_t last = 0;
  while (true) {
    auto more = reader.Next(&decoded);
    VROEGSEIN_CHECK(more.ok());
    if (!*more) return rows;
    VROEGSEIN_CHECK(decoded.row > last || (decoded.row == 0 && rows.empty()));
    last = decoded.row;
    std::string text =
        std::to_string(decoded.row) + decoded.id + decoded.signal.SerializeAsString();
    for (const auto& error : decoded.errors) text += error.code + error.field;
    rows.push_back(std::move(text));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (data[1] % 4 == 1) bytes.insert(0, kHeader);
  if (data[1] % 4 == 2) bytes.insert(0, "[");
  vroegsein::ReaderLimits pieces{500, 1 + data[0] % 64u};
  vroegsein::ReaderLimits whole{500, 1 << 16};
  VROEGSEIN_CHECK(Rows(bytes, pieces) == Rows(bytes, whole));
  return 0;
}
