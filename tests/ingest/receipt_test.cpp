#include "ingest/receipt.h"

#include <gtest/gtest.h>

namespace vroegsein {
namespace {

std::string Json(const Receipt& receipt) {
  std::string out;
  AppendReceiptJson(receipt, &out);
  return out;
}

TEST(Receipt, AcceptedWithACase) {
  Receipt receipt{3, "WS-1", ReceiptStatus::kAccepted, "Nog niet opgepakt", "Z-9", {}};
  EXPECT_EQ(Json(receipt),
            R"({"regel":3,"id":"WS-1","status":"aanvaard","ddasStatus":"Nog niet opgepakt",)"
            R"("zaakId":"Z-9","fouten":[]})");
}

TEST(Receipt, AcceptedAndNotTakenUpHasNoCase) {
  Receipt receipt{1, "WS-1", ReceiptStatus::kAccepted, "Niet opgepakt: herhaalde melding", {}, {}};
  EXPECT_EQ(Json(receipt), R"({"regel":1,"id":"WS-1","status":"aanvaard",)"
                           R"("ddasStatus":"Niet opgepakt: herhaalde melding","zaakId":null,)"
                           R"("fouten":[]})");
}

TEST(Receipt, RejectedHasNothingButItsErrors) {
  Receipt receipt{12,
                  "",
                  ReceiptStatus::kRejected,
                  "Opgepakt",
                  "Z-1",
                  {{"postcode-ongeldig", "/client/postcode", "Deze \"code\"\\\n"},
                   {"bezwaar", "/inspanning/bezwaar", "m"}}};
  EXPECT_EQ(Json(receipt),
            R"({"regel":12,"id":null,"status":"afgewezen","ddasStatus":null,"zaakId":null,)"
            R"("fouten":[{"code":"postcode-ongeldig","veld":"/client/postcode",)"
            R"("melding":"Deze \"code\"\\\n"},{"code":"bezwaar","veld":"/inspanning/bezwaar",)"
            R"("melding":"m"}]})");
}

TEST(Receipt, WhatIsNoUtf8IsReplaced) {
  std::string out;
  AppendJsonString("a\xFF\x01\xC3\xA9", &out);
  EXPECT_EQ(out, "\"a\xEF\xBF\xBD\\u0001\xC3\xA9\"");
}

}  // namespace
}  // namespace vroegsein
