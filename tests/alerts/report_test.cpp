// The report as a table: one case, one figure of it. Today is 1 May 2026, the period is March and
// April.
#include "alerts/report/report.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <numeric>
#include <sstream>

#include "alerts/report/case_fact.h"
#include "alerts/report/measures.h"
#include "alerts/report/report_writer.h"
#include "tests/alerts/case_maker.h"

namespace vroegsein {
namespace {

using testing::AddAftermath;
using testing::AddAttempt;
using testing::CaseRow;
using testing::Day;
using testing::MakeCase;
using testing::MakeHousehold;
using testing::MakeSignal;
using testing::SignalRow;

constexpr char kHelp[] = "Vervolghulp en/of verwijzing financieel";
constexpr char kNoContact[] = "Definitief geen contact kunnen krijgen";
constexpr char kKnown[] = "Inwoner al bekend bij schuldhulpverlening";

Period MarchAndApril() { return {Day("2026-03-01"), Day("2026-04-30")}; }

ReportBuilder Builder(std::vector<std::string> municipalities = {"0080"}) {
  return {MarchAndApril(), Day("2026-05-01"), std::move(municipalities)};
}

// The figure that the JSON shows under `group`.`key`; a share in tenths of a percent.
uint64_t Figure(const Figures& figures, const std::string& group, const std::string& key) {
  for (const Measure<Figures>& measure : FunnelMeasures()) {
    if (measure.group != group || measure.key != key) continue;
    MeasureValue value = measure.read(figures);
    return value.is_share ? PerMille(value).value_or(0) : value.count;
  }
  ADD_FAILURE() << "no figure " << group << "." << key;
  return 0;
}

uint64_t ThreatFigure(const ThreatFigures& figures, const std::string& key) {
  for (const Measure<ThreatFigures>& measure : ThreatMeasures()) {
    if (measure.key != key) continue;
    MeasureValue value = measure.read(figures);
    return value.is_share ? PerMille(value).value_or(0) : value.count;
  }
  ADD_FAILURE() << "no figure " << key;
  return 0;
}

struct Attempt {
  const char* kind;
  const char* day;
  bool reached;
};

struct FunnelRow {
  const char* situation;
  CaseRow row;
  std::vector<Attempt> attempts;
  const char* group;
  const char* key;
  uint64_t expected;
};

CaseRow Opened(const char* day, const char* deadline, const char* outcome = "") {
  CaseRow row;
  row.opened = day;
  row.deadline = deadline;
  row.outcome = outcome;
  return row;
}

CaseRow Kind(bool multiple, bool consecutive) {
  CaseRow row;
  row.multiple = multiple;
  row.consecutive = consecutive;
  return row;
}

const std::vector<FunnelRow>& FunnelRows() {
  static const std::vector<FunnelRow> rows = {
      // The period: a case by the day it was opened.
      {"opened on the first day", Opened("2026-03-01", "2026-03-29"), {}, "zaken", "aantal", 1},
      {"opened on the last day", Opened("2026-04-30", "2026-05-28"), {}, "zaken", "aantal", 1},
      {"opened the day before", Opened("2026-02-28", "2026-03-28"), {}, "zaken", "aantal", 0},
      {"opened the day after", Opened("2026-05-01", "2026-05-29"), {}, "zaken", "aantal", 0},
      // Single, multiple, consecutive.
      {"single", Kind(false, false), {}, "zaken", "enkelvoudig", 1},
      {"multiple is not single", Kind(true, false), {}, "zaken", "enkelvoudig", 0},
      {"multiple", Kind(true, false), {}, "zaken", "meervoudig", 1},
      {"consecutive", Kind(false, true), {}, "zaken", "opeenvolgend", 1},
      {"both is multiple", Kind(true, true), {}, "zaken", "meervoudig", 1},
      {"both is consecutive", Kind(true, true), {}, "zaken", "opeenvolgend", 1},
      {"both", Kind(true, true), {}, "zaken", "meervoudigEnOpeenvolgend", 1},
      // Attempted, reached, helped.
      {"no attempt", {}, {}, "zaken", "metContactpoging", 0},
      {"a letter is an attempt",
       {},
       {{"Brief", "2026-03-12", false}},
       "zaken",
       "metContactpoging",
       1},
      {"a letter reaches nobody", {}, {{"Brief", "2026-03-12", false}}, "zaken", "bereikt", 0},
      {"reached at the second attempt",
       {},
       {{"Brief", "2026-03-12", false}, {"Huisbezoek", "2026-03-20", true}},
       "zaken",
       "bereikt",
       1},
      {"help accepted", Opened("2026-03-10", "2026-04-07", kHelp), {}, "zaken", "hulpAanvaard", 1},
      {"no contact",
       Opened("2026-03-10", "2026-04-07", kNoContact),
       {},
       "zaken",
       "hulpAanvaard",
       0},
      {"open", {}, {}, "zaken", "open", 1},
      {"closed", Opened("2026-03-10", "2026-04-07", kHelp), {}, "zaken", "gesloten", 1},
      {"closed is not open", Opened("2026-03-10", "2026-04-07", kHelp), {}, "zaken", "open", 0},
      // The first attempt by the deadline.
      {"on the day of the deadline",
       Opened("2026-03-10", "2026-04-07"),
       {{"Telefoon", "2026-04-07", false}},
       "eerstePoging",
       "opTijd",
       1},
      {"a day late",
       Opened("2026-03-10", "2026-04-07"),
       {{"Telefoon", "2026-04-08", false}},
       "eerstePoging",
       "opTijd",
       0},
      {"a day late is judged",
       Opened("2026-03-10", "2026-04-07"),
       {{"Telefoon", "2026-04-08", false}},
       "eerstePoging",
       "beoordeeld",
       1},
      {"none, and the deadline has passed",
       Opened("2026-03-10", "2026-04-30"),
       {},
       "eerstePoging",
       "beoordeeld",
       1},
      {"none, and the deadline is today",
       Opened("2026-04-03", "2026-05-01"),
       {},
       "eerstePoging",
       "beoordeeld",
       0},
      {"none, and the deadline is today: it runs",
       Opened("2026-04-03", "2026-05-01"),
       {},
       "eerstePoging",
       "looptNog",
       1},
      {"none, but closed before the deadline",
       Opened("2026-04-20", "2026-05-18", kKnown),
       {},
       "eerstePoging",
       "beoordeeld",
       1},
      {"none, but closed before the deadline: not on time",
       Opened("2026-04-20", "2026-05-18", kKnown),
       {},
       "eerstePoging",
       "opTijd",
       0},
      // The first conversation by the deadline.
      {"a call that reached somebody",
       Opened("2026-03-10", "2026-04-07"),
       {{"Telefoon", "2026-03-12", true}},
       "eersteGesprek",
       "opTijd",
       1},
      {"tried in time, reached too late",
       Opened("2026-03-10", "2026-04-07"),
       {{"Telefoon", "2026-03-12", false}, {"Huisbezoek", "2026-04-09", true}},
       "eersteGesprek",
       "opTijd",
       0},
      {"tried, not reached, the deadline has not passed",
       Opened("2026-04-20", "2026-05-18"),
       {{"Telefoon", "2026-04-22", false}},
       "eersteGesprek",
       "looptNog",
       1},
      // Overdue now.
      {"open, nobody reached, the deadline was yesterday",
       Opened("2026-04-02", "2026-04-30"),
       {},
       "termijn",
       "nuTeLaat",
       1},
      {"the deadline is today", Opened("2026-04-03", "2026-05-01"), {}, "termijn", "nuTeLaat", 0},
      {"tried but not reached",
       Opened("2026-04-02", "2026-04-30"),
       {{"Brief", "2026-04-10", false}},
       "termijn",
       "nuTeLaat",
       1},
      {"reached",
       Opened("2026-04-02", "2026-04-30"),
       {{"Telefoon", "2026-04-30", true}},
       "termijn",
       "nuTeLaat",
       0},
      {"closed", Opened("2026-04-02", "2026-04-30", kNoContact), {}, "termijn", "nuTeLaat", 0},
  };
  return rows;
}

HouseholdRecord HouseholdOf(const CaseRow& row, const std::vector<Attempt>& attempts) {
  HouseholdRecord household = MakeHousehold();
  SignalRow signal;
  signal.day = row.opened;
  *household.add_signals() = MakeSignal(signal, 1);
  *household.add_cases() = MakeCase(row);
  for (const Attempt& attempt : attempts) {
    AddAttempt(attempt.kind, attempt.day, attempt.reached, household.mutable_cases(0));
  }
  return household;
}

void AddAll(const HouseholdRecord& household, ReportBuilder* builder,
            const std::string& municipality = "0080") {
  for (const CaseFact& fact : FactsOfHousehold(household)) builder->Add(municipality, fact);
}

TEST(Report, OneCaseOneFigure) {
  for (const FunnelRow& row : FunnelRows()) {
    ReportBuilder builder = Builder();
    AddAll(HouseholdOf(row.row, row.attempts), &builder);
    EXPECT_EQ(Figure(builder.report().total, row.group, row.key), row.expected) << row.situation;
  }
}

struct SignalFigureRow {
  const char* situation;
  const char* received;
  SignalStatus status;
  const char* key;
  uint64_t expected;
};

TEST(Report, OneSignalOneFigure) {
  const SignalFigureRow rows[] = {
      {"received on the first day", "2026-03-01", SIGNAL_OPEN, "aantal", 1},
      {"received on the last day", "2026-04-30", SIGNAL_OPEN, "aantal", 1},
      {"received the day before", "2026-02-28", SIGNAL_OPEN, "aantal", 0},
      {"received the day after", "2026-05-01", SIGNAL_OPEN, "aantal", 0},
      {"waits", "2026-03-10", SIGNAL_OPEN, "nogNietOpgepakt", 1},
      {"waiting is not refused", "2026-03-10", SIGNAL_OPEN, "nietOpgepakt", 0},
      {"taken up", "2026-03-10", SIGNAL_TAKEN_UP, "opgepakt", 1},
      {"repeat", "2026-03-10", SIGNAL_REPEAT, "herhaaldeMelding", 1},
      {"repeat: not taken up", "2026-03-10", SIGNAL_REPEAT, "nietOpgepakt", 1},
      {"unfounded", "2026-03-10", SIGNAL_UNFOUNDED, "onterechtSignaal", 1},
      {"another reason", "2026-03-10", SIGNAL_OTHER_REASON, "andereReden", 1},
      {"known", "2026-03-10", SIGNAL_KNOWN_DEBT_HELP, "alBekendBijSchuldhulpverlening", 1},
      {"deceased", "2026-03-10", SIGNAL_DECEASED, "overleden", 1},
      {"moved away", "2026-03-10", SIGNAL_NOT_RESIDENT, "geenInwoner", 1},
  };
  for (const SignalFigureRow& row : rows) {
    HouseholdRecord household = MakeHousehold();
    SignalRow signal;
    signal.day = row.received;
    *household.add_signals() = MakeSignal(signal, 0);
    household.mutable_signals(0)->set_status(row.status);
    ReportBuilder builder = Builder();
    AddAll(household, &builder);
    EXPECT_EQ(Figure(builder.report().total, "signalen", row.key), row.expected) << row.situation;
  }
}

// A signal that joined the open case in May is May's; the case stays April's.
TEST(Report, ASignalAfterThePeriodDoesNotCountItsCaseDoes) {
  HouseholdRecord household = HouseholdOf(Opened("2026-04-20", "2026-05-18"), {});
  SignalRow late;
  late.id = "2";
  late.day = "2026-05-01";
  *household.add_signals() = MakeSignal(late, 1);
  ReportBuilder builder = Builder();
  AddAll(household, &builder);
  EXPECT_EQ(builder.report().total.signals, 1u);
  EXPECT_EQ(builder.report().total.cases, 1u);
}

// A landlord's eviction averted and confirmed, an energy cut-off of the same case that came true.
HouseholdRecord TwoThreats() {
  HouseholdRecord household = MakeHousehold();
  SignalRow rent;
  rent.partner = "elkien";
  rent.sector = "Huur";
  rent.threat = THREAT_EVICTION;
  SignalRow energy;
  energy.partner = "essent";
  energy.sector = "Energie";
  energy.threat = THREAT_ENERGY_CUTOFF;
  *household.add_signals() = MakeSignal(rent, 1);
  *household.add_signals() = MakeSignal(energy, 1);
  AddAftermath(AFTERMATH_PAID, household.mutable_signals(0));
  AddAftermath(AFTERMATH_CUT_OFF, household.mutable_signals(1));
  *household.add_cases() = MakeCase(Opened("2026-03-10", "2026-04-07", kHelp));
  return household;
}

TEST(Report, PreventedPerThreatAndPerCase) {
  ReportBuilder builder = Builder();
  AddAll(TwoThreats(), &builder);
  const Figures& total = builder.report().total;
  const ThreatFigures& eviction = total.threats[THREAT_EVICTION];
  const ThreatFigures& energy = total.threats[THREAT_ENERGY_CUTOFF];
  EXPECT_EQ(ThreatFigure(eviction, "voorkomen"), 1u);
  EXPECT_EQ(ThreatFigure(eviction, "bevestigd"), 1u);
  EXPECT_EQ(ThreatFigure(energy, "voorkomen"), 0u);
  EXPECT_EQ(ThreatFigure(energy, "nietVoorkomen"), 1u);
  EXPECT_EQ(ThreatFigure(total.any_threat, "zaken"), 1u);
  EXPECT_EQ(ThreatFigure(total.any_threat, "voorkomen"), 0u);
}

TEST(Report, APartnerAnswersForItsOwnThreats) {
  ReportBuilder builder = Builder();
  AddAll(TwoThreats(), &builder);
  const Report& report = builder.report();
  EXPECT_EQ(ThreatFigure(report.by_partner.at("elkien").any_threat, "voorkomen"), 1u);
  EXPECT_EQ(ThreatFigure(report.by_partner.at("essent").any_threat, "voorkomen"), 0u);
  EXPECT_EQ(ThreatFigure(report.by_sector.at("Huur").any_threat, "zaken"), 1u);
  EXPECT_EQ(report.by_partner.at("elkien").cases, 1u);
  EXPECT_EQ(report.by_partner.at("essent").cases, 1u);
  EXPECT_EQ(report.total.cases, 1u);
}

struct PreventedRow {
  const char* situation;
  uint64_t confirmed, reported, came_true, unknown, pending;
  uint64_t settled, prevented_per_mille, confirmed_per_mille;
};

TEST(Report, SharesHaveTheirDenominator) {
  const PreventedRow rows[] = {
      {"nothing", 0, 0, 0, 0, 0, 0, 0, 0},
      {"all pending", 0, 0, 0, 0, 5, 0, 0, 0},
      {"half prevented, all confirmed", 2, 0, 1, 1, 3, 4, 500, 1'000},
      {"a third confirmed", 1, 2, 0, 0, 0, 3, 1'000, 333},
      {"two thirds confirmed", 2, 1, 0, 0, 0, 3, 1'000, 667},
      {"one in sixteen is 6.3", 1, 0, 15, 0, 0, 16, 63, 1'000},
  };
  for (const PreventedRow& row : rows) {
    ThreatFigures figures;
    figures.results[THREAT_PREVENTED_CONFIRMED] = row.confirmed;
    figures.results[THREAT_PREVENTED_REPORTED] = row.reported;
    figures.results[THREAT_CAME_TRUE] = row.came_true;
    figures.results[THREAT_UNKNOWN] = row.unknown;
    figures.results[THREAT_PENDING] = row.pending;
    figures.cases = row.confirmed + row.reported + row.came_true + row.unknown + row.pending;
    EXPECT_EQ(ThreatFigure(figures, "afgerond"), row.settled) << row.situation;
    EXPECT_EQ(ThreatFigure(figures, "aandeelVoorkomenProcent"), row.prevented_per_mille)
        << row.situation;
    EXPECT_EQ(ThreatFigure(figures, "aandeelBevestigdProcent"), row.confirmed_per_mille)
        << row.situation;
  }
}

TEST(Report, CutsNameWhatHasNoPlace) {
  ReportBuilder builder = Builder();
  CaseRow outside = Opened("2026-03-10", "2026-04-07");
  outside.zone = "";
  AddAll(HouseholdOf(outside, {}), &builder);
  HouseholdRecord refused = MakeHousehold(2);
  *refused.add_signals() = MakeSignal({}, 0);
  AddAll(refused, &builder);
  const Report& report = builder.report();
  EXPECT_EQ(report.by_zone.at("buiten alle wijken").cases, 1u);
  EXPECT_EQ(report.by_zone.at("zonder zaak").signals, 1u);
  EXPECT_EQ(report.by_team.at("centrum").cases, 1u);
  EXPECT_EQ(report.by_month.at("2026-03").signals, 2u);
  EXPECT_TRUE(report.by_municipality.empty());
}

TEST(Report, TeamsOfTwoMunicipalitiesAreTwoTeams) {
  ReportBuilder builder = Builder({"0080", "0074"});
  AddAll(HouseholdOf({}, {}), &builder, "0080");
  AddAll(HouseholdOf({}, {}), &builder, "0074");
  const Report& report = builder.report();
  EXPECT_EQ(report.total.cases, 2u);
  EXPECT_EQ(report.by_team.at("0080 centrum").cases, 1u);
  EXPECT_EQ(report.by_team.at("0074 centrum").cases, 1u);
  EXPECT_EQ(report.by_municipality.at("0074").cases, 1u);
}

// A year of cases, in every state, a few of them.
std::vector<HouseholdRecord> Town() {
  const char* outcomes[] = {"", kHelp, kNoContact, kKnown};
  const char* zones[] = {"Binnenstad", "West", ""};
  std::vector<HouseholdRecord> town;
  for (unsigned i = 0; i < 120; ++i) {
    CaseRow row = Opened("2026-03-10", "2026-04-07", outcomes[i % 4]);
    row.opened = FormatDate(Day("2026-02-20") + std::chrono::days(i % 80));
    row.zone = zones[i % 3];
    row.team = i % 3 == 1 ? "west" : "centrum";
    HouseholdRecord household = HouseholdOf(row, {});
    if (i % 5 == 0) household.mutable_signals(0)->mutable_signal()->set_threat(THREAT_EVICTION);
    if (i % 2 == 0) AddAttempt("Huisbezoek", "2026-04-01", i % 6 == 0, household.mutable_cases(0));
    town.push_back(household);
  }
  return town;
}

TEST(Report, MonthsZonesAndTeamsAddUpToTheTotal) {
  ReportBuilder builder = Builder();
  for (const HouseholdRecord& household : Town()) AddAll(household, &builder);
  const Report& report = builder.report();
  ASSERT_GT(report.total.cases, 50u);
  for (const Cut* cut : {&report.by_month, &report.by_zone, &report.by_team}) {
    for (const Measure<Figures>& measure : FunnelMeasures()) {
      if (measure.read(report.total).is_share) continue;
      uint64_t sum = 0;
      for (const auto& [value, figures] : *cut) sum += measure.read(figures).count;
      EXPECT_EQ(sum, measure.read(report.total).count) << measure.group << "." << measure.key;
    }
  }
}

RC_GTEST_PROP(Report, TheOrderOfTheFactsDoesNotMatter, ()) {
  static const std::vector<HouseholdRecord> kTown = Town();
  size_t start = *rc::gen::inRange<size_t>(0, kTown.size());
  ReportBuilder straight = Builder(), turned = Builder();
  for (size_t i = 0; i < kTown.size(); ++i) {
    AddAll(kTown[i], &straight);
    AddAll(kTown[(start + kTown.size() - i) % kTown.size()], &turned);
  }
  RC_ASSERT(ReportJson(straight.report()) == ReportJson(turned.report()));
  RC_ASSERT(ReportCsv(straight.report()) == ReportCsv(turned.report()));
}

// Erased or not: whole months give the same figures.
TEST(Report, WholeMonthsSayTheSameAfterErasure) {
  ReportBuilder before = Builder(), after = Builder();
  for (const HouseholdRecord& household : Town()) {
    AddAll(household, &before);
    for (const CaseFact& fact : FactsOfHousehold(household))
      after.Add("0080", KeptAfterErasure(fact));
  }
  EXPECT_EQ(ReportJson(before.report()), ReportJson(after.report()));
}

Report TownReport() {
  ReportBuilder builder = Builder();
  for (const HouseholdRecord& household : Town()) AddAll(household, &builder);
  AddAll(TwoThreats(), &builder);
  return builder.report();
}

TEST(ReportWriter, JsonIsReadableAndShowsThePeriod) {
  simdjson::dom::parser parser;
  Report report = TownReport();
  simdjson::dom::element json = parser.parse(ReportJson(report));
  auto text = [&](const char* pointer) {
    return std::string(json.at_pointer(pointer).get_string().value());
  };
  auto number = [&](const char* pointer) { return json.at_pointer(pointer).get_uint64().value(); };
  EXPECT_EQ(text("/peildatum"), "2026-05-01");
  EXPECT_EQ(text("/perioden/signalen/van"), "2026-03-01");
  EXPECT_EQ(text("/perioden/zaken/totEnMet"), "2026-04-30");
  EXPECT_EQ(text("/gemeenten/0"), "0080");
  EXPECT_EQ(number("/totaal/zaken/aantal"), report.total.cases);
  EXPECT_EQ(text("/perMaand/0/waarde"), "2026-03");
  EXPECT_EQ(number("/perMaand/0/zaken/aantal"), report.by_month.at("2026-03").cases);
  EXPECT_EQ(number("/totaal/dreigingen/ontruiming/voorkomen"),
            report.total.threats[THREAT_EVICTION].Prevented());
  EXPECT_TRUE(
      json.at_pointer("/totaal/dreigingen/afsluiting-water/aandeelVoorkomenProcent").is_null());
  EXPECT_EQ(json.at_pointer("/totaal/dreigingen/afsluiting-energie/aandeelVoorkomenProcent")
                .get_double()
                .value(),
            0.0);
}

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == ';' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

TEST(ReportWriter, CsvIsOneTableForADutchSpreadsheet) {
  std::string csv = ReportCsv(TownReport());
  ASSERT_EQ(csv.substr(0, 3), "\xEF\xBB\xBF");
  std::istringstream lines(csv.substr(3));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  std::vector<std::string> header = Cells(line);
  EXPECT_EQ(header[3], "Snede");
  size_t rows = 0;
  for (; std::getline(lines, line); ++rows) {
    ASSERT_EQ(line.back(), '\r');
    EXPECT_EQ(Cells(line).size(), header.size());
    EXPECT_EQ(line.substr(0, 32), "2026-03-01;2026-04-30;2026-05-01");
  }
  Report report = TownReport();
  EXPECT_EQ(rows, 1 + report.by_month.size() + report.by_zone.size() + report.by_team.size() +
                      report.by_partner.size() + report.by_sector.size());
  EXPECT_NE(csv.find(";33,3;"), std::string::npos) << "a decimal comma";
}

TEST(ReportWriter, AZoneIsNeverAFormula) {
  ReportBuilder builder = Builder();
  CaseRow row = Opened("2026-03-10", "2026-04-07");
  row.zone = "=HYPERLINK(\"x\";\"y\")";
  AddAll(HouseholdOf(row, {}), &builder);
  std::string csv = ReportCsv(builder.report());
  EXPECT_NE(csv.find(";\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\";"), std::string::npos);
}

TEST(ReportWriter, NoNameAndNoAddressIsInAReport) {
  Report report = TownReport();
  for (const std::string& text : {ReportJson(report), ReportCsv(report)}) {
    EXPECT_EQ(text.find("Vries"), std::string::npos);
    EXPECT_EQ(text.find("8911AD"), std::string::npos);
    EXPECT_EQ(text.find("7788"), std::string::npos);
  }
}

}  // namespace
}  // namespace vroegsein
