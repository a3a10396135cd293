// What people decide about households: these are one, this is two, and the answer to a review. The
// matcher leaves alone what was decided.
//
// Errors of the store are a failed Result; a decision that does not fit is an Outcome that says
// why, and changes nothing. Thread: the desk's.
#pragma once

#include "alerts/desk/context.h"
#include "store/event.pb.h"
#include "store/household/matcher.h"
#include "store/log.h"

namespace vroegsein {

Result<Outcome> Join(const StepContext& context, const HouseholdMatcher& matcher,
                     const HouseholdsJoined& decision);
Result<Outcome> Divide(const StepContext& context, const HouseholdMatcher& matcher,
                       const HouseholdDivided& decision);
Result<Outcome> Answer(const StepContext& context, const HouseholdMatcher& matcher,
                       const ReviewAnswered& decision);

}  // namespace vroegsein
