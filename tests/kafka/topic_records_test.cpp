// A record of a partner's topic: bare or in an envelope, and what is kept of one that is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alerts/topics/dead_letters.h"
#include "alerts/topics/topic_intake.h"

namespace vroegsein {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr char kSignal[] =
    R"({"id":"WS-1","soort":"Water","gemeentecode":"0080","signaaldatum":"2026-11-19",)"
    R"("bedragCenten":34512,"ontstaansdatum":"2026-08-01",)"
    R"("client":{"achternaam":"Vries","postcode":"8911AD","huisnummer":"12"}})";

std::string Envelope(const std::string& data, const std::string& more = "") {
  return R"({"specversion":"1.0","id":"e1","source":"urn:x","type":"t")" + more + R"(,"data":)" +
         data + "}";
}

class DecodeRecordTest : public testing::Test {
 protected:
  DecodeRecordTest() : decoder_(Options()) {}

  static DecodeOptions Options() {
    DecodeOptions options;
    options.partner = "vitens";
    options.municipalities = {"0080"};
    options.today = *ParseDate("2026-11-20");
    return options;
  }
  // `code field` of each error.
  std::vector<std::string> ErrorsOf(const std::string& record) {
    DecodeRecord(record, &decoder_, &decoded_);
    std::vector<std::string> errors;
    for (const FieldError& error : decoded_.errors)
      errors.push_back(error.code + " " + error.field);
    return errors;
  }

  SignalDecoder decoder_;
  DecodedSignal decoded_;
};

TEST_F(DecodeRecordTest, BareAndEnvelopedAreTheSameSignal) {
  EXPECT_THAT(ErrorsOf(kSignal), ElementsAre());
  std::string alone = decoded_.signal.SerializeAsString();
  EXPECT_THAT(ErrorsOf(Envelope(kSignal, R"(,"time":"2026-11-20T09:00:00Z","x":{"y":[1]})")),
              ElementsAre());
  EXPECT_EQ(decoded_.signal.SerializeAsString(), alone);
  EXPECT_EQ(decoded_.signal.partner(), "vitens");
}

TEST_F(DecodeRecordTest, AnErrorNamesItsPlaceInTheRecord) {
  EXPECT_THAT(ErrorsOf(R"({"specversion":"1.0","id":7,"source":"","data":[]})"),
              ElementsAre("type-tekst /id", "type-tekst /source", "veld-verplicht /type",
                          "type-object /data"));
  EXPECT_THAT(ErrorsOf(Envelope("{}", R"(,"id":"e2")")), ElementsAre("veld-dubbel /id"));
  EXPECT_THAT(ErrorsOf(R"({"specversion":"2.0","id":"e","source":"s","type":"t","data":{}})"),
              ElementsAre("cloudevent-versie /specversion"));
  EXPECT_THAT(ErrorsOf(Envelope(R"({"id":"WS-1"})")),
              testing::Contains("veld-verplicht /data/client/postcode"));
}

TEST_F(DecodeRecordTest, WhatIsNoRecordIsRefused) {
  for (const std::string record : {"", "[]", "{", "\xff\xfe", "tekst", "{\"specversion\":1"}) {
    EXPECT_FALSE(ErrorsOf(record).empty()) << record;
  }
  EXPECT_THAT(ErrorsOf(std::string(200'000, ' ')), testing::SizeIs(1));
}

TEST(DeadLetterTest, IsReadAsItWasWritten) {
  DeadLetter letter;
  letter.partner = "vitens";
  letter.topic = "vroegsein.in.vitens";
  letter.partition = 2;
  letter.offset = 17;
  letter.refused_at = *ParseInstant("2026-11-20T09:00:00Z");
  letter.errors = {{"veld-verplicht", "/id", "Dit veld ontbreekt."}};
  letter.Keep(std::string("\0\xff Vries", 8));
  auto read = DeadLetterOf(JsonOf(letter, true));
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(read->Id(), "vroegsein.in.vitens/2/17");
  EXPECT_EQ(read->message, letter.message);
  EXPECT_EQ(JsonOf(*read, true), JsonOf(letter, true));
  EXPECT_THAT(JsonOf(letter, false), Not(HasSubstr("bericht")));
  EXPECT_EQ(read->bytes, 8u);
  EXPECT_EQ(DeadLetterOf("{}").status().code(), StatusCode::kDataLoss);
  EXPECT_EQ(DeadLetterOf("no json").status().code(), StatusCode::kDataLoss);
}

// What a topic takes is less than what a partner can put on one.
TEST(DeadLetterTest, WhatIsLongerThanASignalIsNotKept) {
  DeadLetter letter;
  letter.topic = "vroegsein.in.vitens";
  letter.Keep(std::string(64 * 1024, 'x'));
  EXPECT_TRUE(letter.message.has_value());
  DeadLetter longer = letter;
  longer.message.reset();
  longer.Keep(std::string(64 * 1024 + 1, 'x'));
  EXPECT_THAT(JsonOf(longer, true).size(), testing::Lt(500u));
  auto read = DeadLetterOf(JsonOf(longer, true));
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(read->message, std::nullopt);
  EXPECT_EQ(read->bytes, 64u * 1024 + 1);
}

TEST_F(DecodeRecordTest, ErrorsDoNotOutgrowTheRecord) {
  std::string record = "{";
  for (int i = 0; i < 5'000; ++i) record += "\"" + std::to_string(i) + "\":1,";
  record.back() = '}';
  EXPECT_THAT(ErrorsOf(record), testing::SizeIs(testing::Lt(100u)));
}

}  // namespace
}  // namespace vroegsein
