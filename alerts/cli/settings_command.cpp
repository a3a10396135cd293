// `vroegsein settings`: every setting of the configuration file; the source of deploy/README.md's
// table.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/policy/examination.h"
#include "alerts/settings/installation.h"

namespace vroegsein {
namespace {

// As at a start: each policy with the tests beside it.
Status ExaminePolicies(const Installation& installation) {
  for (const MunicipalityConfig& config : installation.municipalities) {
    Status examined = Examine(config.policy, config.policy_tests).ToStatus();
    VROEGSEIN_RETURN_IF_ERROR(examined.Within("beleid of " + config.settings.code()));
  }
  return Status::Ok();
}

}  // namespace

void RegisterSettings(CLI::App& app, int* exit_code) {
  auto check = std::make_shared<std::string>();
  CLI::App* verb =
      app.add_subcommand("settings", "Every setting of the configuration file, or a check of one");
  verb->add_option("--check", *check, "Read this configuration file and say what is wrong with it");
  verb->callback([check, exit_code] {
    if (check->empty()) {
      std::fputs(SettingsTable().c_str(), stdout);
      return;
    }
    auto installation = LoadInstallation(*check);
    if (!installation.ok()) {
      *exit_code = 1;
      std::fprintf(stderr, "%s\n", installation.status().message().c_str());
      return;
    }
    Status policies = ExaminePolicies(*installation);
    if (!policies.ok()) {
      *exit_code = 1;
      std::fprintf(stderr, "%s\n", policies.message().c_str());
      return;
    }
    std::printf("%s: in orde\n", check->c_str());
  });
}

}  // namespace vroegsein
