// `vroegsein verify`: the promises that can be checked on a data folder.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <set>

#include "alerts/access/access_log.h"
#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "alerts/verify/verify.h"
#include "store/kafka/kafka_cluster.h"
#include "store/kafka/kafka_log.h"

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

Result<Verification> VerifyFolder(const std::string& data, const OpenReplay& open_replay) {
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(data, open);
  if (!database.ok()) return database.status();
  bool terminal = isatty(STDERR_FILENO) == 1;
  auto progress = [terminal](uint64_t done) {
    if (terminal) std::fprintf(stderr, "\rreplayed %llu", static_cast<unsigned long long>(done));
  };
  auto found = Verify(**database, data + "/herhaling", progress, open_replay);
  if (terminal) std::fputc('\n', stderr);
  return found;
}

int VerifyOne(const std::string& data) {
  auto found = VerifyFolder(data, nullptr);
  if (!found.ok()) return Fail(found.status());
  Status accessed = CheckAccessLog(data, &*found);
  if (!accessed.ok()) return Fail(accessed);
  Print(*found);
  return found->findings.empty() ? 0 : 1;
}

// The folders of the partitions; their log is read from the brokers where those are named.
class PartitionsVerifier {
 public:
  PartitionsVerifier(std::string data, std::string instance)
      : data_(std::move(data)), instance_(std::move(instance)) {}

  Status Connect(const KafkaSettings& settings) {
    if (!settings.used()) return Status::Ok();
    KafkaCluster::Options options;
    options.settings = settings;
    options.instance = instance_;
    auto cluster = KafkaCluster::Open(options);
    if (cluster.ok()) cluster_ = std::move(*cluster);
    return cluster.status();
  }

  int VerifyAll() {
    Verification workplace;
    Status accessed = CheckAccessLog(data_, &workplace);
    if (!accessed.ok()) return Fail(accessed);
    int exit_code = workplace.findings.empty() ? 0 : 1;
    for (const std::string& what : workplace.findings) std::printf("FOUT %s\n", what.c_str());
    for (uint32_t partition : Partitions()) {
      std::string folder = fmt::format("{}/partities/{:03}", data_, partition);
      auto found = VerifyFolder(folder, Replayer(partition));
      if (!found.ok()) return Fail(found.status().Within(folder));
      std::printf("partitie %u\n", partition);
      Print(*found);
      if (!found->findings.empty()) exit_code = 1;
    }
    return exit_code;
  }

 private:
  // A node has all of them or some.
  std::set<uint32_t> Partitions() const {
    std::set<uint32_t> partitions;
    for (const auto& entry : std::filesystem::directory_iterator(data_ + "/partities")) {
      std::string name = entry.path().filename();
      uint32_t number = 0;
      auto [stop, error] = std::from_chars(name.data(), name.data() + name.size(), number);
      if (error == std::errc() && stop == name.data() + name.size()) partitions.insert(number);
    }
    return partitions;
  }

  OpenReplay Replayer(uint32_t partition) {
    if (cluster_ == nullptr) return nullptr;
    return [this, partition](const Database* target,
                             uint64_t applied) -> Result<std::unique_ptr<Log>> {
      KafkaLog::Options options;
      options.end = static_cast<int64_t>(applied);
      auto log = KafkaLog::Open(cluster_.get(), partition, target, options);
      if (!log.ok()) return log.status();
      return std::unique_ptr<Log>(std::move(*log));
    };
  }

  const std::string data_;
  const std::string instance_;
  std::unique_ptr<KafkaCluster> cluster_;
};

struct VerifyOptions {
  std::string data;
  std::string config;
  std::string kafka;
};

int VerifyData(const VerifyOptions& options, const Machine& machine) {
  if (!std::filesystem::is_directory(options.data + "/partities")) return VerifyOne(options.data);
  auto installation = ReadInstallation(options.config);
  if (!installation.ok()) return Fail(installation.status());
  if (!options.kafka.empty()) installation->kafka.brokers = options.kafka;
  PartitionsVerifier verifier(options.data, machine.chance(8));
  Status connected = verifier.Connect(installation->kafka);
  return connected.ok() ? verifier.VerifyAll() : Fail(connected);
}

}  // namespace

void RegisterVerify(CLI::App& app, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* verb = app.add_subcommand(
      "verify", "Check what can be checked on a data folder; prints the state hash last");
  verb->add_option("--data", options->data, "The data folder")->required();
  verb->add_option("--config", options->config,
                   "The configuration file, for a log on Kafka: how to come in there");
  verb->add_option("--kafka", options->kafka,
                   "Brokers: host:port,...; the log is replayed from there");
  verb->footer(
      "Checks every index against every record, both ways, and replays the log into a folder "
      "of its own (removed afterwards). Exit 1 when something does not hold.");
  verb->callback([options, &machine, exit_code] { *exit_code = VerifyData(*options, machine); });
}

}  // namespace vroegsein
