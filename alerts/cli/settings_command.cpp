// `vroegsein settings`: every setting of the configuration file; the source of deploy/README.md's
// table.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/settings/installation.h"

namespace vroegsein {

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
    std::printf("%s: in orde\n", check->c_str());
  });
}

}  // namespace vroegsein
