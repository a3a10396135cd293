// Municipalities made one after the other in one data folder: every delivery gets one of its own.
// The teams have no limit (small_world.h). Owns the folder. Thread: the test's.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "alerts/desk/data_folder.h"
#include "rules/dmn/model.h"
#include "tests/faults/small_world.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein::faults {

class NewTowns {
 public:
  NewTowns() { OpenNew(); }

  // The code of a municipality that nothing happened in yet. Those of before may be gone.
  std::string NewMunicipality() {
    if (next_ == kCodes) OpenNew();
    std::string code = std::to_string(kCodes + next_++).substr(1);
    Event settings = EventAt(now_, code);
    *settings.mutable_settings()->mutable_settings() = UnlimitedSettings(config_.settings, code);
    VROEGSEIN_CHECK(data_->Do(settings).ok());
    Event policy = EventAt(now_, code);
    policy.mutable_policy()->set_model(config_.policy.text());
    policy.mutable_policy()->set_hash(dmn::HashOf(config_.policy));
    policy.mutable_policy()->set_effective_day(0);
    VROEGSEIN_CHECK(data_->Do(policy).ok());
    return code;
  }

  DataFolder& data() { return *data_; }
  const TemporaryFolder& folder() const { return *folder_; }
  Instant now() const { return now_; }

 private:
  static constexpr int kCodes = 10'000;

  void OpenNew() {
    data_.reset();
    folder_.emplace();
    next_ = 0;
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    config_ = installation->municipalities[0];
    installation->municipalities.clear();
    DataFolder::Options options;
    options.database.sync = false;
    auto opened = DataFolder::Open(*folder_ / "data", *installation, now_, options);
    VROEGSEIN_CHECK(opened.ok());
    data_ = std::move(*opened);
  }

  std::optional<TemporaryFolder> folder_;
  Instant now_ = *ParseInstant("2026-11-20T09:00:00Z");
  MunicipalityConfig config_;
  std::unique_ptr<DataFolder> data_;
  int next_ = 0;
};

}  // namespace vroegsein::faults
