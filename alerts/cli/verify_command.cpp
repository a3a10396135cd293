// `vroegsein verify`: the promises that can be checked on a data folder.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "alerts/access/access_log.h"
#include "alerts/cli/command_line.h"
#include "alerts/verify/verify.h"

namespace vroegsein {
namespace {

void Print(const Verification& found) {
  std::printf("huishoudens %llu, signalen %llu, zaken %llu, open taken %llu\n",
              static_cast<unsigned long long>(found.households),
              static_cast<unsigned long long>(found.signals),
              static_cast<unsigned long long>(found.cases),
              static_cast<unsigned long long>(found.open_tasks));
  std::printf("toegepast tot en met %llu\n", static_cast<unsigned long long>(found.applied_offset));
  if (found.replayed) {
    std::printf("herhaling van het logboek: %s\n", found.replay_hash.c_str());
  } else {
    std::printf(
        "herhaling van het logboek: niet mogelijk, het begin is verwijderd of er is niets\n");
  }
  for (const std::string& finding : found.findings) std::printf("FOUT %s\n", finding.c_str());
  std::printf("toestand %s\n", found.state_hash.c_str());
}

// The access log of the workplace, where there is one; its findings join the others.
Status CheckAccessLog(const std::string& data, Verification* found) {
  std::string folder = data + "/werkplek";
  std::error_code failed;
  if (!std::filesystem::is_directory(folder, failed)) return Status::Ok();
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(folder, open);
  if (!database.ok()) return database.status();
  auto checked = VerifyAccessLog(**database);
  if (!checked.ok()) return checked.status();
  std::printf("toegangslog %llu regels, laatste %s\n",
              static_cast<unsigned long long>(checked->records), checked->head.c_str());
  for (std::string& problem : checked->problems) found->findings.push_back(std::move(problem));
  return Status::Ok();
}

int VerifyFolder(const std::string& data) {
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(data, open);
  if (!database.ok()) return Fail(database.status());
  bool terminal = isatty(STDERR_FILENO) == 1;
  auto found = Verify(**database, data + "/herhaling", [terminal](uint64_t done) {
    if (terminal) std::fprintf(stderr, "\rreplayed %llu", static_cast<unsigned long long>(done));
  });
  if (terminal) std::fputc('\n', stderr);
  if (!found.ok()) return Fail(found.status());
  Status accessed = CheckAccessLog(data, &*found);
  if (!accessed.ok()) return Fail(accessed);
  Print(*found);
  return found->findings.empty() ? 0 : 1;
}

}  // namespace

void RegisterVerify(CLI::App& app, int* exit_code) {
  auto data = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand(
      "verify", "Check what can be checked on a data folder; prints the state hash last");
  verb->add_option("--data", *data, "The data folder")->required();
  verb->footer(
      "Checks every index against every record, both ways, and replays the log into a folder "
      "of its own (removed afterwards). Exit 1 when something does not hold.");
  verb->callback([data, exit_code] { *exit_code = VerifyFolder(*data); });
}

}  // namespace vroegsein
