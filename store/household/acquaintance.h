// Acquaintance: somebody of whom a signal says nothing that was not written so before. Most signals
// are about such a person, and for most of those nobody else need be looked at.
//
// Errors: of the store. Thread: the desk's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/signal.pb.h"
#include "ingest/status.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

// So many signals of one description count; more say nothing new.
inline constexpr uint32_t kCountedRecordsMax = 12;

// The sort of contract as the rules write it, where a home has one of it; empty where it may have
// several.
std::string_view ContractOf(const std::string& sector);

// A description that is written exactly so.
struct Acquaintance {
  HouseholdRecord* household = nullptr;
  const PersonRecord* person = nullptr;
  bool alone = false;  // no other household at the address
};

// At that address; nobody where none is.
Result<Acquaintance> FindWritten(State* state, const std::string& municipality,
                                 const AddressRecord& address, uint64_t spelling);

// Whether a signal about them leaves who belongs to whom as it is: nobody need be looked at.
//
// Days and counts decide where people followed one another or moved, and where there are so many
// that it may be no home. Of a household that nobody else was ever looked at with, two people stay
// together whatever the day.
bool ChangesNothing(const Acquaintance& known, const Signal& signal);

}  // namespace vroegsein
