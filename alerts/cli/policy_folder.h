// What the verbs of `vroegsein policy` share: a data folder opened as it is, the municipality that
// is meant, the version that is meant, and how a refusal is said.
//
// No configuration file is read: what it says was brought into the log at the last start.
// Errors: those of DataFolder; kInvalid and kNotFound for what the caller asked.
#pragma once

#include <memory>
#include <string>

#include "alerts/desk/data_folder.h"

namespace CLI {
class App;
}

namespace vroegsein {

// A model with the test file that goes with it.
struct PolicyFiles {
  std::string model;
  std::string tests;  // empty: there is none
};

// `tests`: another path than beside the model, or empty. kNotFound when a file that was named
// cannot be read.
Result<PolicyFiles> ReadPolicyFiles(const std::string& model, const std::string& tests);

// kNotFound when there is no folder. `now` is not used before an event is done.
Result<std::unique_ptr<DataFolder>> OpenAsItIs(const std::string& data, Instant now);

// The one with this code; with an empty code the only one there is.
Result<MunicipalityRecord> ChooseMunicipality(const Database& database, const std::string& code);

// The hash of the one stored policy that starts like this; at least four characters.
Result<std::string> FindHash(const Database& database, const std::string& prefix);

// `now` for the clock, or what stands in for it.
Result<Instant> MomentOf(const std::string& text, Instant now);

// `vroegsein policy backtest` and `policy shadow differences`.
void RegisterBacktest(CLI::App* policy, int* exit_code);
void RegisterShadowDifferences(CLI::App* shadow, int* exit_code);

// Exit code 0, or says the refusal with its code and gives 1.
int Said(const Result<Outcome>& outcome);

}  // namespace vroegsein
