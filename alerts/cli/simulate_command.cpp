#include "alerts/cli/simulate_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

#include "ingest/simulator/simulator.h"

namespace vroegsein {
namespace {

using simulator::RatePpm;
using simulator::SimulationOptions;

// What the command line says, before it is checked.
struct Flags {
  SimulationOptions options;
  std::string out;
  std::string until;
  double arrears_per_year = 1.06;
  double errors = 3, moves = 0.5, splits = 0.1, joins = 0.1, crowded = 0.5, duplicates = 0.5,
         broken = 0;
};

RatePpm FromPercent(double percent) {
  return static_cast<RatePpm>(std::lround(percent * simulator::kPercent));
}

void AddRate(CLI::App& verb, const std::string& name, double& value, const std::string& meaning) {
  verb.add_option(name, value, meaning)
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PERCENT")
      ->capture_default_str();
}

void AddFlags(CLI::App& verb, Flags& flags) {
  SimulationOptions& options = flags.options;
  verb.add_option("--households", options.households,
                  "households that fall into arrears now and then")
      ->check(CLI::Range(uint64_t{1}, simulator::kHouseholdsMax))
      ->type_name("N")
      ->capture_default_str();
  verb.add_option("--months", options.months, "months of deliveries")
      ->check(CLI::Range(1, simulator::kMonthsMax))
      ->type_name("M")
      ->capture_default_str();
  verb.add_option("--seed", options.seed, "the same seed and options give the same bytes")
      ->type_name("S")
      ->capture_default_str();
  verb.add_option("--out", flags.out, "folder to fill; deliveries of an earlier run are replaced")
      ->type_name("DIR")
      ->required();
  verb.add_option("--until", flags.until,
                  "no date after this day; the last month is its month from the 20th on, else the "
                  "one before")
      ->type_name("YYYY-MM-DD")
      ->capture_default_str();
  verb.add_option("--arrears-per-year", flags.arrears_per_year,
                  "months with arrears per household and year; more gives more consecutive cases")
      ->check(CLI::Range(0.001, 12.0))
      ->type_name("X")
      ->capture_default_str();
  AddRate(verb, "--errors", flags.errors, "chance that a field about the client is misspelt");
  AddRate(verb, "--moves", flags.moves, "households that move, a month");
  AddRate(verb, "--splits", flags.splits, "couples that split, a month");
  AddRate(verb, "--joins", flags.joins, "pairs of singles that move in together, a month");
  AddRate(verb, "--crowded", flags.crowded, "blocks of sixteen households at one address");
  AddRate(verb, "--duplicates", flags.duplicates, "rows that are handed in twice");
  AddRate(verb, "--broken", flags.broken, "rows that must be refused");
}

Status Settle(Flags& flags) {
  std::optional<Date> until = ParseDate(flags.until);
  if (!until) return Status::Invalid("--until: not a day like 2025-12-31");
  SimulationOptions& options = flags.options;
  options.until = *until;
  options.out = flags.out;
  options.arrears_per_year_milli = static_cast<int>(std::lround(flags.arrears_per_year * 1000));
  options.errors = FromPercent(flags.errors);
  options.moves = FromPercent(flags.moves);
  options.splits = FromPercent(flags.splits);
  options.joins = FromPercent(flags.joins);
  options.crowded = FromPercent(flags.crowded);
  options.duplicates = FromPercent(flags.duplicates);
  options.broken = FromPercent(flags.broken);
  return Status::Ok();
}

void Print(const simulator::SimulationSummary& summary, const std::string& out) {
  std::printf("%llu rows and %llu aflopen in %llu files in %s (all people are invented)\n",
              static_cast<unsigned long long>(summary.rows),
              static_cast<unsigned long long>(summary.sequels),
              static_cast<unsigned long long>(summary.files), out.c_str());
  for (size_t i = 0; i < simulator::kPartnerCount; ++i) {
    std::printf("  %-14s %llu\n", std::string(simulator::kPartners[i].name).c_str(),
                static_cast<unsigned long long>(summary.rows_per_partner[i]));
  }
}

int Run(Flags& flags) {
  Status settled = Settle(flags);
  Result<simulator::SimulationSummary> summary =
      settled.ok() ? simulator::Simulate(flags.options) : settled;
  if (!summary.ok()) {
    std::fprintf(stderr, "vroegsein simulate: %s\n", summary.status().message().c_str());
    return summary.status().code() == StatusCode::kInvalid ? 2 : 1;
  }
  Print(*summary, flags.out);
  return 0;
}

}  // namespace

void RegisterSimulate(CLI::App& app, Date today, int* exit_code) {
  CLI::App* verb = app.add_subcommand(
      "simulate", "Write monthly deliveries of five partners about invented people, and the truth");
  auto flags = std::make_shared<Flags>();
  flags->until = FormatDate(std::min(kSimulationEnd, today));
  AddFlags(*verb, *flags);
  verb->callback([flags, exit_code] { *exit_code = Run(*flags); });
}

}  // namespace vroegsein
