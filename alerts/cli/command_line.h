// The command line: every verb, one binary. Exit: 0 done, 1 found problems, 2 wrong use.
//
// What a verb needs of the machine comes in here, from main.cpp: the clock and chance.
#pragma once

#include <functional>
#include <string>

#include "ingest/calendar.h"
#include "ingest/status.h"

namespace CLI {
class App;
}

namespace vroegsein {

struct Machine {
  std::function<Instant()> now;
  // `bytes` unpredictable bytes.
  std::function<std::string(size_t bytes)> chance;
};

int RunCommandLine(int argc, char** argv, const Machine& machine);

// What every verb says of a failure, on stderr: `vroegsein: ...`, and the exit code that goes with
// it: 2 when the folder is in use, absent or the configuration is wrong, else 1.
int Fail(const Status& status);

// Each adds one verb to `app`; the verb sets `*exit_code`.
void RegisterImport(CLI::App& app, const Machine& machine, int* exit_code);
void RegisterCases(CLI::App& app, int* exit_code);
void RegisterVerify(CLI::App& app, const Machine& machine, int* exit_code);
void RegisterSettings(CLI::App& app, int* exit_code);
void RegisterDemo(CLI::App& app, const Machine& machine, int* exit_code);
void RegisterKey(CLI::App& app, const Machine& machine, int* exit_code);
void RegisterPolicy(CLI::App& app, const Machine& machine, int* exit_code);
void RegisterDigest(CLI::App& app, const Machine& machine, int* exit_code);
void RegisterUsers(CLI::App& app, const Machine& machine, int* exit_code);
void RegisterTopics(CLI::App& app, int* exit_code);
void RegisterDeadLetters(CLI::App& app, int* exit_code);
void RegisterServe(CLI::App& app, const Machine& machine, int* exit_code);

}  // namespace vroegsein
