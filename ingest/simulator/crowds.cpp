#include "ingest/simulator/crowds.h"

#include "ingest/simulator/people.h"
#include "ingest/simulator/random.h"

namespace vroegsein::simulator {
namespace {

constexpr uint64_t kCrowdStream = 5;
constexpr uint32_t kSorts[] = {40, 20, 15, 25};  // in the order of Crowd

// How many of the block's households share the address. A student house is hard to know from the
// records just because it is small.
uint64_t HouseholdsIn(Crowd crowd, Random& random) {
  switch (crowd) {
    case Crowd::kStudentHouse: return 5 + random.Below(5);
    case Crowd::kFlat: return 8;
    default: return kHouseholdsPerBlock;
  }
}

// Numbers below it are of homes: one per household, per move, per split and two per child that
// leaves.
uint64_t FirstCrowdAddress(const SimulationOptions& options) {
  return (options.households * 5 / kHomesPerBuilding + 1) * kHomesPerBuilding;
}

}  // namespace

Crowd CrowdOf(const SimulationOptions& options, uint64_t household) {
  Random random(Mix(Mix(options.seed, kCrowdStream), household / kHouseholdsPerBlock));
  if (!random.Chance(options.crowded)) return Crowd::kNone;
  auto crowd = static_cast<Crowd>(1 + random.PickWeighted(kSorts));
  return household % kHouseholdsPerBlock < HouseholdsIn(crowd, random) ? crowd : Crowd::kNone;
}

uint64_t CrowdAddress(const SimulationOptions& options, uint64_t household) {
  return FirstCrowdAddress(options) + household / kHouseholdsPerBlock * kHomesPerBuilding;
}

bool IsCrowdAddress(const SimulationOptions& options, uint64_t address) {
  return address >= FirstCrowdAddress(options);
}

}  // namespace vroegsein::simulator
