#include "alerts/reading/case_json.h"

#include <fmt/format.h>

#include "alerts/ddas/values.h"
#include "alerts/desk/case_file.h"
#include "ingest/calendar.h"
#include "ingest/receipt.h"

namespace vroegsein {
namespace {

void AppendField(const char* name, std::string_view text, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "\"{}\":", name);
  AppendJsonString(text, out);
}

void AppendFlag(const char* name, bool value, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "\"{}\":{}", name, value);
}

void AppendAddress(const AddressRecord& address, std::string* out) {
  *out += "\"adres\":{";
  AppendField("postcode", address.postcode(), out);
  *out += ',';
  AppendField("huisnummer", address.house_number(), out);
  *out += ',';
  AppendField("huisnummertoevoeging", address.suffix(), out);
  *out += '}';
}

void AppendSignal(const SignalRecord& record, std::string* out) {
  const Signal& signal = record.signal();
  *out += '{';
  AppendField("partner", signal.partner(), out);
  *out += ',';
  AppendField("id", signal.id(), out);
  *out += ',';
  AppendField("soort", signal.sector(), out);
  fmt::format_to(std::back_inserter(*out), ",\"bedragCenten\":{},", signal.arrears_cents());
  AppendField("ddasStatus", ddas::NameOf(record.status()), out);
  *out += '}';
}

void AppendSignals(const HouseholdRecord& household, const CaseRecord& case_record,
                   std::string* out) {
  *out += "\"signalen\":[";
  bool first = true;
  for (const SignalRecord* record : SignalsOf(household, case_record.number())) {
    if (!first) *out += ',';
    first = false;
    AppendSignal(*record, out);
  }
  *out += ']';
}

void AppendReasons(const CaseDecision& decision, std::string* out) {
  *out += "\"redenen\":[";
  bool first = true;
  for (const FiredRule& fired : decision.fired()) {
    if (fired.reason().empty()) continue;
    if (!first) *out += ',';
    first = false;
    AppendJsonString(fired.reason(), out);
  }
  *out += ']';
}

// A cell of a spreadsheet: quoted where it must be, and never read as a formula.
void AppendCell(std::string_view text, std::string* out) {
  bool formula =
      !text.empty() && std::string_view("=+-@\t").find(text[0]) != std::string_view::npos;
  bool quote = formula || text.find_first_of(";\"\n\r") != std::string_view::npos;
  if (!quote) {
    *out += text;
    return;
  }
  *out += formula ? "\"'" : "\"";
  for (char c : text) {
    if (c == '"') *out += '"';
    *out += c;
  }
  *out += '"';
}

std::string JoinedSignals(const HouseholdRecord& household, const CaseRecord& case_record) {
  std::string joined;
  for (const SignalRecord* record : SignalsOf(household, case_record.number())) {
    if (!joined.empty()) joined += " | ";
    joined += record->signal().partner() + ":" + record->signal().id();
  }
  return joined;
}

std::string JoinedReasons(const CaseDecision& decision) {
  std::string joined;
  for (const FiredRule& fired : decision.fired()) {
    if (fired.reason().empty()) continue;
    if (!joined.empty()) joined += " | ";
    joined += fired.reason();
  }
  return joined;
}

}  // namespace

void AppendCsvRow(std::span<const std::string> cells, std::string* out) {
  bool first = true;
  for (const std::string& cell : cells) {
    if (!first) *out += ';';
    first = false;
    AppendCell(cell, out);
  }
  *out += '\n';
}

std::string_view NameOf(TaskStatus status) {
  switch (status) {
    case TASK_OPEN: return "open";
    case TASK_CLAIMED: return "opgepakt";
    case TASK_DONE: return "afgerond";
    default: return "";
  }
}

std::string FormatNumber(double number) { return fmt::format("{}", number); }

void AppendCaseJson(const HouseholdRecord& household, const CaseRecord& case_record,
                    std::string* out) {
  const CaseDecision& decision = DecisionOf(case_record);
  *out += '{';
  AppendField("zaakId", IdOf(household, case_record).Text(), out);
  *out += ',';
  AppendField("huishoudenId", IdOf(household).Text(), out);
  *out += ',';
  AppendField("gemeentecode", household.municipality(), out);
  *out += ',';
  AppendAddress(household.address(), out);
  *out += ',';
  AppendSignals(household, case_record, out);
  *out += ',';
  AppendFlag("crisis", decision.facts().crisis(), out);
  *out += ',';
  AppendFlag("meervoudig", decision.facts().multiple(), out);
  *out += ',';
  AppendFlag("opeenvolgend", decision.facts().consecutive(), out);
  *out += ",\"score\":" + FormatNumber(decision.score()) + ",";
  AppendField("prioriteit", decision.priority(), out);
  *out += ',';
  AppendReasons(decision, out);
  *out += ',';
  AppendField("team", case_record.team(), out);
  *out += ',';
  AppendField("taakStatus", NameOf(case_record.task()), out);
  *out += ',';
  AppendField("deadline", FormatDate(DateOf(case_record.deadline_day())), out);
  *out += ',';
  AppendField("status", case_record.has_closed_ms() ? "gesloten" : "open", out);
  *out += ",\"eindresultaat\":";
  if (case_record.has_closed_ms()) {
    AppendJsonString(case_record.outcome(), out);
  } else {
    *out += "null";
  }
  *out += '}';
}

std::string CaseCsvHeader() {
  return "zaakId;huishoudenId;gemeentecode;postcode;huisnummer;huisnummertoevoeging;signalen;"
         "crisis;"
         "meervoudig;opeenvolgend;score;prioriteit;redenen;team;taakStatus;deadline;status;"
         "eindresultaat\n";
}

void AppendCaseCsv(const HouseholdRecord& household, const CaseRecord& case_record,
                   std::string* out) {
  const CaseDecision& decision = DecisionOf(case_record);
  auto flag = [](bool value) { return std::string(value ? "ja" : "nee"); };
  const std::string cells[] = {IdOf(household, case_record).Text(),
                               IdOf(household).Text(),
                               household.municipality(),
                               household.address().postcode(),
                               household.address().house_number(),
                               household.address().suffix(),
                               JoinedSignals(household, case_record),
                               flag(decision.facts().crisis()),
                               flag(decision.facts().multiple()),
                               flag(decision.facts().consecutive()),
                               FormatNumber(decision.score()),
                               decision.priority(),
                               JoinedReasons(decision),
                               case_record.team(),
                               std::string(NameOf(case_record.task())),
                               FormatDate(DateOf(case_record.deadline_day())),
                               case_record.has_closed_ms() ? "gesloten" : "open",
                               case_record.outcome()};
  AppendCsvRow(cells, out);
}

}  // namespace vroegsein
