#include "alerts/desk/data_folder.h"

#include <future>
#include <limits>

#include "alerts/policy/examination.h"
#include "rules/dmn/model.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

Event EventAt(Instant now, const std::string& municipality) {
  Event event;
  event.set_recorded_ms(MillisOf(now));
  event.set_municipality(municipality);
  return event;
}

Result<MunicipalityRecord> ReadMunicipality(const Database& database, const std::string& code) {
  auto bytes = database.Get(keys::Municipality(code));
  if (!bytes.ok()) return bytes.status();
  MunicipalityRecord record;
  if (bytes->has_value() && !record.ParseFromString(**bytes)) {
    return Status::DataLoss("a municipality record cannot be read");
  }
  return record;
}

// What the configuration file brought last: what a person activated since is left alone. A folder
// from before that was noted had its policies from the file only.
std::string LastConfigured(const MunicipalityRecord& known) {
  if (!known.configured_policy().empty() || known.policies_size() == 0) {
    return known.configured_policy();
  }
  return known.policies(known.policies_size() - 1).hash();
}

}  // namespace

DataFolder::Options DataFolder::ForImport(Options options) {
  constexpr size_t kWriteBufferBytes = 48u << 20;
  constexpr int kFilesBeforeMerge = 8;
  constexpr size_t kHouseholdBytesMax = 96u << 20;
  options.database.write_buffer_bytes = kWriteBufferBytes;
  options.database.files_before_merge = kFilesBeforeMerge;
  options.desk.state.household_bytes_max = kHouseholdBytesMax;
  return options;
}

Result<std::unique_ptr<DataFolder>> DataFolder::Open(const std::string& folder,
                                                     const Installation& installation, Instant now,
                                                     const Options& options) {
  std::unique_ptr<DataFolder> opened(new DataFolder());
  auto database = Database::Open(folder, options.database);
  if (!database.ok()) return database.status();
  opened->database_ = std::move(*database);
  VROEGSEIN_RETURN_IF_ERROR(opened->OpenLog(options));
  opened->desk_ = std::make_unique<Desk>(opened->database_.get(), opened->log_.get(),
                                         &opened->matcher_, options.desk);
  VROEGSEIN_RETURN_IF_ERROR(opened->Drain());
  for (const MunicipalityConfig& config : installation.municipalities) {
    VROEGSEIN_RETURN_IF_ERROR(opened->Settle(config, now));
  }
  return opened;
}

Status DataFolder::OpenLog(const Options& options) {
  if (options.open_log) {
    auto log = options.open_log(database_.get());
    if (log.ok()) log_ = std::move(*log);
    return log.status();
  }
  auto elsewhere = database_->Get(keys::LogPlace());
  if (!elsewhere.ok()) return elsewhere.status();
  if (elsewhere->has_value()) {
    return Status::Invalid("the log of the folder " + database_->folder() + " is in Kafka");
  }
  auto log = EmbeddedLog::Open(database_.get(), options.log);
  if (log.ok()) log_ = std::move(*log);
  return log.status();
}

// Settings and policies are events too: the state stays a function of the log alone.
Status DataFolder::Settle(const MunicipalityConfig& config, Instant now) {
  const std::string& code = config.settings.code();
  auto known = ReadMunicipality(*database_, code);
  if (!known.ok()) return known.status();
  if (known->settings().SerializeAsString() != config.settings.SerializeAsString()) {
    Event event = EventAt(now, code);
    *event.mutable_settings()->mutable_settings() = config.settings;
    auto outcome = Do(std::move(event));
    if (!outcome.ok()) return outcome.status();
  }
  if (dmn::HashOf(config.policy) == LastConfigured(*known)) return Status::Ok();
  return BringPolicy(config, known->policies_size() == 0, now);
}

// What the file brings is examined like what a person brings.
Status DataFolder::BringPolicy(const MunicipalityConfig& config, bool first, Instant now) {
  const std::string& code = config.settings.code();
  Examination examined = Examine(config.policy, config.policy_tests);
  VROEGSEIN_RETURN_IF_ERROR(examined.ToStatus().Within("policy of municipality " + code));
  Event event = EventAt(now, code);
  PolicyActivated* activation = event.mutable_policy();
  activation->set_model(config.policy.text());
  activation->set_tests(config.policy_tests.text());
  activation->set_hash(examined.hash);
  activation->set_configured(true);
  // The first policy decides about everything, so that older deliveries can be loaded too.
  activation->set_effective_day(first ? std::numeric_limits<int32_t>::min()
                                      : DaysOf(DayInAmsterdam(now)));
  auto outcome = Do(std::move(event));
  if (!outcome.ok()) return outcome.status();
  // On a shared log another node with the same configuration may have been first.
  auto known = ReadMunicipality(*database_, code);
  if (!known.ok()) return known.status();
  return LastConfigured(*known) == examined.hash ? Status::Ok() : outcome->status;
}

Result<Outcome> DataFolder::Do(Event event) {
  // A log elsewhere may answer from another thread, also when nobody waits any more.
  auto promise = std::make_shared<std::promise<Outcome>>();
  auto answer = promise->get_future();
  Status appended = log_->Append(
      std::move(event), [promise](Outcome&& outcome) { promise->set_value(std::move(outcome)); });
  VROEGSEIN_RETURN_IF_ERROR(appended);
  auto deadline = std::chrono::steady_clock::now() + kDoMax;
  while (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
    constexpr std::chrono::milliseconds kWait{20};
    auto done = desk_->RunOnce(kWait);
    if (!done.ok()) return done.status();
    if (std::chrono::steady_clock::now() > deadline) {
      return Status::Unavailable("the log did not take the event in time");
    }
  }
  return answer.get();
}

Status DataFolder::Drain() {
  // An embedded log has at once what waits; of one elsewhere it may still be on its way.
  constexpr std::chrono::milliseconds kWait{20};
  while (log_->waiting() > 0) {
    auto done = desk_->RunOnce(kWait);
    if (!done.ok()) return done.status();
  }
  return Status::Ok();
}

}  // namespace vroegsein
