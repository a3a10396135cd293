// A desk at work on a disk that fails, and what was promised meanwhile.
//
// Every event has a moment of its own, a millisecond after the one before: it is told apart by
// that. What was answered is noted. ExpectKept() opens the folder on a sound disk and looks whether
// every promise stands, whether what is there is a prefix of each life without a hole, and whether
// it verifies.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

#include "alerts/desk/data_folder.h"
#include "alerts/verify/verify.h"
#include "tests/faults/faulty_disk.h"
#include "tests/faults/small_world.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein::faults {

class DeskRun {
 public:
  explicit DeskRun(uint64_t seed) : chance_(seed) {
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    installation_ = std::move(*installation);
  }

  // One life of the process: opens the folder and works until that many events are done, or until
  // the first failure, which it returns. Nothing after a failure may be answered.
  Status Live(rocksdb::Env* env, int events_max) {
    lives_.emplace_back();
    DataFolder::Options options;
    options.database.env = env;
    options.database.block_cache_bytes = 1u << 20;
    options.desk.state.cached_households_max = 3;
    options.desk.batch_max = 1 + chance_() % 10;
    auto opened = DataFolder::Open(folder_ / "data", installation_, Next(), options);
    if (!opened.ok()) return opened.status();
    Status status = Work(opened->get(), events_max);
    if (!status.ok()) InsistAfter(opened->get());
    return status;
  }

  void ExpectKept() {
    DatabaseOptions options;
    options.sync = false;
    options.must_exist = false;
    auto database = Database::Open(folder_ / "data", options);
    ASSERT_TRUE(database.ok()) << database.status().message();
    std::vector<int64_t> kept = ReadLog(**database);
    for (int64_t answered : answered_) {
      ASSERT_TRUE(std::binary_search(kept.begin(), kept.end(), answered))
          << "event " << answered << " was answered and is gone";
    }
    for (const std::vector<int64_t>& life : lives_) ExpectPrefix(life, kept);
    auto found = Verify(**database, folder_ / "replay", [](uint64_t) {});
    ASSERT_TRUE(found.ok()) << found.status().message();
    EXPECT_TRUE(found->replayed || kept.empty());
    EXPECT_EQ(found->applied_offset, kept.size());
    for (const std::string& finding : found->findings) ADD_FAILURE() << finding;
  }

  size_t answered() const { return answered_.size(); }

 private:
  Instant Next() { return now_ += std::chrono::milliseconds(1); }

  Status AppendOne(DataFolder* folder) {
    Event event = RandomEvent(&chance_, Next(), "0080");
    int64_t moment = event.recorded_ms();
    lives_.back().push_back(moment);
    return folder->log().Append(std::move(event),
                                [this, moment](const Outcome&) { answered_.insert(moment); });
  }

  Status Work(DataFolder* folder, int events_max) {
    for (int done = 0; done < events_max;) {
      for (auto batch = 1 + chance_() % 25; batch > 0; --batch, ++done) {
        VROEGSEIN_RETURN_IF_ERROR(AppendOne(folder));
      }
      VROEGSEIN_RETURN_IF_ERROR(folder->Drain());
      if (chance_() % 8 == 0) VROEGSEIN_RETURN_IF_ERROR(folder->database().RewriteFiles());
    }
    return Status::Ok();
  }

  // Whoever goes on after a failure gets no answer, only the failure again.
  void InsistAfter(DataFolder* folder) {
    size_t before = answered_.size();
    for (int i = 0; i < 3; ++i) {
      Status again = AppendOne(folder);
      if (again.ok()) again = folder->Drain();
      EXPECT_FALSE(again.ok());
    }
    EXPECT_EQ(answered_.size(), before) << "answered after a failure";
  }

  // The moments in the log, which must be in order and without a hole from the first on.
  std::vector<int64_t> ReadLog(const Database& database) {
    std::vector<int64_t> kept;
    auto log = EmbeddedLog::Open(const_cast<Database*>(&database), EmbeddedLogOptions());
    EXPECT_TRUE(log.ok());
    if (!log.ok()) return kept;
    Status read = (*log)->Read(0, [&](uint64_t offset, const Event& event) {
      EXPECT_EQ(offset, kept.size() + 1);
      // Settings and policy share the moment of opening.
      bool in_order = kept.empty() || event.has_policy() || event.recorded_ms() > kept.back();
      EXPECT_TRUE(in_order) << "event " << event.recorded_ms() << " after " << kept.back();
      kept.push_back(event.recorded_ms());
      return true;
    });
    EXPECT_TRUE(read.ok()) << read.message();
    return kept;
  }

  static void ExpectPrefix(const std::vector<int64_t>& life, const std::vector<int64_t>& kept) {
    bool missing = false;
    for (int64_t moment : life) {
      bool there = std::binary_search(kept.begin(), kept.end(), moment);
      EXPECT_FALSE(there && missing) << "a hole before event " << moment;
      missing = missing || !there;
    }
  }

  TemporaryFolder folder_;
  Installation installation_;
  std::mt19937_64 chance_;
  Instant now_ = *ParseInstant("2026-11-20T09:00:00Z");
  std::vector<std::vector<int64_t>> lives_;
  std::set<int64_t> answered_;
};

}  // namespace vroegsein::faults
