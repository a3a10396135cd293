// Report (rapportage): the funnel from signal to what was prevented, in total and cut by month,
// zone, team, partner and sector; and by municipality where there are several.
//
// What puts something in the period: a signal its day of receipt, a case the day it was opened,
// both on the Dutch calendar, both bounds included. Everything about a case (attempts, outcome,
// what was prevented) counts with the case, whenever it happened: the report follows cases, not
// events. So a report over last spring grows more favourable or less while its open cases end, and
// is then fixed. Of erased signals only the month of receipt is known: whole months give the same
// figure for ever.
//
// Cuts. A case counts once under its month, zone, team and municipality, but under every partner
// and every sector that has a signal in it, so those rows add up to more than the total. A threat
// counts under a partner or sector only when a signal of theirs carried it. Signals of no case (not
// taken up) stand under the zone and team `zonder zaak`, a case outside every zone under `buiten
// alle wijken`. With several municipalities zone and team are preceded by the gemeentecode.
//
// Deadlines. Of the first attempt and the first conversation is counted how often it was on time,
// over the cases of which that is certain: it took place, or the deadline has passed, or the case
// was closed. A case that was closed without counts as not on time: closing is no conversation.
// Cases whose deadline has not passed and that had none yet are counted apart. The day of the
// deadline is on time.
//
// Privacy: a figure over few people can point at one of them (one case in a zone in a month). The
// report is for managers and policy officers who may see the cases themselves, and suppresses
// nothing: a small number is what they steer by. What leaves the organisation is the DDAS export or
// made from this by somebody who decides about it.
//
// Pure and deterministic: the same facts in any order give the same report. Values; thread safe.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "ingest/calendar.h"
#include "store/record.pb.h"

namespace vroegsein {

struct Period {
  Date from;
  Date to;  // included

  bool Contains(Date day) const { return from <= day && day <= to; }
};

// How often something was done by the deadline.
struct TermFigures {
  uint64_t on_time = 0;
  uint64_t judged = 0;   // the denominator
  uint64_t running = 0;  // not done, and the deadline has not passed
};

// What became of the cases with one threat, or with any.
struct ThreatFigures {
  uint64_t cases = 0;
  std::array<uint64_t, ThreatResult_ARRAYSIZE> results{};

  uint64_t Of(ThreatResult result) const { return results[static_cast<size_t>(result)]; }
  uint64_t Prevented() const {
    return Of(THREAT_PREVENTED_CONFIRMED) + Of(THREAT_PREVENTED_REPORTED);
  }
  // The denominator of what was prevented: the cases of which it can be said.
  uint64_t Settled() const { return cases - Of(THREAT_PENDING); }
};

struct Figures {
  uint64_t signals = 0;
  std::array<uint64_t, SignalStatus_ARRAYSIZE> signals_by_status{};

  uint64_t cases = 0;
  uint64_t open = 0;
  uint64_t crisis = 0;
  uint64_t single = 0;    // neither multiple nor consecutive
  uint64_t multiple = 0;  // also when consecutive as well
  uint64_t consecutive = 0;
  uint64_t multiple_and_consecutive = 0;
  uint64_t attempted = 0;
  uint64_t reached = 0;
  uint64_t help_accepted = 0;

  TermFigures first_attempt;
  TermFigures first_conversation;
  uint64_t overdue = 0;  // open today, no conversation yet, and the deadline has passed

  ThreatFigures any_threat;  // of a case, once: case_fact.h, Together()
  std::array<ThreatFigures, Threat_ARRAYSIZE> threats;

  uint64_t signals_with(SignalStatus status) const {
    return signals_by_status[static_cast<size_t>(status)];
  }
};

using Cut = std::map<std::string, Figures>;  // in the order of the bytes of the value

struct Report {
  Period period;
  Date today;
  std::vector<std::string> municipalities;
  Figures total;
  Cut by_municipality;  // empty when there is one
  Cut by_month;
  Cut by_zone;
  Cut by_team;
  Cut by_partner;
  Cut by_sector;
};

class ReportBuilder {
 public:
  // REQUIRES: period.from <= period.to. `municipalities` says whose facts will be added.
  ReportBuilder(Period period, Date today, std::vector<std::string> municipalities);

  void Add(const std::string& municipality, const CaseFact& fact);
  const Report& report() const { return report_; }

 private:
  void CountSignals(const std::string& municipality, const CaseFact& fact);
  void CountCase(const std::string& municipality, const CaseFact& fact);
  std::vector<Figures*> Places(const std::string& municipality, const CaseFact& fact, Date day);

  Report report_;
};

}  // namespace vroegsein
