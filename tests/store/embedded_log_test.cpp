#include "store/embedded_log.h"

#include <gtest/gtest.h>

#include "store/keys.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

class EmbeddedLogTest : public testing::Test {
 protected:
  EmbeddedLogTest() { Open(); }

  void Open(const std::string& name = "data") {
    log_.reset();
    database_.reset();
    auto database = Database::Open(folder_ / name, {});
    VROEGSEIN_CHECK(database.ok());
    database_ = std::move(*database);
    auto log = EmbeddedLog::Open(database_.get(), options_);
    VROEGSEIN_CHECK(log.ok());
    log_ = std::move(*log);
  }
  Status Append(int64_t recorded_ms) {
    Event event;
    event.set_municipality("0080");
    event.set_recorded_ms(recorded_ms);
    event.mutable_tick();
    return log_->Append(std::move(event), nullptr);
  }
  // What the desk does with a batch.
  size_t Apply(size_t max) {
    auto taken = log_->Take(max, std::chrono::milliseconds(0));
    VROEGSEIN_CHECK(taken.ok());
    if (taken->empty()) return 0;
    Batch batch;
    log_->AddTo(&batch, *taken);
    batch.Put(keys::AppliedOffset(), keys::EncodeU64(taken->back().offset));
    VROEGSEIN_CHECK(database_->Commit(&batch).ok());
    return taken->size();
  }
  std::vector<uint64_t> Offsets(uint64_t from = 0) {
    std::vector<uint64_t> offsets;
    Status read = log_->Read(from, [&](uint64_t offset, const Event&) {
      offsets.push_back(offset);
      return true;
    });
    EXPECT_TRUE(read.ok()) << read.message();
    return offsets;
  }

  TemporaryFolder folder_;
  EmbeddedLogOptions options_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<EmbeddedLog> log_;
};

TEST_F(EmbeddedLogTest, KeepsTheOrderOverARestart) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Append(i).ok());
  EXPECT_EQ(Apply(2), 2u);
  EXPECT_EQ(Apply(2), 1u);
  Open();
  ASSERT_TRUE(Append(4).ok());
  Apply(1);
  EXPECT_EQ(Offsets(), (std::vector<uint64_t>{1, 2, 3, 4}));
  EXPECT_EQ(Offsets(3), (std::vector<uint64_t>{3, 4}));
}

TEST_F(EmbeddedLogTest, SaysWhenItIsBehind) {
  options_.waiting_max = 2;
  Open();
  EXPECT_TRUE(Append(1).ok());
  EXPECT_TRUE(Append(2).ok());
  Event third;
  third.set_municipality("0080");
  third.set_recorded_ms(3);
  EXPECT_EQ(log_->Append(std::move(third), nullptr).code(), StatusCode::kUnavailable);
  EXPECT_EQ(third.recorded_ms(), 3) << "what is refused stays the caller's";
  Apply(1);
  EXPECT_TRUE(log_->Append(std::move(third), nullptr).ok());
}

TEST_F(EmbeddedLogTest, ClosedItTakesNothingMoreAndGivesWhatItHas) {
  ASSERT_TRUE(Append(1).ok());
  log_->Close();
  EXPECT_EQ(Append(2).code(), StatusCode::kUnavailable);
  EXPECT_EQ(Apply(10), 1u);
}

TEST_F(EmbeddedLogTest, TrimTakesTheFrontAndNothingElse) {
  for (int64_t at : {10, 20, 30}) ASSERT_TRUE(Append(at).ok());
  Apply(10);
  Batch batch;
  ASSERT_TRUE(log_->Trim(InstantOf(20), &batch).ok());
  ASSERT_TRUE(database_->Commit(&batch).ok());
  EXPECT_EQ(Offsets(), (std::vector<uint64_t>{2, 3}));
  auto first = log_->FirstOffset();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*first, 2u);
  Open();
  ASSERT_TRUE(Append(40).ok());
  Apply(1);
  EXPECT_EQ(Offsets().back(), 4u);
}

// Every place to cut, in runs of every length, and to read from.
TEST_F(EmbeddedLogTest, ARunIsCutWhereItMustBeAndReadFromAnyOffset) {
  constexpr int kEvents = 12;
  for (size_t run = 1; run <= 5; ++run) {
    for (int cut = 0; cut <= kEvents; ++cut) {
      Open("data-" + std::to_string(run) + "-" + std::to_string(cut));
      for (int i = 1; i <= kEvents; ++i) ASSERT_TRUE(Append(i).ok());
      while (Apply(run) > 0) {
      }
      Batch batch;
      ASSERT_TRUE(log_->Trim(InstantOf(cut + 1), &batch).ok());
      ASSERT_TRUE(database_->Commit(&batch).ok());
      for (int from = 0; from <= kEvents + 1; ++from) {
        std::vector<uint64_t> expected;
        for (int i = std::max(from, cut + 1); i <= kEvents; ++i) {
          expected.push_back(static_cast<uint64_t>(i));
        }
        EXPECT_EQ(Offsets(static_cast<uint64_t>(from)), expected) << run << " " << cut;
      }
      EXPECT_EQ(*log_->FirstOffset(), static_cast<uint64_t>(cut) + 1);
    }
  }
}

TEST_F(EmbeddedLogTest, ALongBatchIsSeveralRuns) {
  for (int i = 1; i <= 40; ++i) {
    Event event;
    event.set_municipality("0080");
    event.mutable_note()->set_text(std::string(10'000, 'x'));
    ASSERT_TRUE(log_->Append(std::move(event), nullptr).ok());
  }
  Apply(100);
  size_t runs = 0;
  auto count = [&](std::string_view, std::string_view) { return ++runs > 0; };
  ASSERT_TRUE(database_->Scan(keys::LogRun(0), keys::LogRun(1'000), count).ok());
  EXPECT_GT(runs, 5u);
  EXPECT_LT(runs, 20u);
  EXPECT_EQ(Offsets(38), (std::vector<uint64_t>{38, 39, 40}));
}

TEST_F(EmbeddedLogTest, ARunThatCannotBeReadIsNotPassedOver) {
  for (std::string bytes : {std::string(), std::string("\x0a\x05x"), std::string("\x0a\x00", 2)}) {
    Batch batch;
    batch.Put(keys::LogRun(1), bytes);
    ASSERT_TRUE(database_->Commit(&batch).ok());
    Status read = log_->Read(0, [](uint64_t, const Event&) { return true; });
    EXPECT_EQ(read.code(), StatusCode::kDataLoss);
  }
}

TEST_F(EmbeddedLogTest, ARecordOfANewerVersionStopsTheReader) {
  Event event;
  event.set_version(kEventVersion + 1);
  event.mutable_tick();
  Batch batch;
  EventRun run;
  run.add_events(event.SerializeAsString());
  batch.Put(keys::LogRun(1), run.SerializeAsString());
  ASSERT_TRUE(database_->Commit(&batch).ok());
  Status read = log_->Read(0, [](uint64_t, const Event&) { return true; });
  EXPECT_EQ(read.code(), StatusCode::kDataLoss);
}

}  // namespace
}  // namespace vroegsein
