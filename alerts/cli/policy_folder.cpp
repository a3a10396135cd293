#include "alerts/cli/policy_folder.h"

#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/policy/examination.h"
#include "alerts/reading/households.h"
#include "rules/dmn/import_folder.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kHashCharsMin = 4;

}  // namespace

Result<PolicyFiles> ReadPolicyFiles(const std::string& model, const std::string& tests) {
  auto text = dmn::ReadWholeFile(model);
  if (!text) return Status::NotFound("cannot read '" + model + "'");
  auto beside = dmn::ReadWholeFile(tests.empty() ? TestFileBeside(model) : tests);
  if (!beside && !tests.empty()) return Status::NotFound("cannot read '" + tests + "'");
  return PolicyFiles{std::move(*text), beside.value_or("")};
}

Result<std::unique_ptr<DataFolder>> OpenAsItIs(const std::string& data, Instant now) {
  DataFolder::Options options;
  options.database.must_exist = true;
  return DataFolder::Open(data, Installation(), now, options);
}

Result<MunicipalityRecord> ChooseMunicipality(const Database& database, const std::string& code) {
  auto all = Municipalities(database);
  if (!all.ok()) return all.status();
  std::string known;
  for (const MunicipalityRecord& record : *all) {
    bool only = code.empty() && all->size() == 1;
    if (only || record.settings().code() == code) return record;
    known += " " + record.settings().code();
  }
  if (all->empty()) return Status::NotFound("the data folder has no municipality yet");
  return Status::NotFound("choose the municipality with --gemeente; known are:" + known);
}

Result<std::string> FindHash(const Database& database, const std::string& prefix) {
  bool plain = prefix.size() >= kHashCharsMin &&
               prefix.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!plain) return Status::Invalid("give at least the first four characters of a hash");
  std::vector<std::string> found;
  std::string begin = keys::Policy(prefix);
  Status scanned =
      database.Scan(begin, keys::After(begin), [&](std::string_view key, std::string_view) {
        found.emplace_back(key.substr(1));
        return found.size() < 2;
      });
  if (!scanned.ok()) return scanned;
  if (found.empty()) return Status::NotFound("the data folder has no policy " + prefix);
  if (found.size() > 1) return Status::Invalid("more than one policy starts with " + prefix);
  return found[0];
}

Result<Instant> MomentOf(const std::string& text, Instant now) {
  if (text.empty()) return now;
  auto moment = ParseInstant(text);
  if (!moment) return Status::Invalid("--now: give a moment as 2026-11-20T09:30:00Z");
  return *moment;
}

int Said(const Result<Outcome>& outcome) {
  if (!outcome.ok()) return Fail(outcome.status());
  if (outcome->status.ok()) return 0;
  std::fprintf(stderr, "vroegsein: %s: %s\n", outcome->code.c_str(),
               outcome->status.message().c_str());
  return 1;
}

}  // namespace vroegsein
