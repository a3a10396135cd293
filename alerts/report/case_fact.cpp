#include "alerts/report/case_fact.h"

#include <algorithm>
#include <map>

#include "alerts/ddas/values.h"
#include "alerts/desk/case_file.h"
#include "ingest/calendar.h"
#include "store/state.h"

namespace vroegsein {
namespace {

bool CameTrue(const SignalRecord& record) {
  return std::any_of(record.aftermaths().begin(), record.aftermaths().end(),
                     [](const Aftermath& aftermath) {
                       return aftermath.kind() == AFTERMATH_EVICTED ||
                              aftermath.kind() == AFTERMATH_CUT_OFF ||
                              aftermath.kind() == AFTERMATH_INSURANCE_ENDED;
                     });
}

bool ConfirmedByPartner(const SignalRecord& record) {
  return std::any_of(record.aftermaths().begin(), record.aftermaths().end(),
                     [](const Aftermath& aftermath) {
                       return aftermath.kind() == AFTERMATH_PAID ||
                              aftermath.kind() == AFTERMATH_ARRANGEMENT ||
                              aftermath.kind() == AFTERMATH_WITHDRAWN;
                     });
}

ThreatResult ResultOf(const SignalRecord& record, const CaseRecord& case_record) {
  if (CameTrue(record)) return THREAT_CAME_TRUE;
  if (!case_record.has_closed_ms()) return THREAT_PENDING;
  if (!ddas::IsSolvedOrHelped(case_record.outcome())) return THREAT_UNKNOWN;
  return ConfirmedByPartner(record) ? THREAT_PREVENTED_CONFIRMED : THREAT_PREVENTED_REPORTED;
}

void AddAttempts(const CaseRecord& case_record, CaseFact* fact) {
  for (const ContactAttempt& attempt : case_record.attempts()) {
    fact->add_attempt_kinds(attempt.kind());
    if (!fact->has_first_attempt_day() || attempt.day() < fact->first_attempt_day()) {
      fact->set_first_attempt_day(attempt.day());
    }
    if (!attempt.reached()) continue;
    fact->set_reached(true);
    if (!fact->has_first_conversation_day() || attempt.day() < fact->first_conversation_day()) {
      fact->set_first_conversation_day(attempt.day());
    }
  }
}

}  // namespace

bool IsPrevented(ThreatResult result) {
  return result == THREAT_PREVENTED_REPORTED || result == THREAT_PREVENTED_CONFIRMED;
}

bool IsPrevented(const CaseFact& fact) {
  bool any = false;
  for (const ThreatFact& threat : fact.threats()) {
    if (threat.result() == THREAT_CAME_TRUE) return false;
    any = any || IsPrevented(threat.result());
  }
  return any;
}

std::vector<ThreatFact> ThreatsOf(const HouseholdRecord& household, const CaseRecord& case_record) {
  // Of two signals with one threat the graver result counts: ThreatResult is ordered by that.
  std::map<Threat, ThreatResult> results;
  for (const SignalRecord* record : SignalsOf(household, case_record.number())) {
    Threat threat = record->signal().threat();
    if (threat == THREAT_NONE) continue;
    ThreatResult result = ResultOf(*record, case_record);
    auto [found, added] = results.try_emplace(threat, result);
    if (!added) found->second = std::max(found->second, result);
  }
  std::vector<ThreatFact> facts;
  for (const auto& [threat, result] : results) {
    facts.emplace_back();
    facts.back().set_threat(threat);
    facts.back().set_result(result);
  }
  return facts;
}

SignalFact FactOfSignal(const SignalRecord& record) {
  SignalFact fact;
  fact.set_partner(record.signal().partner());
  fact.set_sector(record.signal().sector());
  fact.set_received_day(DaysOf(FirstOfMonth(DayInAmsterdam(InstantOf(record.received_ms())))));
  fact.set_status(record.status());
  fact.set_threat(record.signal().threat());
  return fact;
}

CaseFact FactOfCase(const HouseholdRecord& household, const CaseRecord& case_record) {
  const CaseDecision& decision = DecisionOf(case_record);
  CaseFact fact;
  fact.set_version(kRecordVersion);
  fact.set_has_case(true);
  fact.set_opened_day(DaysOf(DayInAmsterdam(InstantOf(case_record.opened_ms()))));
  fact.set_zone(case_record.zone());
  fact.set_team(case_record.team());
  fact.set_priority(decision.priority());
  fact.set_crisis(decision.facts().crisis());
  fact.set_multiple(decision.facts().multiple());
  fact.set_consecutive(decision.facts().consecutive());
  fact.set_closed(case_record.has_closed_ms());
  fact.set_outcome(case_record.outcome());
  fact.set_deadline_day(case_record.deadline_day());
  for (const SignalRecord* record : SignalsOf(household, case_record.number())) {
    *fact.add_signals() = FactOfSignal(*record);
  }
  AddAttempts(case_record, &fact);
  for (ThreatFact& threat : ThreatsOf(household, case_record)) *fact.add_threats() = std::move(threat);
  return fact;
}

std::vector<CaseFact> FactsOfHousehold(const HouseholdRecord& household) {
  std::vector<CaseFact> facts;
  for (const CaseRecord& case_record : household.cases()) {
    facts.push_back(FactOfCase(household, case_record));
  }
  CaseFact never_taken_up;
  never_taken_up.set_version(kRecordVersion);
  for (const SignalRecord* record : SignalsOf(household, 0)) {
    *never_taken_up.add_signals() = FactOfSignal(*record);
  }
  if (never_taken_up.signals_size() > 0) facts.push_back(std::move(never_taken_up));
  return facts;
}

}  // namespace vroegsein
