// The life of a signal, from the log to a task, top-down. Called by Step; see there.
#pragma once

#include "alerts/desk/context.h"
#include "store/household/matcher.h"
#include "store/log.h"

namespace vroegsein {

struct Received {
  Receipt receipt;
  bool regrouped = false;  // households besides its own changed
};

// Admit, find the household, open or extend the case, decide, route; and the receipt that says so.
Result<Received> ReceiveSignal(const StepContext& context, const HouseholdMatcher& matcher,
                               Signal* signal);

// Where a known signal lives.
struct KnownSignal {
  HouseholdRecord* household = nullptr;
  SignalRecord* record = nullptr;
  SignalDetail detail;
};
// Both nullptr when this (partner, id) was never received.
Result<KnownSignal> FindSignal(State* state, const std::string& municipality,
                               const std::string& partner, const std::string& id);

}  // namespace vroegsein
