// What a partner hears of its own signals (terugkoppeling), and no more than it may know.
//
// The outbox of the desk: records with numbers from the state, so that a replay tells the same
// things under the same numbers, and a receiver can drop what it has seen. Errors: of the store.
// Thread: the desk's.
#pragma once

#include <string>

#include "alerts/desk/context.h"

namespace vroegsein {

// `andere reden` covers detention, safety and more: the partner learns only that it was not taken
// up.
std::string WhatThePartnerMayKnow(SignalStatus status);

// Tells the partner of `record` where its signal stands now.
Status TellPartner(const StepContext& context, bool help_accepted, SignalRecord* record);

// Takes back what the partner of `record` heard last, and tells where its signal stands instead.
Status CorrectPartner(const StepContext& context, SignalRecord* record);

}  // namespace vroegsein
