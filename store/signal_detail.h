// The two halves of a signal: what a household's record keeps of it, and its detail under the
// signal's own key. Neither holds what the other has, so that together they are the whole.
//
// A step reads and writes a household for each of its signals; it never asks again who lives there
// or which rules admitted a signal. Kept apart, a household is a third of its size.
//
// Errors: of the store. Threads: any, as the arguments.
#pragma once

#include <string_view>

#include "ingest/status.h"
#include "store/database.h"
#include "store/record.pb.h"

namespace vroegsein {

// kDataLoss when it cannot be read or is not whole.
Result<SignalDetail> ParseDetail(std::string_view bytes);

// Divides `signal` and what was decided about it: the household's half goes into `record`, the rest
// is returned, for the household with that number. Who lives there is taken from `signal`.
SignalDetail Divide(Signal* signal, SignalDecision decision, uint64_t household,
                    SignalRecord* record);

// Completes one signal of `household`.
void Unite(const HouseholdRecord& household, const SignalDetail& detail, SignalRecord* record);

// Completes every signal of a household, with its decisions spelled out. A signal whose detail is
// gone was erased since the household was read: it stays as it is.
Status ReadDetails(const Database& database, const TextsRecord& texts, HouseholdRecord* household);

}  // namespace vroegsein
