#include "alerts/cli/households_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

#include "alerts/cli/command_line.h"
#include "alerts/cli/household_explanation.h"
#include "alerts/cli/household_measure.h"
#include "alerts/cli/resident_table.h"
#include "store/household/identity/matching.h"

namespace vroegsein {
namespace {

struct Options {
  std::string data, file, output, columns, weights, crowded, a, b, truth;
  bool learn = true, truth_in_id = false;
};

Result<std::string> ReadText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  if (!file || !(text << file.rdbuf())) return Status::NotFound("cannot read " + path);
  return text.str();
}

Result<std::unique_ptr<FileSource>> Open(const std::string& path) {
  if (path == "-") return FileSource::StandardInput();
  return FileSource::Open(path);
}

// `--columns` may be a file that says the same.
std::string ColumnsOf(const Options& options) {
  auto text = ReadText(options.columns);
  return text.ok() ? *text : options.columns;
}

Result<ResidentTable> ReadTable(const Options& options) {
  auto source = Open(options.file);
  if (!source.ok()) return source.status();
  return ReadResidents(source->get(), ColumnsOf(options));
}

// What stands in a header may be somebody's name, so that only our own names are said.
void TellFields(const ResidentTable& table) {
  std::fprintf(stderr, "%zu rows; columns read: %s. Map others with --columns.\n",
               table.records.size(), table.fields.c_str());
}

// The known places with many households: rows with postcode, huisnummer and huisnummertoevoeging.
Result<std::set<std::string>> ReadCrowded(const std::string& path) {
  std::set<std::string> keys;
  if (path.empty()) return keys;
  auto source = Open(path);
  if (!source.ok()) return source.status();
  auto table = ReadResidents(source->get(), "");
  if (!table.ok()) return table.status();
  for (const identity::ResidentText& place : table->records) {
    keys.insert(identity::DwellingKey(identity::Describe(place)));
  }
  return keys;
}

Result<identity::MatchOptions> Settle(const Options& options) {
  identity::MatchOptions match;
  match.learn = options.learn;
  auto crowded = ReadCrowded(options.crowded);
  if (!crowded.ok()) return crowded.status();
  match.homes.crowded = std::move(*crowded);
  if (options.weights.empty()) return match;
  auto text = ReadText(options.weights);
  if (!text.ok()) return text.status();
  auto weights = identity::ParseWeights(*text);
  if (!weights.ok()) return weights.status();
  match.weights = *weights;
  match.learn = false;
  return match;
}

Status WriteOut(const std::string& path, const std::string& text) {
  std::FILE* out = path.empty() || path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  if (out == nullptr) return Status::Unavailable("cannot write " + path);
  bool written = std::fwrite(text.data(), 1, text.size(), out) == text.size();
  written = (out == stdout ? std::fflush(out) : std::fclose(out)) == 0 && written;
  return written ? Status::Ok() : Status::Unavailable("cannot write the output");
}

std::string Quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

Status Match(const Options& options) {
  auto match = Settle(options);
  if (!match.ok()) return match.status();
  auto table = ReadTable(options);
  if (!table.ok()) return table.status();
  TellFields(*table);
  std::vector<identity::Placed> placed = identity::MatchRecords(table->records, *match);
  std::string text = "id,person_id,household_id,score\n";
  for (size_t i = 0; i < placed.size(); ++i) {
    text += fmt::format("{},P{},H{},{:.4f}\n", Quoted(table->ids[i]), placed[i].person + 1,
                        placed[i].household + 1, placed[i].certainty);
  }
  return WriteOut(options.output, text);
}

Status Train(const Options& options) {
  auto match = Settle(options);
  if (!match.ok()) return match.status();
  auto table = ReadTable(options);
  if (!table.ok()) return table.status();
  identity::Population population = identity::Populate(table->records);
  if (population.residents.size() < identity::kLearnFrom) {
    return Status::Invalid(fmt::format("training needs {} different records, the file has {}",
                                       identity::kLearnFrom, population.residents.size()));
  }
  auto candidates = identity::CandidatePairs(population.residents);
  identity::Weights learned = identity::Learn(population.residents, candidates, match->weights);
  std::string provenance = fmt::format(
      "Learned by `vroegsein households train` (expectation maximisation, no labels) from\n"
      "{} records, {} different residents, {} candidate pairs.",
      table->records.size(), population.residents.size(), candidates.size());
  return WriteOut(options.output, identity::FormatWeights(learned, provenance));
}

Status ExplainInFolder(const Options& options) {
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(options.data, open);
  if (!database.ok()) return database.status();
  auto text = ExplainHouseholds(**database, options.a, options.b);
  return text.ok() ? WriteOut("", *text) : text.status();
}

Status Explain(const Options& options) {
  if (options.data.empty() == options.file.empty()) {
    return Status::Invalid("give either FILE or --data DIR");
  }
  if (!options.data.empty()) return ExplainInFolder(options);
  auto match = Settle(options);
  if (!match.ok()) return match.status();
  auto table = ReadTable(options);
  if (!table.ok()) return table.status();
  auto text = ExplainPair(*table, *match, options.a, options.b);
  return text.ok() ? WriteOut("", *text) : text.status();
}

Status Measure(const Options& options) {
  auto found = Open(options.file);
  if (!found.ok()) return found.status();
  if (options.truth_in_id == !options.truth.empty()) {
    return Status::Invalid("give either --truth FILE or --truth-in-id");
  }
  std::unique_ptr<FileSource> truth;
  if (!options.truth.empty()) {
    auto opened = FileSource::Open(options.truth);
    if (!opened.ok()) return opened.status();
    truth = std::move(*opened);
  }
  auto table = MeasureMatch(found->get(), truth.get());
  return table.ok() ? WriteOut("", *table) : table.status();
}

using Work = Status (*)(const Options&);

CLI::App* AddWork(CLI::App& households, const std::string& name, const std::string& what,
                  const std::shared_ptr<Options>& options, Work work, int* exit_code) {
  CLI::App* verb = households.add_subcommand(name, what);
  verb->add_option("FILE", options->file, "CSV with a header; - for the standard input")
      ->required();
  verb->callback([options, work, exit_code] {
    Status done = work(*options);
    *exit_code = done.ok() ? 0 : Fail(done);
  });
  return verb;
}

void AddReading(CLI::App* verb, const std::shared_ptr<Options>& options) {
  verb->add_option("--columns", options->columns,
                   "Which column is which field: client.achternaam=surname,id=rec_id; or a file "
                   "that says so")
      ->type_name("MAP");
  verb->add_option("--weights", options->weights, "Weights of `train`, instead of learning here")
      ->type_name("FILE");
  verb->add_flag("!--no-learning", options->learn, "Use the shipped weights as they are");
  verb->add_option("--crowded", options->crowded,
                   "Known addresses with many households: postcode, huisnummer and "
                   "huisnummertoevoeging")
      ->type_name("FILE");
  verb->footer(
      "Fields (columns of the same name, or of the usual names in other data sets such as "
      "surname,\ngiven_name and date_of_birth, need no --columns; other columns are left "
      "alone):\n" +
      FieldNamesOfTable());
}

}  // namespace

void RegisterHouseholds(CLI::App& app, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* households =
      app.add_subcommand("households", "Who belongs together in a file, how sure that is, and why");
  households->require_subcommand(1);
  CLI::App* match =
      AddWork(*households, "match", "Group the records: id,person_id,household_id,score", options,
              Match, exit_code);
  match->add_option("--output", options->output, "Where to write (default: standard output)");
  AddReading(match, options);
  CLI::App* train = AddWork(*households, "train", "Learn the weights of a file; no labels needed",
                            options, Train, exit_code);
  train->add_option("--output", options->output, "Where to write (default: standard output)");
  AddReading(train, options);
  CLI::App* explain =
      households->add_subcommand("explain",
                                 "Why two records of a file, or two households of a "
                                 "data folder, are one, or not");
  explain->add_option("A", options->a, "id of a record or a household")->required();
  explain->add_option("B", options->b, "id of another")->required();
  explain->add_option("FILE", options->file, "CSV with a header");
  explain->add_option("--data", options->data, "Data folder, instead of FILE")->type_name("DIR");
  AddReading(explain, options);
  explain->callback([options, exit_code] {
    Status done = Explain(*options);
    *exit_code = done.ok() ? 0 : Fail(done);
  });
  CLI::App* measure = AddWork(*households, "measure", "Compare what `match` wrote with the truth",
                              options, Measure, exit_code);
  measure->add_option("--truth", options->truth,
                      "CSV with id, person and household (waarheid.csv)");
  measure->add_flag("--truth-in-id", options->truth_in_id,
                    "The id tells the person: rec-12-org and rec-12-dup-0 are one (FEBRL)");
}

}  // namespace vroegsein
