// The sentences and hashes that decisions share, kept once per municipality.
//
// A decision names them by number; numbers are given out in order of first use, so a replay gives
// the same ones. A policy numbers its own, in the order in which it happened to be asked:
// Renumber() goes before the store and makes them the municipality's. SpellOut() is for whoever
// reads: a household for people is read with it. Errors: of the store. Threads: Renumber() the
// desk's, the rest any.
#pragma once

#include <string>

#include "ingest/status.h"
#include "store/database.h"
#include "store/record.pb.h"
#include "store/state.h"

namespace vroegsein {

// `texts` may have grown since the last call, and is known by its first text.
Status Renumber(State* state, const std::string& municipality, const TextsRecord& texts,
                SignalDecision* decision);
Status Renumber(State* state, const std::string& municipality, const TextsRecord& texts,
                CaseDecision* decision);

// How a rule that fired stands among the texts.
std::string TextOf(const FiredRule& fired);

Result<TextsRecord> ReadTexts(const Database& database, const std::string& municipality);
// Of the household's cases. Its signals' decisions stand elsewhere: store/signal_detail.h.
void SpellOut(const TextsRecord& texts, HouseholdRecord* household);
void SpellOut(const TextsRecord& texts, SignalDecision* decision);
void SpellOut(const TextsRecord& texts, CaseDecision* decision);

}  // namespace vroegsein
