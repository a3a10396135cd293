// The case (vroegsignaalzaak) inside its household's record: which signals it holds, what follows
// from them, and its deadline.
//
// National definitions: meervoudig, two or more signals on one address in the matching period (the
// calendar month of the signal date, and any open case); opeenvolgend, an earlier signal on that
// address in the six months before, in an earlier month. Only signals that were taken up count.
// Pure functions over records; thread safe as their arguments.
#pragma once

#include <vector>

#include "ingest/calendar.h"
#include "store/ids.h"
#include "store/record.pb.h"

namespace vroegsein {

inline constexpr int kConsecutiveMonths = 6;
// Wgs art. 4, where a policy names no term: four weeks, in a crisis three working days.
inline constexpr int kLegalTermDays = 28;
inline constexpr int kLegalCrisisWorkingDays = 3;
// A policy's term is held between none (one working day in a crisis) and this.
inline constexpr uint32_t kTermDaysMax = 366;

HouseholdId IdOf(const HouseholdRecord& household);
CaseId IdOf(const HouseholdRecord& household, const CaseRecord& case_record);

// nullptr when no case is open.
CaseRecord* OpenCase(HouseholdRecord* household);
const CaseRecord* FindCase(const HouseholdRecord& household, uint32_t number);
CaseRecord* FindCase(HouseholdRecord* household, uint32_t number);

// Somebody of a team has taken it on, tried to make contact, or closed it.
bool WorkHasBegun(const CaseRecord& case_record);

bool HasSignals(const HouseholdRecord& household, uint32_t case_number);
std::vector<const SignalRecord*> SignalsOf(const HouseholdRecord& household, uint32_t case_number);
std::vector<SignalRecord*> SignalsOf(HouseholdRecord* household, uint32_t case_number);

// REQUIRES: the case holds at least one signal.
CaseFacts FactsOf(const HouseholdRecord& household, const CaseRecord& case_record);

// The day by which the first conversation is due, given the terms of the decision: the earliest of
// what its signals ask. Another policy never makes it later than it was; a signal that turns out to
// be a repeat takes its term along, or the day would depend on which of the two came in first.
Date DeadlineOf(const HouseholdRecord& household, const CaseRecord& case_record,
                const CaseDecision& decision);

// The decision that counts. REQUIRES: the case was decided.
const CaseDecision& DecisionOf(const CaseRecord& case_record);

}  // namespace vroegsein
