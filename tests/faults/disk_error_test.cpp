// A full disk (ENOSPC) or a broken one (EIO) at every n-th call, for good or for once: either the
// answer holds or there was none, the failure says why, and a sound disk finds everything that was
// answered.
#include <cstdlib>

#include "tests/faults/desk_run.h"

namespace vroegsein::faults {
namespace {

constexpr uint64_t kSeed = 7;
constexpr int kEvents = 60;

uint64_t CallsOfAWholeRun() {
  FaultyDisk disk(kSeed);
  DeskRun run(kSeed);
  Status first = run.Live(disk.env(), kEvents);
  EXPECT_TRUE(first.ok()) << first.message();
  EXPECT_TRUE(run.Live(disk.env(), kEvents).ok());
  return disk.calls();
}

void ExpectSays(const Status& failure, Fault fault) {
  if (fault == Fault::kNoSpace) {
    EXPECT_EQ(failure.code(), StatusCode::kExhausted) << failure.message();
    EXPECT_NE(failure.message().find("No space left"), std::string::npos) << failure.message();
  } else {
    EXPECT_EQ(failure.code(), StatusCode::kDataLoss) << failure.message();
    EXPECT_NE(failure.message().find("Input/output error"), std::string::npos) << failure.message();
  }
}

void FailAtCall(uint64_t call, Fault fault, uint64_t times) {
  SCOPED_TRACE("call " + std::to_string(call) + (times == 0 ? " and on" : " once"));
  DeskRun run(kSeed);
  {
    FaultyDisk disk(kSeed);
    disk.FailAt(call, fault, times);
    Status ended = run.Live(disk.env(), kEvents);
    if (ended.ok()) ended = run.Live(disk.env(), kEvents);
    // A failure in a background job can be repaired, or come too late to be seen.
    if (!ended.ok()) ExpectSays(ended, fault);
  }
  ASSERT_NO_FATAL_FAILURE(run.ExpectKept());
  FaultyDisk sound(kSeed);
  Status after = run.Live(sound.env(), 10);
  EXPECT_TRUE(after.ok()) << after.message();
  ASSERT_NO_FATAL_FAILURE(run.ExpectKept());
}

void FailEverywhere(Fault fault, uint64_t times) {
  uint64_t calls = CallsOfAWholeRun();
  uint64_t step = static_cast<uint64_t>(Rounds(100, 30, 1));
  uint64_t first = 1 + std::random_device()() % step;
  std::printf("%llu calls, every %llu from %llu\n", static_cast<unsigned long long>(calls),
              static_cast<unsigned long long>(step), static_cast<unsigned long long>(first));
  for (uint64_t call = first; call <= calls && !testing::Test::HasFailure(); call += step) {
    FailAtCall(call, fault, times);
  }
}

TEST(DiskError, FullForGood) { FailEverywhere(Fault::kNoSpace, 0); }
TEST(DiskError, FullForAMoment) { FailEverywhere(Fault::kNoSpace, 1); }
TEST(DiskError, BrokenForGood) { FailEverywhere(Fault::kInputOutput, 0); }
TEST(DiskError, BrokenForAMoment) { FailEverywhere(Fault::kInputOutput, 1); }

}  // namespace
}  // namespace vroegsein::faults
