#include "ingest/aftermath_decoder.h"

#include <gtest/gtest.h>

#include "tests/ingest/signal_text.h"

namespace vroegsein {
namespace {

std::string Fault(std::string_view json) {
  AftermathDecoder decoder(TestOptions());
  DecodedAftermath decoded;
  decoder.Decode(json, &decoded);
  std::string faults;
  for (const FieldError& error : decoded.errors) faults += error.code + " " + error.field + "\n";
  return faults;
}

TEST(AftermathDecoder, EveryKind) {
  AftermathDecoder decoder(TestOptions());
  for (const AftermathName& known : kAftermathNames) {
    DecodedAftermath decoded;
    decoder.Decode(R"({"signaalId": "WS-1", "afloop": ")" + std::string(known.name) +
                       R"(", "datum": "2026-11-22"})",
                   &decoded);
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(decoded.signal_id, "WS-1");
    EXPECT_EQ(decoded.aftermath.signal_id(), "WS-1");
    EXPECT_EQ(decoded.aftermath.partner(), "vitens");
    EXPECT_EQ(decoded.aftermath.kind(), known.kind);
    EXPECT_EQ(decoded.aftermath.day(), DaysOf(*ParseDate("2026-11-22")));
  }
}

TEST(AftermathDecoder, Faults) {
  EXPECT_EQ(Fault("{}"),
            "veld-verplicht /signaalId\nveld-verplicht /afloop\nveld-verplicht /datum\n");
  EXPECT_EQ(Fault(R"({"signaalId": "WS-1", "afloop": "weg", "datum": "2026-11-23", "x": 1})"),
            "veld-onbekend /x\nafloop-onbekend /afloop\ndatum-toekomst /datum\n");
  EXPECT_EQ(Fault(R"({"signaalId": 1, "afloop": "betaald", "datum": "1999-12-31"})"),
            "type-tekst /signaalId\ndatum-te-oud /datum\n");
  EXPECT_EQ(Fault(R"({"signaalId": "WS-1", "afloop": "betaald", "datum": "2026-11-22")"),
            "json-onvolledig \n");
}

}  // namespace
}  // namespace vroegsein
