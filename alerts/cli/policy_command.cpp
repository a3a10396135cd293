// `vroegsein policy`: the life of a policy, from a change on a desk to the day it takes effect.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/cli/policy_folder.h"
#include "alerts/policy/examination.h"
#include "alerts/policy/for_editors.h"
#include "alerts/policy/versions.h"
#include "alerts/reading/households.h"
#include "alerts/reading/json_writer.h"
#include "rules/dmn/import_folder.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kHashCharsShown = 12;

// What the verbs are told; each uses a part.
struct PolicyOptions {
  std::string data;
  std::string file;  // of a model, or the beginning of a hash
  std::string tests;
  std::string from;
  std::string municipality;
  std::string now;
  std::string format = "text";
  bool show_tests = false;
};

struct Opened {
  std::unique_ptr<DataFolder> folder;
  MunicipalityRecord municipality;
  Instant now;

  Event NewEvent() const {
    Event event;
    event.set_recorded_ms(MillisOf(now));
    event.set_municipality(municipality.settings().code());
    return event;
  }
};

Result<Opened> Open(const PolicyOptions& options, const Machine& machine) {
  auto now = MomentOf(options.now, machine.now());
  if (!now.ok()) return now.status();
  auto folder = OpenAsItIs(options.data, *now);
  if (!folder.ok()) return folder.status();
  auto municipality = ChooseMunicipality((*folder)->database(), options.municipality);
  if (!municipality.ok()) return municipality.status();
  return Opened{std::move(*folder), std::move(*municipality), *now};
}

// Says every finding on `out`; the exit code.
int SayExamined(const Examination& examined, std::FILE* out) {
  for (const PolicyFinding& finding : examined.findings) {
    std::fprintf(out, "%s: %s\n", finding.code.c_str(), finding.text.c_str());
  }
  std::fprintf(out, "%zu passed, %zu failed\n", examined.passed, examined.failed);
  return examined.findings.empty() ? 0 : 1;
}

int Test(const PolicyOptions& options) {
  auto files = ReadPolicyFiles(options.file, options.tests);
  if (!files.ok()) return Fail(files.status());
  return SayExamined(Examine(files->model, files->tests), stdout);
}

Result<Date> EffectiveDay(const PolicyOptions& options, Instant now) {
  if (options.from.empty()) return DayInAmsterdam(now);
  auto day = ParseDate(options.from);
  if (!day) return Status::Invalid("--from: give a day as 2026-12-01");
  return *day;
}

int Activate(const PolicyOptions& options, const Machine& machine) {
  auto files = ReadPolicyFiles(options.file, options.tests);
  if (!files.ok()) return Fail(files.status());
  auto opened = Open(options, machine);
  if (!opened.ok()) return Fail(opened.status());
  auto day = EffectiveDay(options, opened->now);
  if (!day.ok()) return Fail(day.status());
  Examination examined = Examine(files->model, files->tests);
  if (!examined.findings.empty()) return SayExamined(examined, stderr);
  Event event = opened->NewEvent();
  event.mutable_policy()->set_model(files->model);
  event.mutable_policy()->set_tests(files->tests);
  event.mutable_policy()->set_hash(examined.hash);
  event.mutable_policy()->set_effective_day(DaysOf(*day));
  int exit_code = Said(opened->folder->Do(std::move(event)));
  if (exit_code == 0) {
    std::printf("%s beslist in %s vanaf %s (%zu tests geslaagd)\n", examined.hash.c_str(),
                opened->municipality.settings().code().c_str(), FormatDate(*day).c_str(),
                examined.passed);
  }
  return exit_code;
}

int Withdraw(const PolicyOptions& options, const Machine& machine) {
  auto opened = Open(options, machine);
  if (!opened.ok()) return Fail(opened.status());
  auto day = EffectiveDay(options, opened->now);
  if (!day.ok()) return Fail(day.status());
  const PolicyVersion* version = VersionOfDay(opened->municipality, *day);
  std::string hash = version != nullptr ? version->hash() : "";
  Event event = opened->NewEvent();
  event.mutable_withdrawn()->set_effective_day(DaysOf(*day));
  int exit_code = Said(opened->folder->Do(std::move(event)));
  if (exit_code == 0) {
    std::printf("%s van %s is ingetrokken\n", hash.c_str(), FormatDate(*day).c_str());
  }
  return exit_code;
}

// The first version decides about every day.
std::string DayText(const PolicyVersion& version) {
  Date day = DateOf(version.effective_day());
  return day < Date(std::chrono::year{1970} / 1 / 1) ? "altijd" : FormatDate(day);
}

void SayVersions(const MunicipalityRecord& municipality, Date today) {
  for (const PolicyVersion& version : municipality.policies()) {
    std::string line = fmt::format("{}  {:<10}  {:<11}  {}  {}\n", municipality.settings().code(),
                                   DayText(version), StandingOf(municipality, version, today),
                                   version.hash().substr(0, kHashCharsShown),
                                   FormatInstant(InstantOf(version.activated_ms())));
    std::fputs(line.c_str(), stdout);
  }
  const ShadowPolicy& shadow = municipality.shadow();
  if (shadow.hash().empty()) return;
  std::string line = fmt::format("{}  {:<10}  {:<11}  {}  {}\n", municipality.settings().code(),
                                 "-", "schaduw", shadow.hash().substr(0, kHashCharsShown),
                                 FormatInstant(InstantOf(shadow.since_ms())));
  std::fputs(line.c_str(), stdout);
}

void SayVersionsAsJson(const MunicipalityRecord& municipality, Date today) {
  std::string text;
  for (const PolicyVersion& version : municipality.policies()) {
    JsonWriter json(&text);
    json.BeginObject().Text("gemeentecode", municipality.settings().code());
    json.Text("hash", version.hash()).Text("ingangsdatum", DayText(version));
    json.Text("stand", StandingOf(municipality, version, today));
    json.Text("geactiveerdOp", FormatInstant(InstantOf(version.activated_ms()))).EndObject();
    text += '\n';
  }
  const ShadowPolicy& shadow = municipality.shadow();
  if (!shadow.hash().empty()) {
    JsonWriter json(&text);
    json.BeginObject().Text("gemeentecode", municipality.settings().code());
    json.Text("hash", shadow.hash()).Text("stand", "schaduw");
    json.Text("sinds", FormatInstant(InstantOf(shadow.since_ms()))).EndObject();
    text += '\n';
  }
  std::fputs(text.c_str(), stdout);
}

int List(const PolicyOptions& options, const Machine& machine) {
  auto now = MomentOf(options.now, machine.now());
  if (!now.ok()) return Fail(now.status());
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(options.data, open);
  if (!database.ok()) return Fail(database.status());
  auto municipalities = Municipalities(**database);
  if (!municipalities.ok()) return Fail(municipalities.status());
  for (const MunicipalityRecord& municipality : *municipalities) {
    (options.format == "json" ? SayVersionsAsJson : SayVersions)(municipality,
                                                                 DayInAmsterdam(*now));
  }
  return 0;
}

int Show(const PolicyOptions& options) {
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(options.data, open);
  if (!database.ok()) return Fail(database.status());
  auto hash = FindHash(**database, options.file);
  if (!hash.ok()) return Fail(hash.status());
  auto text = (*database)->Get(options.show_tests ? keys::PolicyTests(*hash) : keys::Policy(*hash));
  if (!text.ok()) return Fail(text.status());
  if (!text->has_value()) return Fail(Status::NotFound("it was brought without tests"));
  bool written = std::fwrite((*text)->data(), 1, (*text)->size(), stdout) == (*text)->size();
  return written ? 0 : Fail(Status::Unavailable("cannot write to stdout"));
}

int StartShadow(const PolicyOptions& options, const Machine& machine) {
  auto files = ReadPolicyFiles(options.file, options.tests);
  if (!files.ok()) return Fail(files.status());
  auto opened = Open(options, machine);
  if (!opened.ok()) return Fail(opened.status());
  Examination examined = Examine(files->model, files->tests);
  if (!examined.findings.empty()) return SayExamined(examined, stderr);
  Event event = opened->NewEvent();
  event.mutable_shadow()->set_model(files->model);
  event.mutable_shadow()->set_hash(examined.hash);
  int exit_code = Said(opened->folder->Do(std::move(event)));
  if (exit_code == 0) std::printf("%s loopt mee als schaduw\n", examined.hash.c_str());
  return exit_code;
}

int StopShadow(const PolicyOptions& options, const Machine& machine) {
  auto opened = Open(options, machine);
  if (!opened.ok()) return Fail(opened.status());
  Event event = opened->NewEvent();
  event.mutable_shadow();
  int exit_code = Said(opened->folder->Do(std::move(event)));
  if (exit_code == 0) std::printf("er loopt geen schaduw meer mee\n");
  return exit_code;
}

using Options = std::shared_ptr<PolicyOptions>;

void AddFolder(CLI::App* verb, const Options& options) {
  verb->add_option("--data", options->data, "The data folder")->required();
  verb->add_option("--gemeente", options->municipality,
                   "Its gemeentecode; may be left out where there is one");
  verb->add_option("--now", options->now, "Stands in for the clock (RFC 3339)");
}

void AddModel(CLI::App* verb, const Options& options) {
  verb->add_option("FILE", options->file, "The model (DMN)")->required();
  verb->add_option("--tests", options->tests, "Its test file; default: X.test.xml beside X.dmn");
}

void RegisterVersions(CLI::App* policy, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<PolicyOptions>();
  CLI::App* test = policy->add_subcommand("test", "Run a policy's tests; touches no data folder");
  AddModel(test, options);
  test->callback([options, exit_code] { *exit_code = Test(*options); });

  CLI::App* activate = policy->add_subcommand(
      "activate", "Let a version decide from a day on; its tests have to pass");
  AddFolder(activate, options);
  AddModel(activate, options);
  activate->add_option("--from", options->from,
                       "First day of receipt it decides about; default: today");
  activate->footer(
      "What comes in from that day on is decided by it; what was decided keeps its version.\n"
      "Refused: a day in the past, a day that has another version, a version that would decide "
      "already.");
  activate->callback([options, &machine, exit_code] { *exit_code = Activate(*options, machine); });

  CLI::App* withdraw =
      policy->add_subcommand("withdraw", "Undo the activation of today or of a day to come");
  AddFolder(withdraw, options);
  withdraw->add_option("--from", options->from, "The day on which it takes effect")->required();
  withdraw->callback([options, &machine, exit_code] { *exit_code = Withdraw(*options, machine); });
}

void RegisterReading(CLI::App* policy, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<PolicyOptions>();
  CLI::App* list = policy->add_subcommand("list", "Every version, and where it stands");
  list->add_option("--data", options->data, "The data folder")->required();
  list->add_option("--format", options->format, "text or json (one object a line)")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  list->add_option("--now", options->now, "Stands in for the clock (RFC 3339)");
  list->callback([options, &machine, exit_code] { *exit_code = List(*options, machine); });

  CLI::App* show = policy->add_subcommand("show", "The model of a version, byte for byte");
  show->add_option("--data", options->data, "The data folder")->required();
  show->add_option("HASH", options->file, "Its hash, or the beginning of it")->required();
  show->add_flag("--tests", options->show_tests, "Its test file instead");
  show->callback([options, exit_code] { *exit_code = Show(*options); });
}

int Convert(const PolicyOptions& options) {
  auto model = dmn::ReadWholeFile(options.file);
  if (!model) return Fail(Status::NotFound("cannot read '" + options.file + "'"));
  auto converted = AsDmn13(*model);
  if (!converted.ok()) {
    std::fprintf(stderr, "vroegsein: %s\n", converted.status().message().c_str());
    return 1;
  }
  bool written = std::fwrite(converted->data(), 1, converted->size(), stdout) == converted->size();
  return written ? 0 : Fail(Status::Unavailable("cannot write to stdout"));
}

void RegisterConvert(CLI::App* policy, int* exit_code) {
  auto options = std::make_shared<PolicyOptions>();
  CLI::App* convert = policy->add_subcommand(
      "convert", "A model as DMN 1.3 on stdout: dmn-js and Camunda Modeler read no newer one");
  convert->add_option("FILE", options->file, "The model (DMN)")->required();
  convert->footer(
      "Only the namespaces differ; what the editor saves can be tested and activated as it is.");
  convert->callback([options, exit_code] { *exit_code = Convert(*options); });
}

void RegisterShadow(CLI::App* policy, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<PolicyOptions>();
  CLI::App* shadow = policy->add_subcommand(
      "shadow", "A version that runs beside the one in force and decides nothing");
  shadow->require_subcommand(1);
  CLI::App* start = shadow->add_subcommand("start", "Start one, or replace the one that runs");
  AddFolder(start, options);
  AddModel(start, options);
  start->callback([options, &machine, exit_code] { *exit_code = StartShadow(*options, machine); });
  CLI::App* stop = shadow->add_subcommand("stop", "Stop it");
  AddFolder(stop, options);
  stop->callback([options, &machine, exit_code] { *exit_code = StopShadow(*options, machine); });
  RegisterShadowDifferences(shadow, exit_code);
}

}  // namespace

void RegisterPolicy(CLI::App& app, const Machine& machine, int* exit_code) {
  CLI::App* policy =
      app.add_subcommand("policy", "Versions of the policy: test, try on old data, activate");
  policy->require_subcommand(1);
  policy->footer(
      "On a data folder without a running server; with one: the API (POST /v1/beleid).\n"
      "Exit: 0 done, 1 refused (every reason on stderr), 2 wrong use or the folder is in use.");
  RegisterVersions(policy, machine, exit_code);
  RegisterConvert(policy, exit_code);
  RegisterBacktest(policy, exit_code);
  RegisterReading(policy, machine, exit_code);
  RegisterShadow(policy, machine, exit_code);
}

}  // namespace vroegsein
