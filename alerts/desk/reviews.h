// The review list: pairs of households that may be one, for a person to say. What was said is
// remembered: two that are two are never proposed or joined again.
//
// Errors: of the store. Thread: the desk's.
#pragma once

#include "alerts/desk/context.h"
#include "store/household/identity/weights.h"

namespace vroegsein {

// Reviews that a household stands in at once; more say that its address or name is no help.
inline constexpr int kReviewsPerHouseholdMax = 20;

Status ProposeReview(const StepContext& context, HouseholdRecord* household, uint64_t other,
                     double bits);
Status DropReview(const StepContext& context, HouseholdRecord* household, uint64_t other);

// These two are two, whatever the matcher thinks.
Status KeepApart(const StepContext& context, HouseholdRecord* household, HouseholdRecord* other);

// `from` became `to`: what was said and asked about the one holds for the other.
Status InheritReviews(const StepContext& context, const HouseholdRecord& from, HouseholdRecord* to);
// Some of `from` went to `to`: a question goes along with those that it is about.
Status DivideReviews(const StepContext& context, const identity::Judge& judge,
                     HouseholdRecord* from, HouseholdRecord* to);
// Nobody asks or remembers about an erased household.
Status ForgetReviews(const StepContext& context, const HouseholdRecord& household);

// How likely two of them are one person, in bits.
double MostAlikeBits(const identity::Judge& judge, const HouseholdRecord& a,
                     const HouseholdRecord& b);

}  // namespace vroegsein
