// `vroegsein key`: a new key and the hash that goes into the configuration file.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/access/key.h"
#include "alerts/cli/command_line.h"

namespace vroegsein {

void RegisterKey(CLI::App& app, const Machine& machine, int* exit_code) {
  CLI::App* verb = app.add_subcommand(
      "key", "A new key for a partner or user, and its hash for the configuration file");
  verb->callback([&machine, exit_code] {
    std::string key = MakeKey(machine.chance(kKeyChanceBytes));
    std::printf("sleutel: %s\nhash:    %s\n", key.c_str(), HashKey(key).c_str());
    *exit_code = 0;
  });
}

}  // namespace vroegsein
