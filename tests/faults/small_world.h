// A world so small that everything meets: few addresses, few customers, two dates of origin,
// amounts and threats from a handful, signal dates around the borders of months and of half a year.
// Repeat chains across households, cases that vanish again and late earlier signals happen all the
// time.
//
// Also what a state amounts to when numbers and the order of arrival are left out:
// CanonicalState().
#pragma once

#include <random>
#include <string>
#include <vector>

#include "ingest/calendar.h"
#include "ingest/signal.pb.h"
#include "ingest/status.h"
#include "store/database.h"
#include "store/event.pb.h"
#include "store/record.pb.h"

namespace vroegsein::faults {

// What is drawn for one signal: places in the tables of small_world.cpp, taken modulo their size.
struct Draw {
  unsigned partner = 0;
  unsigned address = 0;
  unsigned customer = 0;
  unsigned origin = 0;
  unsigned day = 0;
  unsigned cents = 0;
  unsigned threat = 0;
  unsigned surname = 0;
};

// The `number`-th signal of a municipality; its id follows from the number.
Signal SignalOf(const Draw& draw, const std::string& municipality, unsigned number);

// Teams without a limit: with one, who is full depends on who came first, and so must the routing.
MunicipalitySettings UnlimitedSettings(const MunicipalitySettings& from,
                                       const std::string& municipality);

Event EventAt(Instant now, const std::string& municipality);
Event SignalEvent(Instant now, const Signal& signal);

// Anything that can happen, mostly signals, about households and cases that may or may not be
// there. Ids of signals come back, with the same content or another.
Event RandomEvent(std::mt19937_64* chance, Instant now, const std::string& municipality);

// A version activated, withdrawn, or run as a shadow; also what must be refused.
Event RandomPolicyEvent(std::mt19937_64* chance, Instant now, const std::string& municipality);

// Every household by address with its signals by id, its cases by their signals, and what a report
// counts of them; sorted.
Result<std::string> CanonicalState(const Database& database, const std::string& municipality);

// `normal`, `short` or `long`, from VROEGSEIN_TEST_LENGTH: how many rounds to make.
int Rounds(int when_short, int when_normal, int when_long);

}  // namespace vroegsein::faults
