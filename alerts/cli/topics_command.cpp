// `vroegsein topics`: the topics of the log, made where they are missing.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "store/kafka/topics.h"

namespace vroegsein {
namespace {

constexpr uint32_t kPartitionsMax = 340;
constexpr uint32_t kReplicasMax = 15;

struct TopicsOptions {
  std::string kafka;
  std::string config;
  uint32_t partitions = 12;
  uint32_t replicas = 3;
};

int Topics(const TopicsOptions& options) {
  auto installation = ReadInstallation(options.config);
  if (!installation.ok()) return Fail(installation.status());
  KafkaSettings& settings = installation->kafka;
  if (!options.kafka.empty()) settings.brokers = options.kafka;
  if (!settings.used()) return Fail(Status::Invalid("name the brokers: --kafka or --config"));
  NewTopic topic;
  topic.name = settings.LogTopic();
  topic.partitions = options.partitions;
  topic.replicas = options.replicas;
  topic.retention_days = installation->log_retention_days;
  auto found = FindTopic(settings, topic.name);
  bool missing = found.status().code() == StatusCode::kNotFound;
  if (!found.ok() && !missing) return Fail(found.status());
  if (missing) {
    Status made = MakeTopic(settings, topic);
    if (!made.ok()) return Fail(made);
    std::printf("%s gemaakt: %u partities, %u replica's\n", topic.name.c_str(), topic.partitions,
                topic.replicas);
    return 0;
  }
  std::printf("%s is er al: %u partities, %u replica's\n", topic.name.c_str(), found->partitions,
              found->replicas);
  return 0;
}

}  // namespace

void RegisterTopics(CLI::App& app, int* exit_code) {
  auto options = std::make_shared<TopicsOptions>();
  CLI::App* verb =
      app.add_subcommand("topics", "Make the topics of the log on Kafka where they are missing");
  verb->add_option("--kafka", options->kafka, "Brokers: host:port,...");
  verb->add_option("--config", options->config, "The configuration file; default: the demo's");
  verb->add_option("--partitions", options->partitions,
                   "Of a new topic (default 12); can never be changed: municipalities would move")
      ->check(CLI::Range(1u, kPartitionsMax));
  verb->add_option("--replicas", options->replicas, "Of a new topic (default 3)")
      ->check(CLI::Range(1u, kReplicasMax));
  verb->footer("Exit: 0 they are there, 1 the brokers refuse, 2 wrong use or no broker answers.");
  verb->callback([options, exit_code] { *exit_code = Topics(*options); });
}

}  // namespace vroegsein
