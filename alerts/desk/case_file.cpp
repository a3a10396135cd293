#include "alerts/desk/case_file.h"

#include <algorithm>

#include "alerts/deadline/working_days.h"
#include "ingest/status.h"

namespace vroegsein {
namespace {

bool IsTakenUp(const SignalRecord& record) { return record.case_number() != 0; }

Date SignalDay(const SignalRecord& record) { return DateOf(record.signal().signal_day()); }

// The signal dates of what was taken up on this address, in order. A crowded address has thousands,
// so what asks about each of them has to be better than a walk over all.
std::vector<Date> TakenUpDays(const HouseholdRecord& household) {
  std::vector<Date> days;
  days.reserve(static_cast<size_t>(household.signals_size()));
  for (const SignalRecord& record : household.signals()) {
    if (IsTakenUp(record)) days.push_back(SignalDay(record));
  }
  std::sort(days.begin(), days.end());
  return days;
}

size_t CountBetween(const std::vector<Date>& days, Date from, Date before) {
  auto first = std::lower_bound(days.begin(), days.end(), from);
  auto last = std::lower_bound(first, days.end(), before);
  return static_cast<size_t>(last - first);
}

// The heavier the loss, the higher: the home, then what keeps it liveable, then the insurance.
int Weight(Threat threat) {
  switch (threat) {
    case THREAT_EVICTION: return 5;
    case THREAT_HEAT_CUTOFF: return 4;
    case THREAT_ENERGY_CUTOFF: return 3;
    case THREAT_WATER_CUTOFF: return 2;
    case THREAT_INSURANCE_END: return 1;
    default: return 0;
  }
}

int TermDays(const CaseDecision& decision) {
  if (!decision.has_term_days()) return kLegalTermDays;
  return static_cast<int>(std::min(decision.term_days(), kTermDaysMax));
}

int CrisisWorkingDays(const CaseDecision& decision) {
  if (!decision.has_term_working_days()) return kLegalCrisisWorkingDays;
  return static_cast<int>(std::clamp(decision.term_working_days(), 1u, kTermDaysMax));
}

void AddSignal(const SignalRecord& record, const std::vector<Date>& days, CaseFacts* facts) {
  const Signal& signal = record.signal();
  facts->set_signals(facts->signals() + 1);
  facts->set_arrears_cents(facts->arrears_cents() + signal.arrears_cents());
  facts->set_longest_arrears_days(
      std::max(facts->longest_arrears_days(), record.decision().arrears_days()));
  if (record.decision().crisis()) facts->set_crisis(true);
  if (signal.warm_handover()) facts->set_warm_handover(true);
  if (Weight(signal.threat()) > Weight(facts->heaviest_threat())) {
    facts->set_heaviest_threat(signal.threat());
  }
  if (days.size() < 2) return;
  Date month = FirstOfMonth(SignalDay(record));
  Date oldest = AddMonths(SignalDay(record), -kConsecutiveMonths);
  if (CountBetween(days, month, AddMonths(month, 1)) > 1) facts->set_multiple(true);
  if (CountBetween(days, oldest, month) > 0) facts->set_consecutive(true);
}

// By number alone they would not be in order: a case may come from another household.
bool IsEarlier(const CaseRecord& a, const CaseRecord& b) {
  return std::make_pair(a.opened_ms(), a.number()) < std::make_pair(b.opened_ms(), b.number());
}

}  // namespace

HouseholdId IdOf(const HouseholdRecord& household) {
  return {household.municipality(), household.number()};
}

CaseId IdOf(const HouseholdRecord& household, const CaseRecord& case_record) {
  return {IdOf(household), case_record.number()};
}

CaseRecord* OpenCase(HouseholdRecord* household) {
  for (CaseRecord& one : *household->mutable_cases()) {
    if (!one.has_closed_ms()) return &one;
  }
  return nullptr;
}

const CaseRecord* FindCase(const HouseholdRecord& household, uint32_t number) {
  for (const CaseRecord& found : household.cases()) {
    if (found.number() == number) return &found;
  }
  return nullptr;
}

CaseRecord* FindCase(HouseholdRecord* household, uint32_t number) {
  return const_cast<CaseRecord*>(FindCase(std::as_const(*household), number));
}

bool WorkHasBegun(const CaseRecord& case_record) {
  return case_record.task() != TASK_OPEN || case_record.attempts_size() > 0 ||
         case_record.has_closed_ms();
}

bool HasSignals(const HouseholdRecord& household, uint32_t case_number) {
  return std::any_of(
      household.signals().begin(), household.signals().end(),
      [&](const SignalRecord& record) { return record.case_number() == case_number; });
}

std::vector<const SignalRecord*> SignalsOf(const HouseholdRecord& household, uint32_t case_number) {
  std::vector<const SignalRecord*> found;
  for (const SignalRecord& record : household.signals()) {
    if (record.case_number() == case_number) found.push_back(&record);
  }
  return found;
}

std::vector<SignalRecord*> SignalsOf(HouseholdRecord* household, uint32_t case_number) {
  std::vector<SignalRecord*> found;
  for (SignalRecord& record : *household->mutable_signals()) {
    if (record.case_number() == case_number) found.push_back(&record);
  }
  return found;
}

CaseFacts FactsOf(const HouseholdRecord& household, const CaseRecord& case_record) {
  CaseFacts facts;
  std::vector<std::string_view> sectors;
  constexpr size_t kUsualSectors = 4;
  sectors.reserve(kUsualSectors);
  std::vector<Date> days = TakenUpDays(household);
  for (const SignalRecord& record : household.signals()) {
    if (record.case_number() != case_record.number()) continue;
    AddSignal(record, days, &facts);
    std::string_view sector = record.signal().sector();
    bool known = std::find(sectors.begin(), sectors.end(), sector) != sectors.end();
    if (!known) sectors.push_back(sector);
  }
  VROEGSEIN_CHECK(facts.signals() > 0);
  if (facts.signals() > 1) facts.set_multiple(true);
  facts.set_sectors(static_cast<uint32_t>(sectors.size()));
  facts.set_earlier_cases(static_cast<uint32_t>(
      std::count_if(household.cases().begin(), household.cases().end(),
                    [&](const CaseRecord& other) { return IsEarlier(other, case_record); })));
  return facts;
}

Date DeadlineOf(const HouseholdRecord& household, const CaseRecord& case_record,
                const CaseDecision& decision) {
  int term_days = TermDays(decision), crisis_days = CrisisWorkingDays(decision);
  std::optional<Date> deadline;
  auto no_later_than = [&](Date day) { deadline = deadline ? std::min(*deadline, day) : day; };
  for (const SignalRecord& record : household.signals()) {
    if (record.case_number() != case_record.number()) continue;
    Date received = DayInAmsterdam(InstantOf(record.received_ms()));
    no_later_than(received + std::chrono::days(term_days));
    if (record.decision().crisis()) no_later_than(AddWorkingDays(received, crisis_days));
  }
  VROEGSEIN_CHECK(deadline.has_value());
  auto is_other = [&decision](uint32_t policy) { return policy != decision.policy_text(); };
  bool other_policy =
      std::any_of(case_record.earlier_policies().begin(), case_record.earlier_policies().end(),
                  is_other) ||
      std::any_of(case_record.decisions().begin(), case_record.decisions().end(),
                  [&](const CaseDecision& before) { return is_other(before.policy_text()); });
  if (other_policy) no_later_than(DateOf(case_record.deadline_day()));
  return *deadline;
}

const CaseDecision& DecisionOf(const CaseRecord& case_record) {
  VROEGSEIN_CHECK(case_record.decisions_size() > 0);
  return case_record.decisions(case_record.decisions_size() - 1);
}

}  // namespace vroegsein
