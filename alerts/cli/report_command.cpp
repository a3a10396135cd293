#include "alerts/cli/report_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/reading/report_of_store.h"
#include "alerts/report/report_writer.h"

namespace vroegsein {
namespace {

constexpr char kFooter[] =
    "What counts in the period: a signal by its day of receipt, a case by the day it was opened; "
    "both\n"
    "bounds are included. What became of a case counts with the case, whenever it happened.\n"
    "csv is one wide table for a Dutch Excel (UTF-8 with mark, ';', decimal comma): filter on "
    "Snede.\n"
    "ddas is the national exchange file (DDAS vroegsignalering 1.2): whole euros, halves up; the "
    "BSN\n"
    "alone, or else address and birth date; no names. Of what was erased the report has only "
    "counts\n"
    "per month, and ddas nothing.";

struct ReportOptions {
  std::string data;
  std::string from;
  std::string to;
  std::string format = "json";
  std::string municipality;
  std::string supplier;
  std::string now;
};

struct Question {
  Period period;
  Instant now;
};

Result<Question> Read(const ReportOptions& options, Instant now) {
  auto from = ParseDate(options.from);
  if (!from) return Status::Invalid("--from: give a day as 2026-04-01");
  auto to = ParseDate(options.to);
  if (!to) return Status::Invalid("--to: give a day as 2026-07-31");
  if (*to < *from) return Status::Invalid("--to lies before --from");
  if (options.now.empty()) return Question{{*from, *to}, now};
  auto moment = ParseInstant(options.now);
  if (!moment) return Status::Invalid("--now: give a moment as 2026-11-20T09:30:00Z");
  return Question{{*from, *to}, *moment};
}

Status WriteOut(std::string_view text) {
  bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  return written ? Status::Ok() : Status::Unavailable("cannot write to stdout");
}

Status WriteReport(const ReportOptions& options, const Question& question) {
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(options.data, open);
  if (!database.ok()) return database.status();
  auto municipalities = ChooseMunicipalities(**database, options.municipality);
  if (!municipalities.ok()) return municipalities.status();
  if (options.format == "ddas") {
    return ExportDdasOfStore(**database, *municipalities,
                             {question.period, question.now, options.supplier}, WriteOut);
  }
  auto report =
      ReportOfStore(**database, *municipalities, question.period, DayInAmsterdam(question.now));
  if (!report.ok()) return report.status();
  return WriteOut(options.format == "csv" ? ReportCsv(*report) : ReportJson(*report));
}

int MakeReport(const ReportOptions& options, Instant now) {
  auto question = Read(options, now);
  if (!question.ok()) return Fail(question.status());
  Status written = WriteReport(options, *question);
  if (written.ok() && std::fflush(stdout) != 0) {
    written = Status::Unavailable("cannot write to stdout");
  }
  return written.ok() ? 0 : Fail(written);
}

}  // namespace

void RegisterReport(CLI::App& app, Instant now, int* exit_code) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* verb = app.add_subcommand(
      "report", "What was done and prevented in a period; or the national exchange file (ddas)");
  verb->add_option("--data", options->data, "The data folder")->required();
  verb->add_option("--from", options->from, "First day of the period, 2026-04-01")->required();
  verb->add_option("--to", options->to, "Last day of the period, included")->required();
  verb->add_option("--format", options->format, "json, csv or ddas")
      ->check(CLI::IsMember({"json", "csv", "ddas"}))
      ->capture_default_str();
  verb->add_option("--gemeente", options->municipality, "One gemeentecode (default: all together)");
  verb->add_option("--leverancier", options->supplier,
                   "codeGegevensleverancier of ddas (default: the first gemeentecode)");
  verb->add_option("--now", options->now, "Stands in for the clock (RFC 3339)");
  verb->footer(kFooter);
  verb->callback([options, now, exit_code] { *exit_code = MakeReport(*options, now); });
}

}  // namespace vroegsein
