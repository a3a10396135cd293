// `vroegsein deadletters`: what partners put on their topics and was refused: seen, and handed in
// again.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <set>

#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "alerts/topics/dead_letters.h"

namespace vroegsein {
namespace {

struct DeadLetterOptions {
  std::string kafka;
  std::string config;
  std::string partner;
  std::vector<std::string> ids;
  bool message = false;
  bool all = false;
};

Result<KafkaSettings> SettingsOf(const DeadLetterOptions& options) {
  auto installation = ReadInstallation(options.config);
  if (!installation.ok()) return installation.status();
  KafkaSettings settings = installation->kafka;
  if (!options.kafka.empty()) settings.brokers = options.kafka;
  if (!settings.used()) return Status::Invalid("name the brokers: --kafka or --config");
  return settings;
}

bool IsOf(const DeadLetterOptions& options, const DeadLetter& letter) {
  return options.partner.empty() || options.partner == letter.partner;
}

int List(const DeadLetterOptions& options) {
  auto settings = SettingsOf(options);
  if (!settings.ok()) return Fail(settings.status());
  DeadLetters letters(*settings, nullptr);
  auto read = letters.Read([&](const DeadLetter& letter) {
    if (IsOf(options, letter)) std::printf("%s\n", JsonOf(letter, options.message).c_str());
    return true;
  });
  if (!read.ok()) return Fail(read.status());
  if (*read > 0) {
    std::fprintf(stderr, "%zu records on the topic are not ours and were passed over\n", *read);
  }
  return 0;
}

int Replay(const DeadLetterOptions& options) {
  auto settings = SettingsOf(options);
  if (!settings.ok()) return Fail(settings.status());
  if (options.all == !options.ids.empty()) {
    return Fail(Status::Invalid("name them with --id, or all of them with --all"));
  }
  auto producer = KafkaProducer::Open(*settings, nullptr);
  if (!producer.ok()) return Fail(producer.status());
  std::set<std::string> ids(options.ids.begin(), options.ids.end());
  auto done = DeadLetters(*settings, producer->get()).HandInAgain([&](const DeadLetter& letter) {
    return IsOf(options, letter) && (options.all || ids.contains(letter.Id()));
  });
  if (!done.ok()) return Fail(done.status());
  std::printf("%zu opnieuw aangeleverd\n", done->records);
  if (done->too_long > 0) {
    std::fprintf(stderr,
                 "%zu are longer than a signal may be: they are not kept, and cannot become right; "
                 "ask the partner\n",
                 done->too_long);
  }
  return done->records > 0 ? 0 : 1;
}

void AddCommon(CLI::App* verb, const std::shared_ptr<DeadLetterOptions>& options) {
  verb->add_option("--kafka", options->kafka, "Brokers: host:port,...");
  verb->add_option("--config", options->config, "The configuration file; default: the demo's");
  verb->add_option("--partner", options->partner, "Of this partner only");
}

}  // namespace

void RegisterDeadLetters(CLI::App& app, int* exit_code) {
  auto options = std::make_shared<DeadLetterOptions>();
  CLI::App* verb = app.add_subcommand("deadletters",
                                      "What partners put on their topics of Kafka and was refused");
  verb->require_subcommand(1);
  CLI::App* list = verb->add_subcommand("list", "Each with its reason and origin, as NDJSON");
  AddCommon(list, options);
  list->add_flag("--message", options->message, "With the record as it came (of a person), base64");
  list->callback([options, exit_code] { *exit_code = List(*options); });
  CLI::App* replay = verb->add_subcommand(
      "replay", "Put records on their partner's topic again; what is in already counts as double");
  AddCommon(replay, options);
  replay->add_option("--id", options->ids, "The id that list shows; may be given more than once");
  replay->add_flag("--all", options->all, "Every one");
  replay->footer("Exit: 0 done, 1 there was nothing to hand in, 2 wrong use or no broker answers.");
  replay->callback([options, exit_code] { *exit_code = Replay(*options); });
}

}  // namespace vroegsein
