// What the simulator writes, read by the decoder that partners' deliveries go through.
#include <gtest/gtest.h>

#include <string>

#include "ingest/aftermath_decoder.h"
#include "ingest/signal_decoder.h"
#include "ingest/simulator/delivery_format.h"
#include "ingest/simulator/people.h"
#include "ingest/simulator/timeline.h"
#include "ingest/simulator/written.h"

namespace vroegsein::simulator {
namespace {

struct Verdicts {
  int accepted = 0, refused = 0, wrong = 0;
  std::string first_wrong;
};

class Decoded : public ::testing::Test {
 protected:
  Decoded() {
    options_.households = 5000;
    options_.months = 6;
    options_.seed = 11;
    options_.until = *ParseDate("2025-12-31");
    decode_.partner = "vitens";
    decode_.municipalities = {"0080"};
    decode_.today = options_.until;
  }

  // Every notice through the decoder; wrong when it does not refuse exactly the broken ones.
  Verdicts DecodeAll() {
    SignalDecoder decoder(decode_);
    DecodedSignal decoded;
    Verdicts verdicts;
    for (uint64_t number = 0; number < options_.households; ++number) {
      Household household = MakeHousehold(options_, number);
      Residences residences(options_, household);
      Random random(number);
      for (const Notice& notice : MakeTimeline(options_, household, residences)) {
        Address home = AddressOf(residences.Of(notice.member, notice.month).address, options_.seed);
        WrittenRow row =
            WriteNotice(options_, notice, household.members[notice.member], home, random);
        row[kId] = "WS-1";
        std::string line = SignalLine(row, Format::kNdjson);
        decoder.Decode(line, &decoded);
        decoded.ok() ? ++verdicts.accepted : ++verdicts.refused;
        if (decoded.ok() != (notice.kind == NoticeKind::kBroken)) continue;
        if (++verdicts.wrong == 1) verdicts.first_wrong = line;
      }
    }
    return verdicts;
  }

  SimulationOptions options_;
  DecodeOptions decode_;
};

TEST_F(Decoded, EveryRowIsAccepted) {
  Verdicts verdicts = DecodeAll();
  EXPECT_EQ(verdicts.refused, 0) << verdicts.first_wrong;
  EXPECT_GT(verdicts.accepted, 2000);
}

TEST_F(Decoded, EveryRowIsAcceptedHoweverMisspelt) {
  options_.errors = kAlways;
  Verdicts verdicts = DecodeAll();
  EXPECT_EQ(verdicts.refused, 0) << verdicts.first_wrong;
}

TEST_F(Decoded, ExactlyTheBrokenRowsAreRefused) {
  options_.broken = 20 * kPercent;
  Verdicts verdicts = DecodeAll();
  EXPECT_EQ(verdicts.wrong, 0) << verdicts.first_wrong;
  EXPECT_GT(verdicts.refused, 400);
}

TEST_F(Decoded, EveryAftermathIsAccepted) {
  AftermathDecoder decoder(decode_);
  DecodedAftermath decoded;
  int count = 0;
  for (uint64_t number = 0; number < options_.households; ++number) {
    Household household = MakeHousehold(options_, number);
    Residences residences(options_, household);
    for (const Notice& notice : MakeTimeline(options_, household, residences)) {
      if (notice.sequel.month < 0) continue;
      WrittenSequel sequel{"WS-1", notice.sequel.afloop, FormatDate(notice.sequel.day)};
      std::string line = SequelLine(sequel, Format::kNdjson);
      decoder.Decode(line, &decoded);
      EXPECT_TRUE(decoded.ok()) << line;
      ++count;
    }
  }
  EXPECT_GT(count, 300);
}

}  // namespace
}  // namespace vroegsein::simulator
