// `vroegsein digest`: the daily digest by hand; with a server it goes by itself.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "alerts/mail/mail_round.h"

namespace vroegsein {
namespace {

constexpr char kFooter[] =
    "Counts and a link, to whoever has a mail address (vroegsein users) and news, once a day "
    "each.\n"
    "A server with mail in its configuration sends it by itself: then this is not needed, and the\n"
    "folder is in use. Exit: 0 done, 1 the mail server does not answer, 2 wrong use.";

struct DigestOptions {
  std::string data;
  std::string config;
  std::string now;
  bool dry_run = false;
};

Status PrintDigest(const Database& database, AccountBook* accounts, const MailSettings& settings,
                   Instant now) {
  auto letters = WriteDigest(database, *accounts->Read(), settings, now);
  if (!letters.ok()) return letters.status();
  for (const DigestLetter& letter : *letters) std::printf("%s\n", letter.message.c_str());
  return Status::Ok();
}

Status SendDigest(const DigestOptions& options, const Database& database, AccountBook* accounts,
                  const MailSettings& settings, Instant now) {
  auto workplace = Workplace::Open(options.data);
  if (!workplace.ok()) return workplace.status();
  int sent = 0, failed = 0;
  MailRound::Parts parts;
  parts.database = &database;
  parts.workplace = workplace->get();
  parts.accounts = accounts;
  parts.send = [&](const DigestLetter& letter) { return SendLetter(settings, letter); };
  parts.sent = [&] { ++sent; };
  parts.failed = [&](std::string_view) { ++failed; };
  Status ran = MailRound(settings, parts).Run(now);
  std::printf("verstuurd: %d, mislukt: %d\n", sent, failed);
  return ran;
}

Status Digest(const DigestOptions& options, Instant now) {
  auto installation = ReadInstallation(options.config);
  if (!installation.ok()) return installation.status();
  const MailSettings& settings = installation->mail;
  if (settings.server.host.empty()) return Status::Invalid("there is no mail in the configuration");
  if (!options.now.empty()) {
    auto moment = ParseInstant(options.now);
    if (!moment) return Status::Invalid("--now: give a moment as 2026-11-20T09:30:00Z");
    now = *moment;
  }
  DatabaseOptions open;
  open.must_exist = true;
  auto database = Database::Open(options.data, open);
  if (!database.ok()) return database.status();
  AccountBook accounts(options.data);
  if (options.dry_run) return PrintDigest(**database, &accounts, settings, now);
  Status sent = SendDigest(options, **database, &accounts, settings, now);
  // Not the folder's fault: another exit code than one that is in use.
  bool away = sent.code() == StatusCode::kUnavailable;
  return away ? Status::Exhausted("mail: " + sent.message()) : sent;
}

}  // namespace

void RegisterDigest(CLI::App& app, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<DigestOptions>();
  CLI::App* verb = app.add_subcommand("digest", "The daily digest by mail: counts and a link");
  verb->add_option("--data", options->data, "The data folder")->required();
  verb->add_option("--config", options->config, "The configuration file, with mail in it")
      ->required();
  verb->add_option("--now", options->now, "Stands in for the clock (RFC 3339)");
  verb->add_flag("--dry-run", options->dry_run, "Print the letters and send nothing");
  verb->footer(kFooter);
  verb->callback([options, &machine, exit_code] {
    Status done = Digest(*options, machine.now());
    *exit_code = done.ok() ? 0 : Fail(done);
  });
}

}  // namespace vroegsein
