#include "alerts/policy/replay.h"

#include <algorithm>

#include "alerts/desk/case_file.h"
#include "alerts/policy/verdict.h"
#include "alerts/routing/routing.h"
#include "store/keys.h"
#include "store/signal_detail.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

// Refused by law or by definition, whatever the policy says.
constexpr char kLegalPerson[] = "rechtspersoon";

std::string TeamFor(const MunicipalitySettings& settings, const HouseholdRecord& household,
                    const CaseDecision& decision, bool crisis) {
  RoutingNeed need{household.address().postcode(), decision.specialism(), crisis};
  return RouteCase(settings, CountersRecord(), need).team;
}

}  // namespace

bool CaseReplay::Moves() const {
  return !after || after->priority() != before->priority() || team_after != team_before;
}

bool CaseReplay::Differs() const { return Moves() || !SameVerdict(*before, *after); }

Status Replayer::Replay(const HouseholdRecord& household, int64_t since_ms, SignalReplay* signals,
                        const Each& each) {
  VROEGSEIN_RETURN_IF_ERROR(Judge(household, signals));
  for (const CaseRecord& case_record : household.cases()) {
    if (DecisionOf(case_record).decided_ms() < since_ms) continue;
    each(ReplayCase(household, case_record));
  }
  return Status::Ok();
}

// Why a signal was refused stands in its detail: read for the few that would be taken up now.
Result<bool> Replayer::IsBeyondPolicy(const HouseholdRecord& household,
                                      const SignalRecord& record) const {
  const Signal& signal = record.signal();
  auto bytes =
      database_->Get(keys::Signal(household.municipality(), signal.partner(), signal.id()));
  if (!bytes.ok()) return bytes.status();
  if (!bytes->has_value()) return false;
  auto detail = ParseDetail(**bytes);
  if (!detail.ok()) return detail.status();
  return detail->decision().refusal() == kLegalPerson;
}

Status Replayer::Judge(const HouseholdRecord& household, SignalReplay* counts) {
  judged_.clear();
  for (const SignalRecord& record : household.signals()) {
    const SignalDecision& before = record.decision();
    SignalDecision after = policy_->DecideSignal(record.signal());
    if (!before.admitted() && after.admitted()) {
      auto beyond = IsBeyondPolicy(household, record);
      if (!beyond.ok()) return beyond.status();
      after.set_admitted(!*beyond);
    }
    ++counts->signals;
    counts->newly_refused += before.admitted() && !after.admitted() ? 1 : 0;
    counts->newly_admitted += !before.admitted() && after.admitted() ? 1 : 0;
    judged_.push_back(std::move(after));
  }
  return Status::Ok();
}

CaseReplay Replayer::ReplayCase(const HouseholdRecord& household, const CaseRecord& case_record) {
  CaseReplay replay;
  replay.id = IdOf(household, case_record);
  replay.before = &DecisionOf(case_record);
  replay.team_before = case_record.team();
  CaseFacts facts = FactsUnder(household, case_record);
  if (facts.signals() > 0) {
    policy_->DecideCase(facts, &replay.after.emplace());
    SpellOut(policy_->texts(), &*replay.after);
    *replay.after->mutable_facts() = std::move(facts);
    replay.team_after = TeamAfter(household, replay);
    return replay;
  }
  for (int i = 0; i < household.signals_size(); ++i) {
    if (household.signals(i).case_number() != case_record.number()) continue;
    const std::string& refusal = judged_[static_cast<size_t>(i)].refusal();
    auto& known = replay.refusals;
    if (std::find(known.begin(), known.end(), refusal) == known.end()) known.push_back(refusal);
  }
  return replay;
}

// The facts that were recorded, less what the version would not have taken up. None left: no
// signals.
CaseFacts Replayer::FactsUnder(const HouseholdRecord& household,
                               const CaseRecord& case_record) const {
  CaseFacts facts = DecisionOf(case_record).facts();
  bool crisis = false, fewer = false;
  for (int i = 0; i < household.signals_size(); ++i) {
    if (household.signals(i).case_number() != case_record.number()) continue;
    const SignalDecision& judged = judged_[static_cast<size_t>(i)];
    fewer = fewer || !judged.admitted();
    crisis = crisis || (judged.admitted() && judged.crisis());
  }
  facts.set_crisis(crisis);
  if (!fewer) return facts;
  HouseholdRecord kept = household;
  for (int i = 0; i < kept.signals_size(); ++i) {
    SignalRecord* record = kept.mutable_signals(i);
    if (!judged_[static_cast<size_t>(i)].admitted()) record->set_case_number(0);
    *record->mutable_decision() = judged_[static_cast<size_t>(i)];
  }
  if (!HasSignals(kept, case_record.number())) return CaseFacts();
  CaseFacts fresh = FactsOf(kept, case_record);
  // A signal less can end these, never bring them about; what was erased since still counted then.
  fresh.set_multiple(fresh.multiple() && facts.multiple());
  fresh.set_consecutive(fresh.consecutive() && facts.consecutive());
  fresh.set_earlier_cases(facts.earlier_cases());
  return fresh;
}

std::string Replayer::TeamAfter(const HouseholdRecord& household, const CaseReplay& replay) const {
  const CaseDecision& before = *replay.before;
  const CaseDecision& after = *replay.after;
  bool crisis_before = before.facts().crisis(), crisis_after = after.facts().crisis();
  if (before.specialism() == after.specialism() && crisis_before == crisis_after) {
    return replay.team_before;
  }
  std::string was = TeamFor(*settings_, household, before, crisis_before);
  std::string is = TeamFor(*settings_, household, after, crisis_after);
  return was == is ? replay.team_before : is;
}

}  // namespace vroegsein
