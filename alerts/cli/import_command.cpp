// `vroegsein import`: deliveries from files, receipts on stdout, progress on stderr.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"
#include "alerts/desk/data_folder.h"
#include "ingest/delivery_reader.h"
#include "ingest/signal_decoder.h"

namespace vroegsein {
namespace {

struct ImportOptions {
  std::string data;
  std::string partner;
  std::string config;
  std::string now;
  std::vector<std::string> files;
};

// How many rows wait for one write: their receipts are printed together, in order.
constexpr size_t kRowsPerWrite = 1'000;

// Bytes done of bytes to do, on a terminal only.
class Progress {
 public:
  explicit Progress(uint64_t total) : total_(total), shown_(isatty(STDERR_FILENO) == 1) {}
  ~Progress() {
    if (drawn_) std::fputc('\n', stderr);
  }
  void Show(uint64_t done, uint64_t rows) {
    if (!shown_) return;
    drawn_ = true;
    constexpr int kWidth = 40;
    int filled = total_ > 0 ? static_cast<int>(std::min(done, total_) * kWidth / total_) : 0;
    std::string bar(static_cast<size_t>(filled), '#');
    std::fprintf(stderr, "\r[%-*s] %llu signals", kWidth, bar.c_str(),
                 static_cast<unsigned long long>(rows));
  }

 private:
  uint64_t total_;
  bool shown_;
  bool drawn_ = false;
};

Result<std::unique_ptr<FileSource>> OpenSource(const std::string& file) {
  if (file == "-") return FileSource::StandardInput();
  return FileSource::Open(file);
}

class Importer {
 public:
  Importer(DataFolder* folder, DecodeOptions decode, Instant now)
      : folder_(folder), decode_(std::move(decode)), now_(now) {}

  // Every file is read in turn; a file that cannot be read is said and the others go on.
  Status Import(const std::string& file) {
    auto source = OpenSource(file);
    if (!source.ok()) return source.status();
    DeliveryReader reader;
    VROEGSEIN_RETURN_IF_ERROR(reader.Open(source->get(), decode_).Within(file));
    std::error_code none;
    uint64_t size = file == "-" ? 0 : std::filesystem::file_size(file, none);
    Progress progress(none ? 0 : size);
    while (true) {
      auto more = reader.Next(&decoded_);
      if (!more.ok()) return more.status().Within(file);
      if (!*more) break;
      VROEGSEIN_RETURN_IF_ERROR(Take());
      if (receipts_.size() < kRowsPerWrite) continue;
      VROEGSEIN_RETURN_IF_ERROR(Write());
      progress.Show(reader.bytes_read(), rows_);
    }
    VROEGSEIN_RETURN_IF_ERROR(Write());
    progress.Show(reader.bytes_read(), rows_);
    return Status::Ok();
  }

  uint64_t rejected() const { return rejected_; }

 private:
  Status Take() {
    size_t slot = receipts_.size();
    Receipt& receipt = receipts_.emplace_back();
    ++rows_;
    if (!decoded_.ok()) {
      ++rejected_;
      receipt.row = decoded_.row;
      receipt.id = decoded_.id;
      receipt.status = ReceiptStatus::kRejected;
      receipt.errors = decoded_.errors;
      return Status::Ok();
    }
    Event event;
    event.set_recorded_ms(MillisOf(now_));
    event.set_municipality(decoded_.signal.municipality());
    event.mutable_signal()->set_row(decoded_.row);
    event.mutable_signal()->mutable_signal()->Swap(&decoded_.signal);
    return folder_->log().Append(std::move(event), [this, slot](Outcome&& outcome) {
      VROEGSEIN_CHECK(outcome.receipt.has_value());
      receipts_[slot] = std::move(*outcome.receipt);
    });
  }

  // Makes what was taken durable, and only then says so.
  Status Write() {
    VROEGSEIN_RETURN_IF_ERROR(folder_->Drain());
    lines_.clear();
    for (const Receipt& receipt : receipts_) {
      AppendReceiptJson(receipt, &lines_);
      lines_ += '\n';
    }
    receipts_.clear();
    bool written = std::fwrite(lines_.data(), 1, lines_.size(), stdout) == lines_.size();
    if (!written || std::fflush(stdout) != 0) return Status::Unavailable("cannot write to stdout");
    return Status::Ok();
  }

  DataFolder* folder_;
  DecodeOptions decode_;
  Instant now_;
  DecodedSignal decoded_;
  std::vector<Receipt> receipts_;
  std::string lines_;
  uint64_t rows_ = 0;
  uint64_t rejected_ = 0;
};

Result<DecodeOptions> OptionsFor(const Installation& installation, const std::string& partner,
                                 Instant now) {
  const Identity* identity = installation.FindPartner(partner);
  if (identity == nullptr) {
    std::string known;
    for (const Identity& candidate : installation.identities) {
      if (candidate.role == Role::kPartner) known += " " + candidate.name;
    }
    return Status::Invalid("there is no partner " + partner + "; known are:" + known);
  }
  DecodeOptions decode;
  decode.partner = partner;
  decode.municipalities = identity->municipalities;
  decode.sectors = identity->sectors;
  decode.today = DayInAmsterdam(now);
  return decode;
}

int Import(const ImportOptions& options, const Machine& machine) {
  auto installation = ReadInstallation(options.config);
  if (!installation.ok()) return Fail(installation.status());
  auto now = options.now.empty() ? machine.now() : ParseInstant(options.now);
  if (!now) return Fail(Status::Invalid("--now is a moment as 2026-11-20T09:00:00Z"));
  auto decode = OptionsFor(*installation, options.partner, *now);
  if (!decode.ok()) return Fail(decode.status());
  auto folder = DataFolder::Open(options.data, *installation, *now,
                                 DataFolder::ForImport(FolderOptions(*installation)));
  if (!folder.ok()) return Fail(folder.status());
  Importer importer(folder->get(), std::move(*decode), *now);
  int exit_code = 0;
  for (const std::string& file : options.files) {
    Status imported = importer.Import(file);
    if (imported.ok()) continue;
    std::fprintf(stderr, "vroegsein: %s\n", imported.message().c_str());
    bool file_only =
        imported.code() == StatusCode::kInvalid || imported.code() == StatusCode::kNotFound;
    if (!file_only) return 1;
    exit_code = 2;
  }
  if (exit_code != 0) return exit_code;
  return importer.rejected() > 0 ? 1 : 0;
}

}  // namespace

void RegisterImport(CLI::App& app, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* verb = app.add_subcommand(
      "import",
      "Take in deliveries (JSON, NDJSON or CSV) from files; receipts as NDJSON on stdout");
  verb->add_option("--data", options->data, "The data folder; made when it is not there")
      ->required();
  verb->add_option("--partner", options->partner, "Whose delivery it is: a partner's id")
      ->required();
  verb->add_option("--config", options->config, "The configuration file; default: the demo's");
  verb->add_option("--now", options->now, "Stands in for the clock (RFC 3339)");
  verb->add_option("FILE", options->files, "Files; - is standard input")->required();
  verb->footer(
      "Exit: 0 everything accepted or double, 1 something was rejected, 2 wrong use or the "
      "folder is in use.");
  verb->callback([options, &machine, exit_code] { *exit_code = Import(*options, machine); });
}

}  // namespace vroegsein
