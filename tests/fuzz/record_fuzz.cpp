// Stored records and log events, on any bytes: whatever can be parsed is read by those who read it,
// and an event is stepped over by a desk, refused or applied, without an end in an assertion.
//
// The first byte says as what the rest is read. Events: a row of them, each after its length (two
// bytes); moments and days are brought within the years that a decoder or a clock can give.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "alerts/desk/case_file.h"
#include "alerts/desk/data_folder.h"
#include "alerts/desk/delivery_receipts.h"
#include "alerts/reading/case_json.h"
#include "alerts/report/case_fact.h"
#include "alerts/verify/verify.h"
#include "store/keys.h"
#include "store/record_check.h"
#include "store/signal_detail.h"

namespace {

using namespace vroegsein;

constexpr size_t kEventsMax = 30;
constexpr int32_t kDaysMax = 40'000;  // somewhere in 2079
constexpr int64_t kMillisMax = int64_t{kDaysMax} * 86'400'000;

int32_t DayWithin(int32_t day) { return static_cast<int32_t>(uint32_t(day) % kDaysMax); }

void BringWithin(Event* event) {
  event->set_recorded_ms(
      static_cast<int64_t>(static_cast<uint64_t>(event->recorded_ms()) % kMillisMax));
  if (event->has_signal()) {
    Signal* signal = event->mutable_signal()->mutable_signal();
    signal->set_signal_day(DayWithin(signal->signal_day()));
    signal->set_origin_day(DayWithin(signal->origin_day()));
    signal->set_arrears_cents(signal->arrears_cents() % 1'000'000'000);
  }
  if (event->has_settings()) {
    MunicipalitySettings* settings = event->mutable_settings()->mutable_settings();
    settings->set_retention_months(settings->retention_months() % 1'000);
    settings->set_retention_debt_help_months(settings->retention_debt_help_months() % 1'000);
  }
}

// A desk in a folder of its own; made anew when an event has stopped it.
class Bench {
 public:
  Bench() {
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    installation_ = std::move(*installation);
    std::string pattern = std::filesystem::temp_directory_path() / "vroegsein-fuzz-XXXXXX";
    VROEGSEIN_CHECK(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    Renew();  // so that what RocksDB keeps for itself is made before this, and goes after it
  }
  ~Bench() {
    data_.reset();
    std::filesystem::remove_all(folder_);
  }

  void Apply(Event event) {
    BringWithin(&event);
    if (data_ == nullptr || ++applied_ % 200 == 0) Renew();
    auto outcome = data_->Do(std::move(event));
    if (!outcome.ok()) data_.reset();
  }

 private:
  void Renew() {
    data_.reset();
    std::filesystem::remove_all(folder_ + "/data");
    DataFolder::Options options;
    options.database.sync = false;
    options.database.block_cache_bytes = 1u << 20;
    auto opened = DataFolder::Open(folder_ + "/data", installation_,
                                   *ParseInstant("2026-11-20T09:00:00Z"), options);
    VROEGSEIN_CHECK(opened.ok());
    data_ = std::move(*opened);
  }

  Installation installation_;
  std::string folder_;
  std::unique_ptr<DataFolder> data_;
  size_t applied_ = 0;
};

void ReadEvents(std::string_view bytes) {
  static Bench bench;
  for (size_t count = 0; count < kEventsMax && bytes.size() > 2; ++count) {
    size_t size =
        static_cast<unsigned char>(bytes[0]) * size_t{256} + static_cast<unsigned char>(bytes[1]);
    std::string_view one = bytes.substr(2, size);
    Event event;
    if (event.ParseFromArray(one.data(), static_cast<int>(one.size())))
      bench.Apply(std::move(event));
    bytes.remove_prefix(2 + one.size());
  }
}

// What the command line, the report and the desk read of a household.
void ReadHousehold(std::string_view bytes) {
  HouseholdRecord household;
  if (!household.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  if (!CheckHousehold(household).ok()) return;
  std::string text;
  for (const CaseRecord& found : household.cases()) {
    VROEGSEIN_CHECK(FindCase(household, found.number()) != nullptr);
    AppendCaseJson(household, found, &text);
    AppendCaseCsv(household, found, &text);
  }
  for (const CaseFact& fact : FactsOfHousehold(household)) (void)IsPrevented(fact);
}

template <typename Record>
void ReadRecord(std::string_view bytes) {
  Record record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  Record again;
  VROEGSEIN_CHECK(again.ParseFromString(record.SerializeAsString()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0: ReadHousehold(bytes); break;
    case 1: ReadRecord<MunicipalityRecord>(bytes); break;
    case 2: ReadRecord<CountersRecord>(bytes); break;
    case 3: ReadRecord<DeliveryChunk>(bytes); break;
    case 4: (void)CaseId::Parse(bytes); break;
    case 5: (void)ParseDetail(bytes).ok(); break;
    default: ReadEvents(bytes); break;
  }
  return 0;
}
