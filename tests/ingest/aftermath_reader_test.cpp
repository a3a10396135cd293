#include "ingest/aftermath_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/ingest/signal_text.h"

namespace vroegsein {
namespace {

using testing::ElementsAre;

std::vector<std::string> Read(std::string_view bytes) {
  MemorySource source(bytes);
  AftermathReader reader;
  EXPECT_TRUE(reader.Open(&source, TestOptions()).ok());
  std::vector<std::string> rows;
  DecodedAftermath decoded;
  for (auto more = reader.Next(&decoded); more.ok() && *more; more = reader.Next(&decoded)) {
    rows.push_back(
        std::to_string(decoded.row) + " " + decoded.signal_id + " " +
        (decoded.ok() ? std::to_string(decoded.aftermath.kind()) : decoded.errors[0].code));
  }
  return rows;
}

std::string Json(std::string_view id, std::string_view kind) {
  return R"({"signaalId":")" + std::string(id) + R"(","afloop":")" + std::string(kind) +
         R"(","datum":"2026-11-01"})";
}

TEST(AftermathReader, EveryForm) {
  EXPECT_THAT(Read(Json("a", "betaald")), ElementsAre("1 a 1"));
  EXPECT_THAT(Read("[" + Json("a", "betaald") + "," + Json("b", "ontruimd") + "]"),
              ElementsAre("1 a 1", "2 b 4"));
  EXPECT_THAT(Read(Json("a", "betaald") + "\n" + Json("b", "x") + "\n" + Json("c", "afgesloten")),
              ElementsAre("1 a 1", "2 b afloop-onbekend", "3 c 5"));
  EXPECT_THAT(Read("signaalId,afloop,datum\na,ingetrokken,2026-11-01\nb,betaald,2026-13-01\n"),
              ElementsAre("1 a 3", "2 b datum-ongeldig"));
  EXPECT_THAT(Read("signaalId,afloop\na,ingetrokken\n"), ElementsAre("0  kolom-ontbreekt"));
  EXPECT_THAT(Read(""), ElementsAre("0  levering-leeg"));
}

}  // namespace
}  // namespace vroegsein
