// Is a stored household whole? Bytes that parse are not yet a record: a file can rot, a newer
// program can have written it. Whoever reads one from the disk asks this first, so that everything
// behind it may rely on what a household promises: its cases are numbered, decided and hold a
// signal each, only the last is open, every signal is in a case that is there or in none, and every
// moment is one that a calendar has.
//
// Failure: kDataLoss, with the household's id and nothing else. Pure function; thread safe.
#pragma once

#include "ingest/status.h"
#include "store/record.pb.h"

namespace vroegsein {

Status CheckHousehold(const HouseholdRecord& household);
bool IsWhole(const SignalDetail& detail);

// Four digits: what every key relies on.
bool IsMunicipalityCode(const std::string& code);

}  // namespace vroegsein
