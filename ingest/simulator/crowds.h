// Addresses that many households share: student houses, care homes, shelters and flats of which no
// creditor knows the suffix.
//
// Everything is a function of (options, number of the household): a block of households with
// consecutive numbers shares an address, and the sort of place decides who live there. Pure
// functions; thread safe.
#pragma once

#include <cstdint>

#include "ingest/simulator/options.h"

namespace vroegsein::simulator {

enum class Crowd : uint8_t {
  kNone,
  kStudentHouse,  // singles of 18 to 27
  kCareHome,      // singles and couples born before 1952
  kShelter,       // anybody
  kFlat           // anybody, also a business
};

inline constexpr uint64_t kHouseholdsPerBlock = 16;

// In which sort of place this household lives at first.
Crowd CrowdOf(const SimulationOptions& options, uint64_t household);

// The number of its address: of a building where nobody else lives. REQUIRES: CrowdOf() is not
// kNone.
uint64_t CrowdAddress(const SimulationOptions& options, uint64_t household);

// Whether the address is such a place: it has no suffix.
bool IsCrowdAddress(const SimulationOptions& options, uint64_t address);

}  // namespace vroegsein::simulator
