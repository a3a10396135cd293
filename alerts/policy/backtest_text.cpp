#include "alerts/policy/backtest_text.h"

#include <fmt/format.h>

#include "alerts/policy/verdict.h"
#include "alerts/reading/case_json.h"
#include "alerts/reading/json_writer.h"

namespace vroegsein {
namespace {

// Why it is decided so; for a case that would not be, why its signals are refused.
std::vector<std::string_view> ReasonsAfter(const CaseReplay& replay) {
  if (replay.after) return ReasonsOf(*replay.after);
  return {replay.refusals.begin(), replay.refusals.end()};
}

std::string Joined(const std::vector<std::string_view>& reasons) {
  return fmt::format("{}", fmt::join(reasons, " | "));
}

void AddPair(const char* name, std::string_view before, std::string_view after, JsonWriter* json) {
  json->Object(name).Text("nu", before).TextOrNull("straks", after).EndObject();
}

void AddReasons(const char* name, const std::vector<std::string_view>& reasons, JsonWriter* json) {
  json->Array(name);
  for (std::string_view reason : reasons) json->Text(reason);
  json->EndArray();
}

void AddCounts(const char* name, const std::map<std::string, BeforeAfter>& counts,
               JsonWriter* json) {
  auto number = [](uint64_t count) { return static_cast<int64_t>(count); };
  json->Array(name);
  for (const auto& [key, count] : counts) {
    json->BeginObject().Text("naam", key).Integer("nu", number(count.before));
    json->Integer("straks", number(count.after)).Integer("erin", number(count.joined));
    json->Integer("eruit", number(count.left)).EndObject();
  }
  json->EndArray();
}

std::string CountsTable(const char* title, const std::map<std::string, BeforeAfter>& counts) {
  std::string text =
      fmt::format("\n{:<24}{:>10}{:>10}{:>10}{:>10}\n", title, "nu", "straks", "erin", "eruit");
  for (const auto& [key, count] : counts) {
    text += fmt::format("  {:<22}{:>10}{:>10}{:>10}{:>10}\n", key, count.before, count.after,
                        count.joined, count.left);
  }
  return text;
}

}  // namespace

void AppendReplayJson(const CaseReplay& replay, std::string* out) {
  JsonWriter json(out);
  const CaseDecision none;
  const CaseDecision& after = replay.after ? *replay.after : none;
  json.BeginObject().Text("zaakId", replay.id.Text()).Flag("vervalt", !replay.after);
  AddPair("prioriteit", replay.before->priority(), after.priority(), &json);
  AddPair("team", replay.team_before, replay.team_after, &json);
  json.Object("score").Real("nu", replay.before->score());
  if (replay.after) {
    json.Real("straks", after.score());
  } else {
    json.Null("straks");
  }
  json.EndObject().Object("redenen");
  AddReasons("nu", ReasonsOf(*replay.before), &json);
  AddReasons("straks", ReasonsAfter(replay), &json);
  json.EndObject().EndObject();
  *out += '\n';
}

std::string ReplayCsvHeader() {
  return "zaakId;vervalt;prioriteitNu;prioriteitStraks;teamNu;teamStraks;scoreNu;scoreStraks;"
         "redenenNu;redenenStraks\n";
}

void AppendReplayCsv(const CaseReplay& replay, std::string* out) {
  const std::string cells[] = {replay.id.Text(),
                               replay.after ? "nee" : "ja",
                               replay.before->priority(),
                               replay.after ? replay.after->priority() : "",
                               replay.team_before,
                               replay.team_after,
                               FormatNumber(replay.before->score()),
                               replay.after ? FormatNumber(replay.after->score()) : "",
                               Joined(ReasonsOf(*replay.before)),
                               Joined(ReasonsAfter(replay))};
  AppendCsvRow(cells, out);
}

void AppendReplayText(const CaseReplay& replay, std::string* out) {
  std::string after = "vervalt";
  if (replay.after) {
    after = fmt::format("{}, score {}, team {}", replay.after->priority(),
                        FormatNumber(replay.after->score()), replay.team_after);
  }
  *out += fmt::format(
      "\nzaak {}\n  nu:     {}, score {}, team {}\n          {}\n  straks: {}\n"
      "          {}\n",
      replay.id.Text(), replay.before->priority(), FormatNumber(replay.before->score()),
      replay.team_before, Joined(ReasonsOf(*replay.before)), after, Joined(ReasonsAfter(replay)));
}

std::string TotalsJson(const std::string& municipality, const std::string& hash,
                       const BacktestTotals& totals) {
  auto number = [](uint64_t count) { return static_cast<int64_t>(count); };
  std::string text;
  JsonWriter json(&text);
  json.BeginObject().Text("gemeentecode", municipality).Text("hash", hash);
  json.Integer("zaken", number(totals.cases)).Integer("verschuiven", number(totals.moved));
  json.Integer("vervallen", number(totals.ended)).Integer("anders", number(totals.others));
  json.Object("signalen").Integer("aantal", number(totals.signals.signals));
  json.Integer("nietMeerOpgepakt", number(totals.signals.newly_refused));
  json.Integer("alsnogOpgepakt", number(totals.signals.newly_admitted)).EndObject();
  AddCounts("prioriteiten", totals.priorities, &json);
  AddCounts("teams", totals.teams, &json);
  json.EndObject();
  return text;
}

std::string TotalsText(const std::string& municipality, const BacktestTotals& totals) {
  std::string text = fmt::format(
      "gemeente {}: {} zaken\n"
      "  {} verschuiven van prioriteit of team, of vervallen ({})\n"
      "  {} blijven waar ze zijn, met een andere score, reden, contactladder of termijn\n"
      "  {} signalen: {} zouden niet meer worden opgepakt, {} alsnog wel\n",
      municipality, totals.cases, totals.moved, totals.ended, totals.others, totals.signals.signals,
      totals.signals.newly_refused, totals.signals.newly_admitted);
  text += CountsTable("prioriteit", totals.priorities);
  text += CountsTable("team", totals.teams);
  return text;
}

}  // namespace vroegsein
