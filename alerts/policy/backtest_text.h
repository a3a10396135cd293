// What a backtest found, as text: a case that moves as JSON, CSV or prose, and the totals.
//
// Case ids, priorities, teams, scores and the policy's own sentences; nothing of a person. Dutch.
// Pure functions; thread safe.
#pragma once

#include <string>

#include "alerts/policy/backtest.h"

namespace vroegsein {

// {"zaakId","vervalt","prioriteit":{"nu","straks"},"team":{...},"score":{...},"redenen":{...}}
void AppendReplayJson(const CaseReplay& replay, std::string* out);
std::string ReplayCsvHeader();
void AppendReplayCsv(const CaseReplay& replay, std::string* out);
void AppendReplayText(const CaseReplay& replay, std::string* out);

// {"gemeentecode","hash","zaken","verschuiven","vervallen","anders","signalen":{...},
//  "prioriteiten":[...],"teams":[...]}
std::string TotalsJson(const std::string& municipality, const std::string& hash,
                       const BacktestTotals& totals);
std::string TotalsText(const std::string& municipality, const BacktestTotals& totals);

}  // namespace vroegsein
