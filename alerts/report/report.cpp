#include "alerts/report/report.h"

#include "alerts/ddas/values.h"
#include "alerts/report/case_fact.h"
#include "ingest/status.h"

namespace vroegsein {
namespace {

constexpr size_t kMonthSize = 7;  // of 2026-11-20

size_t IndexOf(int value, size_t size) {
  // A value of a newer version that this one does not know is counted as the first.
  auto index = static_cast<size_t>(value);
  return value >= 0 && index < size ? index : 0;
}

void CountSignal(const SignalFact& signal, Figures* figures) {
  ++figures->signals;
  ++figures->signals_by_status[IndexOf(signal.status(), figures->signals_by_status.size())];
}

void CountTerm(bool done, Date done_day, const CaseFact& fact, Date today, TermFigures* term) {
  Date deadline = DateOf(fact.deadline_day());
  bool certain = done || fact.closed() || deadline < today;
  if (!certain) {
    ++term->running;
    return;
  }
  ++term->judged;
  if (done && done_day <= deadline) ++term->on_time;
}

void CountTerms(const CaseFact& fact, Date today, Figures* figures) {
  CountTerm(fact.has_first_attempt_day(), DateOf(fact.first_attempt_day()), fact, today,
            &figures->first_attempt);
  CountTerm(fact.has_first_conversation_day(), DateOf(fact.first_conversation_day()), fact, today,
            &figures->first_conversation);
  bool overdue = !fact.closed() && !fact.reached() && DateOf(fact.deadline_day()) < today;
  if (overdue) ++figures->overdue;
}

void CountThreat(ThreatResult result, ThreatFigures* figures) {
  ++figures->cases;
  ++figures->results[IndexOf(result, figures->results.size())];
}

// Only the threats that `counts` says yes to.
template <typename Counts>
void CountThreats(const CaseFact& fact, const Counts& counts, Figures* figures) {
  std::vector<ThreatResult> results;
  for (const ThreatFact& threat : fact.threats()) {
    if (!counts(threat.threat())) continue;
    results.push_back(threat.result());
    size_t index = IndexOf(threat.threat(), figures->threats.size());
    CountThreat(threat.result(), &figures->threats[index]);
  }
  if (!results.empty()) CountThreat(Together(results), &figures->any_threat);
}

void CountFunnel(const CaseFact& fact, Date today, Figures* figures) {
  ++figures->cases;
  auto count = [](bool holds, uint64_t* counter) { *counter += holds ? 1 : 0; };
  count(!fact.closed(), &figures->open);
  count(fact.crisis(), &figures->crisis);
  count(!fact.multiple() && !fact.consecutive(), &figures->single);
  count(fact.multiple(), &figures->multiple);
  count(fact.consecutive(), &figures->consecutive);
  count(fact.multiple() && fact.consecutive(), &figures->multiple_and_consecutive);
  count(fact.attempt_kinds_size() > 0, &figures->attempted);
  count(fact.reached(), &figures->reached);
  count(fact.closed() && ddas::IsHelpAccepted(fact.outcome()), &figures->help_accepted);
  CountTerms(fact, today, figures);
}

// The case under each partner, or each sector, that has a signal in it.
template <typename NameOfSignal>
void CountBySignals(const CaseFact& fact, Date today, const NameOfSignal& name, Cut* cut) {
  std::map<std::string, std::set<Threat>> carried;
  for (const SignalFact& signal : fact.signals()) carried[name(signal)].insert(signal.threat());
  for (const auto& [value, threats] : carried) {
    Figures* figures = &(*cut)[value];
    CountFunnel(fact, today, figures);
    CountThreats(
        fact, [&carriers = threats](Threat threat) { return carriers.contains(threat); }, figures);
  }
}

}  // namespace

ReportBuilder::ReportBuilder(Period period, Date today, std::vector<std::string> municipalities) {
  VROEGSEIN_CHECK(period.from <= period.to);
  report_.period = period;
  report_.today = today;
  report_.municipalities = std::move(municipalities);
}

std::vector<Figures*> ReportBuilder::Places(const std::string& municipality, const CaseFact& fact,
                                            Date day) {
  bool several = report_.municipalities.size() > 1;
  std::string before = several ? municipality + " " : "";
  std::string zone = fact.zone().empty() ? "buiten alle wijken" : fact.zone();
  std::string team = fact.team().empty() ? "zonder team" : fact.team();
  if (!fact.has_case()) zone = team = "zonder zaak";
  std::vector<Figures*> places = {&report_.total,
                                  &report_.by_month[FormatDate(day).substr(0, kMonthSize)],
                                  &report_.by_zone[before + zone], &report_.by_team[before + team]};
  if (several) places.push_back(&report_.by_municipality[municipality]);
  return places;
}

void ReportBuilder::CountSignals(const std::string& municipality, const CaseFact& fact) {
  for (const SignalFact& signal : fact.signals()) {
    Date received = DateOf(signal.received_day());
    if (!report_.period.Contains(received)) continue;
    for (Figures* figures : Places(municipality, fact, received)) CountSignal(signal, figures);
    CountSignal(signal, &report_.by_partner[signal.partner()]);
    CountSignal(signal, &report_.by_sector[signal.sector()]);
  }
}

void ReportBuilder::CountCase(const std::string& municipality, const CaseFact& fact) {
  Date opened = DateOf(fact.opened_day());
  if (!report_.period.Contains(opened)) return;
  for (Figures* figures : Places(municipality, fact, opened)) {
    CountFunnel(fact, report_.today, figures);
    CountThreats(
        fact, [](Threat) { return true; }, figures);
  }
  CountBySignals(
      fact, report_.today, [](const SignalFact& signal) { return signal.partner(); },
      &report_.by_partner);
  CountBySignals(
      fact, report_.today, [](const SignalFact& signal) { return signal.sector(); },
      &report_.by_sector);
}

void ReportBuilder::Add(const std::string& municipality, const CaseFact& fact) {
  CountSignals(municipality, fact);
  if (fact.has_case()) CountCase(municipality, fact);
}

}  // namespace vroegsein
