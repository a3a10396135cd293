// The power goes at a random moment, again and again: what was not synced disappears, and every
// answer that was given still stands. Seeds: VROEGSEIN_SEED, printed with every failure.
#include "tests/faults/desk_run.h"

namespace vroegsein::faults {
namespace {

uint64_t FirstSeed() {
  const char* given = std::getenv("VROEGSEIN_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

// Several lives of one folder, each ended by a power cut; one in four of them while it opens.
void LiveThroughCuts(uint64_t seed) {
  SCOPED_TRACE("VROEGSEIN_SEED=" + std::to_string(seed));
  std::mt19937_64 chance(seed);
  DeskRun run(seed);
  for (int life = 0; life < 3; ++life) {
    FaultyDisk disk(chance());
    uint64_t reach = chance() % 4 == 0 ? 40 : 400;
    disk.FailAt(1 + chance() % reach, Fault::kPowerCut);
    Status ended = run.Live(disk.env(), 120);
    // The power may also go behind the last answer: in a background job, or while closing.
    EXPECT_TRUE(ended.ok() || disk.failed()) << ended.message();
    disk.LosePower();
    ASSERT_NO_FATAL_FAILURE(run.ExpectKept());
  }
}

TEST(PowerCut, WhatWasAnsweredSurvives) {
  uint64_t seed = FirstSeed();
  std::printf("VROEGSEIN_SEED=%llu\n", static_cast<unsigned long long>(seed));
  for (int round = 0; round < Rounds(3, 20, 1'000) && !testing::Test::HasFailure(); ++round) {
    LiveThroughCuts(seed + static_cast<uint64_t>(round));
  }
}

}  // namespace
}  // namespace vroegsein::faults
