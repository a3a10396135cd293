#include "alerts/cli/dmn_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>

#include "alerts/cli/dmn_json.h"
#include "rules/dmn/check.h"
#include "rules/dmn/import_folder.h"
#include "rules/dmn/session.h"
#include "rules/dmn/tck.h"

namespace vroegsein {

namespace {

constexpr int kDone = 0;
constexpr int kProblems = 1;
constexpr int kWrongUse = 2;

struct EvalOptions {
  std::string file;
  std::string decision;
  std::string input;
  std::string now;
  bool explain = false;
};

std::optional<std::string> ReadFileOrStdin(const std::string& path) {
  if (path != "-") return dmn::ReadWholeFile(path);
  return std::string(std::istreambuf_iterator<char>(std::cin), {});
}

int WrongUse(const std::string& message) {
  std::fprintf(stderr, "vroegsein: %s\n", message.c_str());
  return kWrongUse;
}

std::optional<dmn::LoadResult> LoadModel(const std::string& path) {
  const auto text = ReadFileOrStdin(path);
  if (!text) return std::nullopt;
  dmn::LoadOptions options;
  if (path != "-") {
    std::string folder = std::filesystem::path(path).parent_path().string();
    options.resolve_import = dmn::ImportsFrom(folder.empty() ? "." : folder);
  }
  return dmn::Model::Load(*text, options);
}

int RunCheck(const std::string& path) {
  const auto loaded = LoadModel(path);
  if (!loaded) return WrongUse("cannot read '" + path + "'");
  for (const dmn::LoadError& error : loaded->errors) std::printf("%s\n", error.ToString().c_str());
  if (loaded->model == nullptr) return kProblems;
  const auto findings = dmn::Check(*loaded->model);
  bool problems = false;
  for (const dmn::Finding& finding : findings) {
    problems = problems || finding.kind != dmn::FindingKind::kNotChecked;
    std::printf("%s\n", finding.ToString().c_str());
  }
  if (!problems)
    std::fprintf(stderr, "%s: in orde, %s\n", path.c_str(), loaded->model->hash().c_str());
  return problems ? kProblems : kDone;
}

void AppendRule(const dmn::Trace& trace, const dmn::Trace::Rule& rule, std::string* out) {
  const dmn::Trace::Table& table = trace.tables[rule.table];
  *out += "{\"table\": " + JsonString(table.decision) +
          ", \"rule\": " + std::to_string(rule.number) + ", \"id\": " + JsonString(rule.id) +
          ", \"inputs\": {";
  const auto inputs = trace.InputsOf(table);
  for (size_t i = 0; i < inputs.size(); ++i) {
    *out +=
        (i == 0 ? "" : ", ") + JsonString(table.input_labels[i]) + ": " + JsonFromValue(inputs[i]);
  }
  *out += "}, \"output\": " + JsonFromValue(rule.output) + ", \"annotations\": [";
  for (size_t i = 0; i < rule.annotations.size(); ++i) {
    *out += (i == 0 ? "" : ", ") + JsonString(rule.annotations[i]);
  }
  *out += "]}";
}

std::string Explained(const feel::Value& result, const dmn::Trace& trace) {
  std::string out = "{\"result\": " + JsonFromValue(result) + ", \"decisions\": {";
  for (size_t i = 0; i < trace.decisions.size(); ++i) {
    const auto& decision = trace.decisions[i];
    out += (i == 0 ? "" : ", ") + JsonString(decision.name) + ": " + JsonFromValue(decision.result);
  }
  out += "}, \"rules\": [";
  for (size_t i = 0; i < trace.rules.size(); ++i) {
    if (i != 0) out += ", ";
    AppendRule(trace, trace.rules[i], &out);
  }
  return out + "]}";
}

// The members of the input object, as the inputs of the session.
std::optional<std::string> SetInputs(const EvalOptions& options, dmn::Session* session) {
  if (options.input.empty()) return std::nullopt;
  const auto text = ReadFileOrStdin(options.input);
  if (!text) return "cannot read '" + options.input + "'";
  auto value = ValueFromJson(*text);
  if (!value.ok()) return value.status().message();
  if (!value->IsContext()) return "the input is no JSON object";
  for (const auto& entry : value->context().entries()) {
    const int slot = session->InputSlot(entry.name());
    if (slot < 0) return "the model has no input '" + entry.name() + "'";
    session->Set(slot, ReadAs(entry.value, session->InputType(slot)));
  }
  return std::nullopt;
}

int RunEval(const EvalOptions& options) {
  if (options.file == "-" && options.input == "-")
    return WrongUse("only one of the files can be -");
  const auto loaded = LoadModel(options.file);
  if (!loaded) return WrongUse("cannot read '" + options.file + "'");
  if (loaded->model == nullptr) {
    for (const dmn::LoadError& error : loaded->errors) {
      std::fprintf(stderr, "%s\n", error.ToString().c_str());
    }
    return kProblems;
  }
  dmn::Session session(loaded->model, {options.decision});
  if (!session.unknown_decisions().empty()) {
    return WrongUse("the model has no decision '" + options.decision + "'");
  }
  if (!options.now.empty()) {
    const auto now = feel::DateTime::Parse(options.now);
    if (!now) return WrongUse("--now is no date and time");
    session.SetNow(*now);
  }
  if (const auto error = SetInputs(options, &session)) return WrongUse(*error);
  dmn::Trace trace;
  const bool done = session.Evaluate(&trace);
  for (const std::string& message : session.messages()) {
    std::fprintf(stderr, "%s\n", message.c_str());
  }
  if (!done) return kProblems;
  const feel::Value& result = session.Result(size_t{0});
  std::printf("%s\n", (options.explain ? Explained(result, trace) : JsonFromValue(result)).c_str());
  return kDone;
}

int RunTck(const std::string& folder) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored))
    return WrongUse("'" + folder + "' is no folder");
  const dmn::TestTotals totals = dmn::RunFolder(folder);
  for (const dmn::TestFailure& failure : totals.failures) {
    std::printf("%s\n", failure.ToString().c_str());
  }
  std::printf("%zu passed, %zu failed\n", totals.passed, totals.failed);
  return totals.failed == 0 ? kDone : kProblems;
}

}  // namespace

void RegisterDmn(CLI::App& app, int* exit_code) {
  CLI::App* verb = app.add_subcommand("dmn", "Decision models: check one, evaluate one, run tests");
  verb->require_subcommand(1);

  auto checked = std::make_shared<std::string>();
  CLI::App* check = verb->add_subcommand(
      "check", "Syntax, types, rules that never fire, forbidden overlaps, gaps, unused inputs");
  check->add_option("FILE", *checked, "The model; - reads standard input")->required();
  check->callback([checked, exit_code] { *exit_code = RunCheck(*checked); });

  auto options = std::make_shared<EvalOptions>();
  CLI::App* eval = verb->add_subcommand("eval", "Evaluate one decision or decision service");
  eval->add_option("FILE", options->file, "The model; - reads standard input")->required();
  eval->add_option("--decision", options->decision, "Name of the decision")->required();
  eval->add_option("--input", options->input,
                   "JSON object with the inputs; - reads standard input");
  eval->add_option("--now", options->now,
                   "What now() and today() say, for example 2026-11-20T09:00:00Z");
  eval->add_flag("--explain", options->explain,
                 "With the decisions walked and the rules that matched");
  eval->callback([options, exit_code] { *exit_code = RunEval(*options); });

  auto folder = std::make_shared<std::string>();
  CLI::App* tck = verb->add_subcommand("tck", "Run the test files of the DMN TCK below a folder");
  tck->add_option("DIR", *folder, "The folder")->required();
  tck->callback([folder, exit_code] { *exit_code = RunTck(*folder); });
}

}  // namespace vroegsein
