// The sentences and hashes that decisions share, kept once per municipality.
//
// A decision names them by number; numbers are given out in order of first use, so a replay gives
// the same ones. Shorten() goes before the store, SpellOut() behind it: whoever reads a household
// for people reads it with SpellOut(). Errors: of the store. Threads: Shorten() the desk's, the
// rest any.
#pragma once

#include <string>

#include "ingest/status.h"
#include "store/database.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

Status Shorten(State* state, const std::string& municipality, SignalDecision* decision);
Status Shorten(State* state, const std::string& municipality, CaseDecision* decision);

Result<TextsRecord> ReadTexts(const Database& database, const std::string& municipality);
// Of the household's cases. Its signals' decisions stand elsewhere: store/signal_detail.h.
void SpellOut(const TextsRecord& texts, HouseholdRecord* household);
void SpellOut(const TextsRecord& texts, SignalDecision* decision);

}  // namespace vroegsein
