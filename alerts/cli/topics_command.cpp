// `vroegsein topics`: the topics that we use, made where they are missing.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "store/kafka/kafka_producer.h"
#include "store/kafka/topics.h"

namespace vroegsein {
namespace {

constexpr uint32_t kPartitionsMax = 340;
constexpr uint32_t kReplicasMax = 15;
// Of what needs no order over more than one record.
constexpr uint32_t kOtherPartitions = 3;

struct TopicsOptions {
  std::string kafka;
  std::string config;
  uint32_t partitions = 12;
  uint32_t replicas = 3;
};

std::vector<NewTopic> WantedTopics(const Installation& installation, const TopicsOptions& options) {
  const KafkaSettings& settings = installation.kafka;
  int days = installation.log_retention_days;
  std::vector<NewTopic> topics = {
      {settings.LogTopic(), options.partitions, options.replicas, days,
       KafkaProducer::kRecordBytesMax},
      {settings.RefusedTopic(), 1, options.replicas, days, 0},
      {settings.FeedbackTopic(), kOtherPartitions, options.replicas, days, 0},
      {settings.TaskTopic(), kOtherPartitions, options.replicas, days, 0}};
  for (const Identity& identity : installation.identities) {
    if (identity.role != Role::kPartner) continue;
    topics.push_back(
        {settings.PartnerTopic(identity.name), kOtherPartitions, options.replicas, days, 0});
  }
  return topics;
}

// Makes it, or says that it is there.
Status Ensure(const KafkaSettings& settings, const NewTopic& topic) {
  auto found = FindTopic(settings, topic.name);
  if (found.ok()) {
    std::printf("%s is er al: %u partities, %u replica's; de instellingen blijven zoals ze zijn\n",
                topic.name.c_str(), found->partitions, found->replicas);
    return Status::Ok();
  }
  if (found.status().code() != StatusCode::kNotFound) return found.status();
  VROEGSEIN_RETURN_IF_ERROR(MakeTopic(settings, topic));
  std::printf("%s gemaakt: %u partities, %u replica's\n", topic.name.c_str(), topic.partitions,
              topic.replicas);
  return Status::Ok();
}

int Topics(const TopicsOptions& options) {
  auto installation = ReadInstallation(options.config);
  if (!installation.ok()) return Fail(installation.status());
  KafkaSettings& settings = installation->kafka;
  if (!options.kafka.empty()) settings.brokers = options.kafka;
  if (!settings.used()) return Fail(Status::Invalid("name the brokers: --kafka or --config"));
  for (const NewTopic& topic : WantedTopics(*installation, options)) {
    Status there = Ensure(settings, topic);
    if (!there.ok()) return Fail(there);
  }
  return 0;
}

}  // namespace

void RegisterTopics(CLI::App& app, int* exit_code) {
  auto options = std::make_shared<TopicsOptions>();
  CLI::App* verb = app.add_subcommand(
      "topics",
      "Make the topics of Kafka where they are missing: log, partners, refused, feedback, tasks");
  verb->add_option("--kafka", options->kafka, "Brokers: host:port,...");
  verb->add_option("--config", options->config, "The configuration file; default: the demo's");
  verb->add_option("--partitions", options->partitions,
                   "Of a new log (default 12); can never be changed: municipalities would move")
      ->check(CLI::Range(1u, kPartitionsMax));
  verb->add_option("--replicas", options->replicas,
                   "Of new topics (default 3); with 2 nothing comes in while one broker is away")
      ->check(CLI::Range(1u, kReplicasMax));
  verb->footer("Exit: 0 they are there, 1 the brokers refuse, 2 wrong use or no broker answers.");
  verb->callback([options, exit_code] { *exit_code = Topics(*options); });
}

}  // namespace vroegsein
