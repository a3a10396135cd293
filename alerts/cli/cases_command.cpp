// `vroegsein cases`: every case of a data folder.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/reading/case_json.h"
#include "alerts/reading/households.h"
#include "store/database.h"

namespace vroegsein {
namespace {

struct CasesOptions {
  std::string data;
  std::string format = "json";
};

constexpr size_t kFlushBytes = 1u << 20;

Status Flush(std::string* text) {
  bool written = std::fwrite(text->data(), 1, text->size(), stdout) == text->size();
  text->clear();
  return written ? Status::Ok() : Status::Unavailable("cannot write to stdout");
}

Status Write(const Database& database, bool csv) {
  auto municipalities = Municipalities(database);
  if (!municipalities.ok()) return municipalities.status();
  std::string text = csv ? CaseCsvHeader() : "";
  for (const MunicipalityRecord& municipality : *municipalities) {
    VROEGSEIN_RETURN_IF_ERROR(
        EachHousehold(database, municipality.settings().code(), Depth::kCases,
                      [&](const HouseholdRecord& household) {
                        for (const CaseRecord& case_record : household.cases()) {
                          if (csv) {
                            AppendCaseCsv(household, case_record, &text);
                          } else {
                            AppendCaseJson(household, case_record, &text);
                            text += '\n';
                          }
                        }
                        return text.size() < kFlushBytes ? Status::Ok() : Flush(&text);
                      }));
  }
  return Flush(&text);
}

int Cases(const CasesOptions& options) {
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(options.data, open);
  if (!database.ok()) return Fail(database.status());
  Status written = Write(**database, options.format == "csv");
  return written.ok() ? 0 : Fail(written);
}

}  // namespace

void RegisterCases(CLI::App& app, int* exit_code) {
  auto options = std::make_shared<CasesOptions>();
  CLI::App* verb = app.add_subcommand("cases", "Every case (json: one object a line)");
  verb->add_option("--data", options->data, "The data folder")->required();
  verb->add_option("--format", options->format, "json or csv")
      ->check(CLI::IsMember({"json", "csv"}))
      ->capture_default_str();
  verb->callback([options, exit_code] { *exit_code = Cases(*options); });
}

}  // namespace vroegsein
