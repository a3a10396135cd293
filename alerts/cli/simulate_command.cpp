#include "alerts/cli/simulate_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>

#include "ingest/simulator/simulator.h"

namespace vroegsein {
namespace {

using simulator::RatePpm;
using simulator::SimulationOptions;

struct RateFlag {
  const char* name;
  RatePpm SimulationOptions::*rate;
  const char* meaning;
};
constexpr RateFlag kRateFlags[] = {
    {"--errors", &SimulationOptions::errors, "a field about the client misspelt"},
    {"--address-errors", &SimulationOptions::address_errors,
     "a letter of the postcode, the number or the suffix wrong"},
    {"--first-names", &SimulationOptions::first_names,
     "a first name where initials belong, per person and creditor"},
    {"--partner-names", &SimulationOptions::partner_names,
     "another of a married person's names, per person and creditor"},
    {"--transliterations", &SimulationOptions::transliterations,
     "another transliteration of the surname, per person and creditor"},
    {"--trade-names", &SimulationOptions::trade_names,
     "a contract on the name of a business, per person and creditor"},
    {"--unknown-births", &SimulationOptions::unknown_births,
     "people of whose birth only the year is known: 1 January, 1 July"},
    {"--shared-contacts", &SimulationOptions::shared_contacts,
     "households that share a phone number and an e-mail address"},
    {"--namesakes", &SimulationOptions::namesakes, "children with a parent's surname and initials"},
    {"--moves", &SimulationOptions::moves, "households that move, a month"},
    {"--splits", &SimulationOptions::splits, "couples that split, a month"},
    {"--joins", &SimulationOptions::joins, "pairs of singles that move in together, a month"},
    {"--leavings", &SimulationOptions::leavings, "children that leave home, a month"},
    {"--crowded", &SimulationOptions::crowded,
     "blocks of sixteen households of which five or more share one address: student house, care "
     "home, shelter, flat without suffix"},
    {"--duplicates", &SimulationOptions::duplicates, "rows that are handed in twice"},
    {"--broken", &SimulationOptions::broken, "rows that must be refused"},
};

// What the command line says, before it is checked.
struct Flags {
  SimulationOptions options;
  std::string out;
  std::string until;
  double arrears_per_year = 1.06;
  std::array<double, std::size(kRateFlags)> percents{};
};

RatePpm FromPercent(double percent) {
  return static_cast<RatePpm>(std::lround(percent * simulator::kPercent));
}

void AddRates(CLI::App& verb, Flags& flags) {
  for (size_t i = 0; i < flags.percents.size(); ++i) {
    const RateFlag& flag = kRateFlags[i];
    flags.percents[i] = static_cast<double>(flags.options.*flag.rate) / simulator::kPercent;
    verb.add_option(flag.name, flags.percents[i], flag.meaning)
        ->check(CLI::Range(0.0, 100.0))
        ->type_name("PERCENT")
        ->capture_default_str();
  }
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
  AddRates(verb, flags);
}

Status Settle(Flags& flags) {
  std::optional<Date> until = ParseDate(flags.until);
  if (!until) return Status::Invalid("--until: not a day like 2025-12-31");
  SimulationOptions& options = flags.options;
  options.until = *until;
  options.out = flags.out;
  options.arrears_per_year_milli = static_cast<int>(std::lround(flags.arrears_per_year * 1000));
  for (size_t i = 0; i < flags.percents.size(); ++i) {
    options.*kRateFlags[i].rate = FromPercent(flags.percents[i]);
  }
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
