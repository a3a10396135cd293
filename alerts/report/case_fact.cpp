#include "alerts/report/case_fact.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "alerts/ddas/values.h"
#include "alerts/desk/case_file.h"
#include "ingest/calendar.h"
#include "store/state.h"

namespace vroegsein {
namespace {

using Signals = std::vector<const SignalRecord*>;

bool IsLoss(AftermathKind kind) {
  return kind == AFTERMATH_EVICTED || kind == AFTERMATH_CUT_OFF ||
         kind == AFTERMATH_INSURANCE_ENDED;
}

// The loss that the threat threatens with.
AftermathKind LossOf(Threat threat) {
  switch (threat) {
    case THREAT_EVICTION: return AFTERMATH_EVICTED;
    case THREAT_ENERGY_CUTOFF:
    case THREAT_HEAT_CUTOFF:
    case THREAT_WATER_CUTOFF: return AFTERMATH_CUT_OFF;
    case THREAT_INSURANCE_END: return AFTERMATH_INSURANCE_ENDED;
    default: return AFTERMATH_UNSPECIFIED;
  }
}

bool ReportsLoss(const SignalRecord& record, Threat threat) {
  bool carried = record.signal().threat() == threat;
  bool elsewhere = record.signal().threat() != THREAT_NONE && !carried;
  return std::any_of(record.aftermaths().begin(), record.aftermaths().end(),
                     [&](const Aftermath& aftermath) {
                       return carried ? IsLoss(aftermath.kind())
                                      : !elsewhere && aftermath.kind() == LossOf(threat);
                     });
}

bool ConfirmedByPartner(const SignalRecord& record) {
  return std::any_of(
      record.aftermaths().begin(), record.aftermaths().end(), [](const Aftermath& aftermath) {
        return aftermath.kind() == AFTERMATH_PAID || aftermath.kind() == AFTERMATH_ARRANGEMENT ||
               aftermath.kind() == AFTERMATH_WITHDRAWN;
      });
}

bool CameTrue(const Signals& signals, const std::set<std::string_view>& partners, Threat threat) {
  return std::any_of(signals.begin(), signals.end(), [&](const SignalRecord* record) {
    return partners.contains(record->signal().partner()) && ReportsLoss(*record, threat);
  });
}

bool Confirmed(const Signals& signals, const std::set<std::string_view>& partners, Threat threat) {
  std::set<std::string_view> confirming;
  for (const SignalRecord* record : signals) {
    bool confirms = record->signal().threat() == threat && ConfirmedByPartner(*record);
    if (confirms) confirming.insert(record->signal().partner());
  }
  return confirming == partners;
}

ThreatResult ResultOf(const CaseRecord& case_record, const Signals& signals, Threat threat) {
  std::set<std::string_view> partners;
  for (const SignalRecord* record : signals) {
    if (record->signal().threat() == threat) partners.insert(record->signal().partner());
  }
  if (CameTrue(signals, partners, threat)) return THREAT_CAME_TRUE;
  if (!case_record.has_closed_ms()) return THREAT_PENDING;
  if (!ddas::IsSolvedOrHelped(case_record.outcome())) return THREAT_UNKNOWN;
  return Confirmed(signals, partners, threat) ? THREAT_PREVENTED_CONFIRMED
                                              : THREAT_PREVENTED_REPORTED;
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

ThreatResult Together(const std::vector<ThreatResult>& results) {
  VROEGSEIN_CHECK(!results.empty());
  for (ThreatResult first :
       {THREAT_CAME_TRUE, THREAT_PENDING, THREAT_UNKNOWN, THREAT_PREVENTED_REPORTED}) {
    if (std::find(results.begin(), results.end(), first) != results.end()) return first;
  }
  return THREAT_PREVENTED_CONFIRMED;
}

bool IsPrevented(const CaseFact& fact) {
  std::vector<ThreatResult> results;
  for (const ThreatFact& threat : fact.threats()) results.push_back(threat.result());
  return !results.empty() && IsPrevented(Together(results));
}

std::vector<ThreatFact> ThreatsOf(const HouseholdRecord& household, const CaseRecord& case_record) {
  Signals signals = SignalsOf(household, case_record.number());
  std::set<Threat> carried;
  for (const SignalRecord* record : signals) carried.insert(record->signal().threat());
  carried.erase(THREAT_NONE);
  std::vector<ThreatFact> facts;
  for (Threat threat : carried) {
    facts.emplace_back();
    facts.back().set_threat(threat);
    facts.back().set_result(ResultOf(case_record, signals, threat));
  }
  return facts;
}

SignalFact FactOfSignal(const SignalRecord& record) {
  SignalFact fact;
  fact.set_partner(record.signal().partner());
  fact.set_sector(record.signal().sector());
  fact.set_received_day(DaysOf(DayInAmsterdam(InstantOf(record.received_ms()))));
  fact.set_status(record.status());
  fact.set_threat(record.signal().threat());
  return fact;
}

CaseFact KeptAfterErasure(CaseFact fact) {
  for (SignalFact& signal : *fact.mutable_signals()) {
    signal.set_received_day(DaysOf(FirstOfMonth(DateOf(signal.received_day()))));
  }
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
  for (ThreatFact& threat : ThreatsOf(household, case_record))
    *fact.add_threats() = std::move(threat);
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
