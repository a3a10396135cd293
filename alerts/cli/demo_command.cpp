// `vroegsein demo`: the pilot re-enacted, loaded as if it happened these last four months.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "alerts/ddas/values.h"
#include "alerts/demo/timeline.h"
#include "alerts/reading/households.h"
#include "alerts/report/case_fact.h"

namespace vroegsein {
namespace {

struct DemoOptions {
  std::string data;
  std::string from;
  std::string now;
};

struct Summary {
  int signals = 0, not_taken_up = 0, cases = 0, open = 0, reached = 0;
  int prevented = 0, confirmed = 0, came_true = 0;
};

void Add(const CaseFact& fact, Summary* summary) {
  summary->signals += fact.signals_size();
  if (!fact.has_case()) summary->not_taken_up += fact.signals_size();
  if (!fact.has_case()) return;
  ++summary->cases;
  summary->open += fact.closed() ? 0 : 1;
  summary->reached += fact.reached() ? 1 : 0;
  bool confirmed = false, came_true = false;
  for (const ThreatFact& threat : fact.threats()) {
    confirmed = confirmed || threat.result() == THREAT_PREVENTED_CONFIRMED;
    came_true = came_true || threat.result() == THREAT_CAME_TRUE;
  }
  summary->prevented += IsPrevented(fact) ? 1 : 0;
  summary->confirmed += IsPrevented(fact) && confirmed ? 1 : 0;
  summary->came_true += came_true ? 1 : 0;
}

Result<Summary> Summarise(const Database& database) {
  Summary summary;
  auto municipalities = Municipalities(database);
  if (!municipalities.ok()) return municipalities.status();
  for (const MunicipalityRecord& municipality : *municipalities) {
    VROEGSEIN_RETURN_IF_ERROR(EachHousehold(database, municipality.settings().code(), Depth::kCases,
                                            [&](const HouseholdRecord& household) {
                                              for (const CaseFact& fact :
                                                   FactsOfHousehold(household))
                                                Add(fact, &summary);
                                              return Status::Ok();
                                            }));
  }
  return summary;
}

void Print(const Summary& s) {
  std::printf(
      "De proef van Leeuwarden, april tot en met juli 2015, nagespeeld met verzonnen mensen en "
      "naar nu\n"
      "verschoven:\n"
      "  %4d signalen van vijf partners, waarvan %d niet opgepakt (herhaald of onterecht)\n"
      "  %4d zaken bij negen wijkteams, waarvan %d nog open en %d huishoudens bereikt\n"
      "  %4d zaken waarin een ontruiming, afsluiting of einde van de zorgverzekering is voorkomen\n"
      "       (%d bevestigd door de partner, %d gemeld door het team); in %d zaken kwam de "
      "dreiging uit\n",
      s.signals, s.not_taken_up, s.cases, s.open, s.reached, s.prevented, s.confirmed,
      s.prevented - s.confirmed, s.came_true);
}

Status PrintSummary(const std::string& data) {
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(data, open);
  if (!database.ok()) return database.status();
  auto summary = Summarise(**database);
  if (!summary.ok()) return summary.status();
  Print(*summary);
  return Status::Ok();
}

// Loaded beside the folder and moved into place when it is whole, so that a demo is there or not.
Status Load(const DemoOptions& options, Instant now) {
  std::string aside = options.data + ".laden";
  std::error_code error;
  std::filesystem::remove_all(aside, error);
  auto installation = DefaultInstallation();
  if (!installation.ok()) return installation.status();
  auto timeline = ReadTimeline(options.from, now);
  if (!timeline.ok()) return timeline.status();
  {
    auto folder =
        DataFolder::Open(aside, *installation, timeline->start, FolderOptions(*installation));
    if (!folder.ok()) return folder.status();
    VROEGSEIN_RETURN_IF_ERROR(Replay(*timeline, folder->get()));
  }
  std::filesystem::rename(aside, options.data, error);
  if (error)
    return Status::Unavailable("move the demo to " + options.data + ": " + error.message());
  return Status::Ok();
}

int Demo(const DemoOptions& options, const Machine& machine) {
  auto now = options.now.empty() ? machine.now() : ParseInstant(options.now);
  if (!now) return Fail(Status::Invalid("--now is a moment as 2026-11-20T09:00:00Z"));
  std::error_code error;
  bool empty = !std::filesystem::exists(options.data, error) ||
               std::filesystem::is_empty(options.data, error);
  if (empty) {
    Status loaded = Load(options, *now);
    if (!loaded.ok()) return Fail(loaded);
  } else {
    std::printf("In %s staat al iets; er is niets bij geladen.\n", options.data.c_str());
  }
  Status printed = PrintSummary(options.data);
  return printed.ok() ? 0 : Fail(printed);
}

}  // namespace

void RegisterDemo(CLI::App& app, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<DemoOptions>();
  CLI::App* verb = app.add_subcommand(
      "demo", "Load the demo (invented people) into an empty data folder, and say what happened");
  verb->add_option("--data", options->data, "The data folder; left alone when something is in it")
      ->required();
  verb->add_option("--from", options->from, "The folder deploy/demo")->required();
  verb->add_option("--now", options->now, "Stands in for the clock (RFC 3339)");
  verb->callback([options, &machine, exit_code] { *exit_code = Demo(*options, machine); });
}

}  // namespace vroegsein
