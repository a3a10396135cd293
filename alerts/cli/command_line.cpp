#include "alerts/cli/command_line.h"

#include <sodium.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/dmn_command.h"
#include "alerts/cli/households_command.h"
#include "alerts/cli/report_command.h"
#include "alerts/cli/simulate_command.h"

namespace vroegsein {

int Fail(const Status& status) {
  std::fprintf(stderr, "vroegsein: %s\n", status.message().c_str());
  bool wrong_use = status.code() == StatusCode::kUnavailable ||
                   status.code() == StatusCode::kNotFound || status.code() == StatusCode::kInvalid;
  return wrong_use ? 2 : 1;
}

int RunCommandLine(int argc, char** argv, const Machine& machine) {
  VROEGSEIN_CHECK(sodium_init() >= 0);
  CLI::App app("Vroegsein: from arrears notice (vroegsignaal) to outreach task");
  app.require_subcommand(1);
  app.set_version_flag("--version", VROEGSEIN_VERSION);
  app.footer("Exit: 0 done, 1 found problems, 2 wrong use. Operations: deploy/README.md");
  int exit_code = 0;
  RegisterServe(app, machine, &exit_code);
  RegisterImport(app, machine, &exit_code);
  RegisterCases(app, &exit_code);
  RegisterReport(app, machine.now(), &exit_code);
  RegisterVerify(app, machine, &exit_code);
  RegisterSimulate(app, DayInAmsterdam(machine.now()), &exit_code);
  RegisterHouseholds(app, &exit_code);
  RegisterDemo(app, machine, &exit_code);
  RegisterDmn(app, &exit_code);
  RegisterPolicy(app, machine, &exit_code);
  RegisterSettings(app, &exit_code);
  RegisterKey(app, machine, &exit_code);
  RegisterUsers(app, machine, &exit_code);
  RegisterDigest(app, machine, &exit_code);
  RegisterTopics(app, &exit_code);
  RegisterDeadLetters(app, &exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return exit_code;
}

}  // namespace vroegsein
