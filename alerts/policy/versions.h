// The versions of a municipality's policy: which one decides about what comes in on a day, and how
// one is added or withdrawn.
//
// A version decides from its effective day on, until the day of the next one: of those that are
// effective and not withdrawn the one with the latest day. A day has one version. What was decided
// keeps the version that decided it, also when that is withdrawn. The very first version decides
// about every day. What the configuration file brings takes effect on the day of the start and
// replaces what a person planned for that same day.
//
// Pure functions over the record; thread safe as their arguments.
#pragma once

#include <string_view>

#include "ingest/calendar.h"
#include "store/event.pb.h"
#include "store/log.h"
#include "store/record.pb.h"

namespace vroegsein {

// Versions of one municipality, withdrawn ones included.
inline constexpr int kPolicyVersionsMax = 1'000;

// nullptr when there is none.
const PolicyVersion* VersionInForce(const MunicipalityRecord& municipality, Date day);

// The version of exactly that day that was not withdrawn; nullptr when there is none.
const PolicyVersion* VersionOfDay(const MunicipalityRecord& municipality, Date day);

// Where a version stands on a day: `in-werking`, `gepland` (its day is to come), `voorbij` (a later
// one took over) or `ingetrokken`.
std::string_view StandingOf(const MunicipalityRecord& municipality, const PolicyVersion& version,
                            Date today);

// Adds the version. Refusals, which change nothing: beleid-datum-verleden (before `today`),
// beleid-al-in-werking (what decides on that day is this very version), beleid-dag-bezet (that day
// has another one: withdraw it first), beleid-te-veel-versies.
Outcome AddVersion(const PolicyActivated& activation, Instant now, Date today,
                   MunicipalityRecord* municipality);

// Refusals: beleid-onbekend (no version of that day), beleid-al-begonnen (before `today`: activate
// another version instead).
Outcome WithdrawVersion(const PolicyWithdrawn& withdrawal, Instant now, Date today,
                        MunicipalityRecord* municipality);

}  // namespace vroegsein
