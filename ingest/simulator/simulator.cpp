#include "ingest/simulator/simulator.h"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <vector>

#include "ingest/simulator/crowds.h"
#include "ingest/simulator/delivery_format.h"
#include "ingest/simulator/output_file.h"
#include "ingest/simulator/people.h"
#include "ingest/simulator/written.h"

namespace vroegsein::simulator {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kWritingStream = 21;
// A prime above kHouseholdsMax: neighbours do not follow one another in a delivery, each comes
// once.
constexpr uint64_t kStride = 2'654'435'761;
static_assert(kStride > kHouseholdsMax);
constexpr std::string_view kSignalsFolder = "leveringen";
constexpr std::string_view kSequelsFolder = "aflopen";
constexpr std::string_view kTruthHeader = "partner;id;person;household;kind\n";

Status CheckOptions(const SimulationOptions& options) {
  if (options.households < 1 || options.households > kHouseholdsMax) {
    return Status::Invalid(fmt::format("households must be 1 to {}", kHouseholdsMax));
  }
  if (options.months < 1 || options.months > kMonthsMax) {
    return Status::Invalid(fmt::format("months must be 1 to {}", kMonthsMax));
  }
  if (options.arrears_per_year_milli < 1 ||
      options.arrears_per_year_milli > kArrearsPerYearMilliMax) {
    return Status::Invalid("arrears per year must be 0.001 to 12");
  }
  if (options.out.empty()) return Status::Invalid("no folder to write to");
  constexpr Date kFirstDay = std::chrono::sys_days(std::chrono::year(2002) / 1 / 1);
  if (FirstMonthOf(options) < kFirstDay) return Status::Invalid("the first month is before 2002");
  return Status::Ok();
}

// A file of our own making: <partner>-YYYY-MM.csv or .ndjson.
bool IsDeliveryName(const std::string& name) {
  for (const Partner& partner : kPartners) {
    std::string pattern = fmt::format("{}-0000-00.{}", partner.name, FileEnding(partner.format));
    if (name.size() != pattern.size()) continue;
    bool same = true;
    for (size_t i = 0; i < name.size() && same; ++i) {
      bool digit = name[i] >= '0' && name[i] <= '9';
      same = pattern[i] == '0' ? digit : name[i] == pattern[i];
    }
    if (same) return true;
  }
  return false;
}

Status PrepareFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!IsDeliveryName(at->path().filename().string())) continue;
    std::error_code remove_error;
    fs::remove(at->path(), remove_error);
    if (remove_error)
      return Status::Unavailable("remove an old delivery: " + remove_error.message());
  }
  if (error)
    return Status::Unavailable(fmt::format("open {}: {}", folder.string(), error.message()));
  return Status::Ok();
}

class Simulation {
 public:
  explicit Simulation(const SimulationOptions& options)
      : options_(options),
        start_(FirstMonthOf(options)),
        truth_(options.out / "waarheid.csv", std::string(kTruthHeader)),
        counters_(kPartnerCount * static_cast<size_t>(options.months)) {
    for (int month = 0; month < options.months; ++month) {
      for (const Partner& partner : kPartners) {
        std::string name =
            fmt::format("{}-{}.{}", partner.name, MonthName(month), FileEnding(partner.format));
        signals_.emplace_back(options.out / kSignalsFolder / name, SignalHeader(partner.format));
        sequels_.emplace_back(options.out / kSequelsFolder / name, SequelHeader(partner.format));
      }
    }
  }

  Result<SimulationSummary> Run() {
    VROEGSEIN_RETURN_IF_ERROR(PrepareFolder(options_.out / kSignalsFolder));
    VROEGSEIN_RETURN_IF_ERROR(PrepareFolder(options_.out / kSequelsFolder));
    for (uint64_t i = 0; i < options_.households; ++i) {
      VROEGSEIN_RETURN_IF_ERROR(RunHousehold(i * kStride % options_.households));
    }
    VROEGSEIN_RETURN_IF_ERROR(Finish(signals_));
    VROEGSEIN_RETURN_IF_ERROR(Finish(sequels_));
    VROEGSEIN_RETURN_IF_ERROR(truth_.Append(""));
    VROEGSEIN_RETURN_IF_ERROR(truth_.Flush());
    VROEGSEIN_RETURN_IF_ERROR(WriteReadme());
    return summary_;
  }

 private:
  std::string MonthName(int month) const {
    return FormatDate(AddMonths(start_, month)).substr(0, 7);
  }

  size_t Slot(size_t partner, int month) const {
    return static_cast<size_t>(month) * kPartnerCount + partner;
  }

  Status RunHousehold(uint64_t number) {
    Household household = MakeHousehold(options_, number);
    Residences residences(options_, household);
    Random random(Mix(Mix(options_.seed, kWritingStream), number));
    for (const Notice& notice : MakeTimeline(options_, household, residences)) {
      const Person& person = household.members[notice.member];
      Residence home = residences.Of(notice.member, notice.month);
      Address address = AddressOf(home.address, options_.seed);
      if (IsCrowdAddress(options_, home.address)) address.suffix.clear();
      WrittenRow row = WriteNotice(options_, notice, person, address, random);
      row[kId] = NextId(notice);
      VROEGSEIN_RETURN_IF_ERROR(Deliver(notice, row, notice.month));
      VROEGSEIN_RETURN_IF_ERROR(Tell(notice, row[kId], person, home, notice.kind));
      VROEGSEIN_RETURN_IF_ERROR(DeliverAgain(notice, row, person, home));
      VROEGSEIN_RETURN_IF_ERROR(DeliverSequel(notice, row[kId]));
    }
    return Status::Ok();
  }

  std::string NextId(const Notice& notice) {
    return fmt::format("{}-{}-{:06}", kPartners[notice.partner].id_prefix, MonthName(notice.month),
                       ++counters_[Slot(notice.partner, notice.month)]);
  }

  Status Deliver(const Notice& notice, const WrittenRow& row, int month) {
    ++summary_.rows;
    ++summary_.rows_per_partner[notice.partner];
    return signals_[Slot(notice.partner, month)].Append(
        SignalLine(row, kPartners[notice.partner].format));
  }

  Status Tell(const Notice& notice, std::string_view id, const Person& person,
              const Residence& home, NoticeKind kind) {
    ++summary_.rows_per_kind[static_cast<size_t>(kind)];
    const std::string& household = person.legal ? person.id : home.household;
    const std::string_view cells[] = {kPartners[notice.partner].name, id, person.id, household,
                                      NoticeKindName(kind)};
    return truth_.Append(CsvLine(cells, ';'));
  }

  Status DeliverAgain(const Notice& notice, const WrittenRow& row, const Person& person,
                      const Residence& home) {
    if (notice.again == Again::kNo) return Status::Ok();
    int month = notice.month + (notice.again == Again::kNextMonth ? 1 : 0);
    VROEGSEIN_RETURN_IF_ERROR(Deliver(notice, row, month));
    // Refused twice is not a duplicate.
    bool broken = notice.kind == NoticeKind::kBroken;
    return Tell(notice, row[kId], person, home,
                broken ? NoticeKind::kBroken : NoticeKind::kDuplicate);
  }

  Status DeliverSequel(const Notice& notice, const std::string& id) {
    if (notice.sequel.month < 0) return Status::Ok();
    ++summary_.sequels;
    WrittenSequel sequel{id, notice.sequel.afloop, FormatDate(notice.sequel.day)};
    return sequels_[Slot(notice.partner, notice.sequel.month)].Append(
        SequelLine(sequel, kPartners[notice.partner].format));
  }

  Status Finish(std::vector<OutputFile>& files) {
    for (OutputFile& file : files) {
      VROEGSEIN_RETURN_IF_ERROR(file.Flush());
      if (file.written()) ++summary_.files;
    }
    return Status::Ok();
  }

  Status WriteReadme() const;

  const SimulationOptions& options_;
  Date start_;
  OutputFile truth_;
  std::vector<uint64_t> counters_;   // the last id given out, per partner and month
  std::vector<OutputFile> signals_;  // per partner and month
  std::vector<OutputFile> sequels_;
  SimulationSummary summary_;
};

std::string_view FormatName(Format format) {
  switch (format) {
    case Format::kCsvSemicolon: return "CSV with `;`";
    case Format::kCsvComma: return "CSV with `,`";
    case Format::kCsvTab: return "CSV with tabs";
    case Format::kNdjson: break;
  }
  return "NDJSON";
}

Status Simulation::WriteReadme() const {
  std::string text = fmt::format(
      "# Simulated deliveries\n\nEvery person, address and number in here is invented: `vroegsein "
      "simulate`, "
      "{} households, {} months from {} to {}, seed {}.\n{} rows, {} aflopen.\n\n"
      "| partner | soort | format | handed in on day | rows |\n|---|---|---|---|---|\n",
      options_.households, options_.months, MonthName(0), MonthName(options_.months - 1),
      options_.seed, summary_.rows, summary_.sequels);
  for (size_t i = 0; i < kPartnerCount; ++i) {
    text += fmt::format("| {} | {} | {} | {} | {} |\n", kPartners[i].name, kPartners[i].sector,
                        FormatName(kPartners[i].format), kPartners[i].delivery_day,
                        summary_.rows_per_partner[i]);
  }
  text +=
      "\n- `leveringen/<partner>-YYYY-MM`: the signals of that month. `aflopen/<partner>-YYYY-MM`: "
      "what became "
      "of earlier ones. A month without any has no file.\n"
      "- `waarheid.csv`: `partner;id;person;household;kind`, one line per delivered row. "
      "`household` is the home at "
      "that time: people move, split up, move in together and leave home, and some addresses hold "
      "many households.\n"
      "- Names, birth days and addresses are written as creditors write them: see `vroegsein "
      "simulate --help` for the rate of each difficulty.\n"
      "- `kind`: `new` and `higher` (the same arrears, higher) are to be taken up; `repeat` "
      "(herhaald), `unfounded` "
      "(onterecht) are not; `duplicate` is a row handed in again; `broken` must be refused.\n"
      "- Phone numbers begin with 058-0 or 058-1 and e-mail ends in example.nl: nobody has these. "
      "Citizen service "
      "numbers begin with 999, are never given out, and pass the eleven test.\n";
  OutputFile readme(options_.out / "README.md", "");
  VROEGSEIN_RETURN_IF_ERROR(readme.Append(text));
  return readme.Flush();
}

}  // namespace

Result<SimulationSummary> Simulate(const SimulationOptions& options) {
  VROEGSEIN_RETURN_IF_ERROR(CheckOptions(options));
  return Simulation(options).Run();
}

}  // namespace vroegsein::simulator
