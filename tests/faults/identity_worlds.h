// Worlds of signals in which it is hard to say who belongs together, for tests that deliver them in
// several orders. A function of the seed. Threads: none.
#pragma once

#include <cstdint>
#include <vector>

#include "ingest/signal.pb.h"

namespace vroegsein::faults {

// Nine people at five addresses who move, live together and are misspelt; birth dates and phones
// are often absent.
std::vector<Signal> TownSignals(uint64_t seed);

// One house of so many people that it is not looked at whole, with families in it, and two homes
// next to it to which some of them move.
std::vector<Signal> FullHouseSignals(uint64_t seed);

// The simulator's people: many errors, much moving, crowded addresses.
std::vector<Signal> SimulatedSignals(uint64_t seed);

}  // namespace vroegsein::faults
