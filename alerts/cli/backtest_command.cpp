// `vroegsein policy backtest`: who would move under another version. `policy shadow differences`:
// where the shadow and the version in force differed since it runs.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <thread>

#include "alerts/cli/command_line.h"
#include "alerts/cli/policy_folder.h"
#include "alerts/policy/backtest.h"
#include "alerts/policy/backtest_text.h"
#include "alerts/reading/households.h"
#include "rules/dmn/import_folder.h"
#include "rules/dmn/model.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr unsigned kThreadsMax = 64;
constexpr uint64_t kListedDefault = 50;

struct Options {
  std::string data;
  std::string file;
  std::string municipality;
  std::string format = "text";
  uint64_t listed_max = kListedDefault;  // of prose only
  unsigned threads = 0;
  bool all = false;
};

// Households done of households to do, on a terminal only.
class Progress {
 public:
  ~Progress() {
    if (drawn_) std::fputc('\n', stderr);
  }
  void Show(uint64_t done, uint64_t total) {
    if (!shown_) return;
    drawn_ = true;
    std::fprintf(stderr, "\r%llu of %llu households", static_cast<unsigned long long>(done),
                 static_cast<unsigned long long>(total));
  }

 private:
  bool shown_ = isatty(STDERR_FILENO) == 1;
  bool drawn_ = false;
};

Status WriteOut(std::string_view text) {
  bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  return written ? Status::Ok() : Status::Unavailable("cannot write to stdout");
}

// What one municipality's backtest says. JSON and CSV come out as they are found, with the totals
// behind them (CSV: on stderr); prose has the totals first, and the first cases.
class Teller {
 public:
  explicit Teller(const Options& options) : options_(options) {}

  AppendRow Append() const {
    if (options_.format == "json") return AppendReplayJson;
    if (options_.format == "csv") return AppendReplayCsv;
    return [](const CaseReplay& replay, std::string* out) {
      AppendReplayText(replay, out);
      *out += '\0';
    };
  }

  Status Take(std::string_view rows) {
    if (options_.format != "text") return WriteOut(rows);
    while (!rows.empty() && listed_ < options_.listed_max) {
      size_t end = rows.find('\0');
      prose_ += rows.substr(0, end);
      rows.remove_prefix(end + 1);
      ++listed_;
    }
    return Status::Ok();
  }

  Status End(const std::string& code, const std::string& hash, const BacktestTotals& totals) {
    if (options_.format == "json") {
      return WriteOut("{\"samenvatting\":" + TotalsJson(code, hash, totals) + "}\n");
    }
    std::string text = TotalsText(code, totals);
    if (options_.format == "csv") {
      std::fputs(text.c_str(), stderr);
      return Status::Ok();
    }
    uint64_t all = totals.moved + (options_.all ? totals.others : 0);
    std::string rest;
    if (all > listed_) {
      rest = "\n... en nog " + std::to_string(all - listed_) + " (--format csv geeft ze alle)\n";
    }
    return WriteOut(text + prose_ + rest);
  }

 private:
  const Options& options_;
  std::string prose_;
  uint64_t listed_ = 0;
};

BacktestOptions OptionsOf(const Options& options) {
  BacktestOptions chosen;
  unsigned threads =
      options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  chosen.threads = std::min(threads, kThreadsMax);
  chosen.all_differences = options.all;
  return chosen;
}

Status TestOne(const Database& database, const MunicipalityRecord& municipality,
               const std::string& model, const BacktestOptions& chosen, const Options& options) {
  Teller teller(options);
  Progress progress;
  auto totals = Backtest(database, municipality, model, chosen, teller.Append(),
                         [&](std::string_view rows, uint64_t done, uint64_t total) {
                           progress.Show(done, total);
                           return teller.Take(rows);
                         });
  if (!totals.ok()) return totals.status();
  return teller.End(municipality.settings().code(), dmn::HashOf(model), *totals);
}

// A model that is refused is what was found, not wrong use.
int Ended(const Status& status, const Status& compiled) {
  if (status.ok() && std::fflush(stdout) == 0) return 0;
  if (compiled.ok()) return Fail(status);
  std::fprintf(stderr, "vroegsein: %s\n", compiled.message().c_str());
  return 1;
}

Status TestAll(const Database& database, const std::string& model, const Options& options) {
  auto all = Municipalities(database);
  if (!all.ok()) return all.status();
  if (options.format == "csv") VROEGSEIN_RETURN_IF_ERROR(WriteOut(ReplayCsvHeader()));
  bool any = false;
  for (const MunicipalityRecord& municipality : *all) {
    const std::string& code = municipality.settings().code();
    if (!options.municipality.empty() && options.municipality != code) continue;
    any = true;
    VROEGSEIN_RETURN_IF_ERROR(TestOne(database, municipality, model, OptionsOf(options), options));
  }
  return any ? Status::Ok() : Status::NotFound("the data folder has no such municipality");
}

Result<std::unique_ptr<Database>> OpenForReading(const Options& options) {
  DatabaseOptions open;
  open.must_exist = true;
  return Database::Open(options.data, open);
}

int RunBacktest(const Options& options) {
  auto model = dmn::ReadWholeFile(options.file);
  if (!model) return Fail(Status::NotFound("cannot read '" + options.file + "'"));
  Status compiled = CompilePolicy(*model).status();
  if (!compiled.ok()) return Ended(compiled, compiled);
  auto database = OpenForReading(options);
  if (!database.ok()) return Fail(database.status());
  return Ended(TestAll(**database, *model, options), compiled);
}

Status TellDifferences(const Options& options) {
  auto database = OpenForReading(options);
  if (!database.ok()) return database.status();
  auto municipality = ChooseMunicipality(**database, options.municipality);
  if (!municipality.ok()) return municipality.status();
  const ShadowPolicy& shadow = municipality->shadow();
  if (shadow.hash().empty()) return Status::NotFound("no shadow runs in this municipality");
  auto model = (*database)->Get(keys::Policy(shadow.hash()));
  if (!model.ok()) return model.status();
  if (!model->has_value()) return Status::DataLoss("the store lacks the shadow's model");
  BacktestOptions chosen = OptionsOf(options);
  chosen.since_ms = shadow.since_ms();
  chosen.all_differences = true;
  if (options.format == "csv") VROEGSEIN_RETURN_IF_ERROR(WriteOut(ReplayCsvHeader()));
  return TestOne(**database, *municipality, **model, chosen, options);
}

void AddCommon(CLI::App* verb, const std::shared_ptr<Options>& options) {
  verb->add_option("--data", options->data, "The data folder")->required();
  verb->add_option("--gemeente", options->municipality, "One gemeentecode");
  verb->add_option("--format", options->format,
                   "text, json (one case a line, the totals last) or csv (totals on stderr)")
      ->check(CLI::IsMember({"text", "json", "csv"}))
      ->capture_default_str();
  verb->add_option("--list", options->listed_max, "How many cases text lists")
      ->capture_default_str();
  verb->add_option("--threads", options->threads, "Default: one per core");
}

}  // namespace

void RegisterBacktest(CLI::App* policy, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = policy->add_subcommand(
      "backtest", "Who would move: every case's recorded facts under another version");
  AddCommon(verb, options);
  verb->add_option("FILE", options->file, "The model (DMN)")->required();
  verb->add_flag("--all", options->all,
                 "Also cases that stay where they are, with another score, reason, ladder or term");
  verb->footer(
      "Changes nothing. A case moves when its priority or team changes, or when none of its "
      "signals\nwould be taken up. The team is the one that routing gives when nobody is full.\n"
      "Exit: 0 done, 1 the model is refused, 2 wrong use or the folder is in use.");
  verb->callback([options, exit_code] { *exit_code = RunBacktest(*options); });
}

void RegisterShadowDifferences(CLI::App* shadow, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = shadow->add_subcommand(
      "differences", "Cases decided since the shadow runs about which it would differ");
  AddCommon(verb, options);
  verb->callback([options, exit_code] { *exit_code = Ended(TellDifferences(*options), Status()); });
}

}  // namespace vroegsein
