// What of the Kafka log needs no broker: where a municipality is, who is answered when, and several
// folders read as one.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "store/kafka/checkpoints.h"
#include "store/kafka/kafka_trouble.h"
#include "store/kafka/partition.h"
#include "store/kafka/partitioned_database.h"
#include "store/kafka/pending_appends.h"
#include "store/kafka/taken_offsets.h"
#include "store/keys.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

// Of Kafka's own tests (UtilsTest.testMurmur2).
TEST(PartitionTest, TheHashIsKafkas) {
  auto hash = [](std::string_view key) { return static_cast<int32_t>(KeyHash(key)); };
  EXPECT_EQ(hash("21"), -973932308);
  EXPECT_EQ(hash("foobar"), -790332482);
  EXPECT_EQ(hash("a-little-bit-long-string"), -985981536);
  EXPECT_EQ(hash("a-little-bit-longer-string"), -1486304829);
  EXPECT_EQ(hash("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8"), -58897971);
  EXPECT_EQ(hash("abc"), 479470107);
}

TEST(PartitionTest, WhereAMunicipalityIsNeverChanges) {
  EXPECT_EQ(PartitionOf("0080", 12), 6u);
  EXPECT_EQ(PartitionOf("0363", 12), 3u);
  for (uint32_t count = 1; count <= 340; ++count) EXPECT_LT(PartitionOf("0518", count), count);
}

// The texts are librdkafka's; what it says of a broker or a record is not passed on.
TEST(KafkaTroubleTest, SaysWhereToLook) {
  constexpr int kTransport = -195, kSsl = -181, kSignIn = -169, kAllDown = -187;
  auto says = [](int error, const char* reason, int certificate, const char* word) {
    Status trouble = KafkaTrouble(error, reason, certificate);
    return trouble.message().find(word) != std::string::npos &&
           trouble.message().find("geheim") == std::string::npos;
  };
  EXPECT_TRUE(says(kSsl, "certificate verify failed", 62, "another host"));
  EXPECT_TRUE(says(kSsl, "certificate verify failed", 64, "another host"));
  EXPECT_TRUE(says(kSsl, "certificate verify failed", 20, "kafka.ca"));
  EXPECT_TRUE(says(kSsl, "certificate verify failed", 10, "expired"));
  EXPECT_TRUE(says(kSsl, "SSL routines::wrong version number", 0, "kafka.tls"));
  EXPECT_TRUE(
      says(kTransport, "SSL routines::tlsv13 alert certificate required", 0, "kafka.certificaat"));
  EXPECT_TRUE(says(kTransport, "incorrect security.protocol configuration", 0, "kafka.tls"));
  EXPECT_TRUE(says(kSignIn, "geheim: invalid credentials", 0, "kafka.wachtwoord-bestand"));
  EXPECT_TRUE(says(kSignIn, "Unsupported SASL mechanism PLAIN", 0, "kafka.sasl"));
  EXPECT_EQ(KafkaTrouble(kSignIn, "", 0).code(), StatusCode::kForbidden);
  EXPECT_EQ(KafkaTrouble(kTransport, "Connection refused", 0).code(), StatusCode::kUnavailable);
  EXPECT_EQ(KafkaTrouble(kAllDown, "1/1 brokers are down", 0).code(), StatusCode::kUnavailable);
}

class PendingAppendsTest : public testing::Test {
 protected:
  uint64_t Add() {
    auto number = pending_.Add([this](const Outcome&) { ++answers_; });
    VROEGSEIN_CHECK(number.has_value());
    return *number;
  }

  PendingAppends pending_{2};
  int answers_ = 0;
};

TEST_F(PendingAppendsTest, AnswersWhenBothHaveHappenedInWhateverOrder) {
  uint64_t first = Add();
  uint64_t second = Add();
  pending_.Acknowledged(first);
  pending_.Applied(second, Outcome());
  EXPECT_EQ(answers_, 0);
  pending_.Applied(first, Outcome());
  EXPECT_EQ(answers_, 1);
  pending_.Acknowledged(second);
  EXPECT_EQ(answers_, 2);
  EXPECT_EQ(pending_.count(), 0u);
}

TEST_F(PendingAppendsTest, AnswersNobodyTwiceAndNobodyForWhatWasDropped) {
  uint64_t first = Add();
  pending_.Drop(first);
  pending_.Applied(first, Outcome());
  pending_.Acknowledged(first);
  uint64_t second = Add();
  for (int i = 0; i < 2; ++i) {
    pending_.Acknowledged(second);
    pending_.Applied(second, Outcome());
  }
  EXPECT_EQ(answers_, 1);
}

TEST_F(PendingAppendsTest, HasRoomForSoManyAndNoneWhenClosed) {
  uint64_t first = Add();
  Add();
  EXPECT_FALSE(pending_.Add(nullptr).has_value());
  pending_.Drop(first);
  EXPECT_TRUE(pending_.Add(nullptr).has_value());
  pending_.Drop(first + 1);
  pending_.Close();
  EXPECT_FALSE(pending_.Add(nullptr).has_value());
}

class PartitionedDatabaseTest : public testing::Test {
 protected:
  static constexpr uint32_t kPartitions = 3;

  PartitionedDatabaseTest() {
    std::vector<const Database*> parts;
    for (uint32_t i = 0; i < kPartitions; ++i) {
      auto opened = Database::Open(folder_ / std::to_string(i), {});
      VROEGSEIN_CHECK(opened.ok());
      folders_.push_back(std::move(*opened));
      parts.push_back(folders_.back().get());
    }
    together_ = std::make_unique<PartitionedDatabase>(parts);
  }
  void Put(uint32_t partition, const std::string& key, const std::string& value) {
    Batch batch;
    batch.Put(key, value);
    VROEGSEIN_CHECK(folders_[partition]->Commit(&batch).ok());
  }
  void PutOf(const std::string& municipality, const std::string& value) {
    Put(PartitionOf(municipality, kPartitions), keys::Municipality(municipality), value);
  }
  std::vector<std::string> Values(const std::string& begin, const std::string& end, size_t max) {
    std::vector<std::string> values;
    Status scanned = together_->Scan(begin, end, [&](std::string_view, std::string_view value) {
      values.emplace_back(value);
      return values.size() < max;
    });
    EXPECT_TRUE(scanned.ok()) << scanned.message();
    return values;
  }

  TemporaryFolder folder_;
  std::vector<std::unique_ptr<Database>> folders_;
  std::unique_ptr<PartitionedDatabase> together_;
};

TEST_F(PartitionedDatabaseTest, AMunicipalityIsReadWhereItIs) {
  for (const char* code : {"0080", "0090", "0363", "0518"}) PutOf(code, code);
  for (const char* code : {"0080", "0090", "0363", "0518"}) {
    auto found = together_->Get(keys::Municipality(code));
    ASSERT_TRUE(found.ok() && found->has_value()) << code;
    EXPECT_EQ(**found, code);
    std::string key = keys::Municipality(code);
    EXPECT_EQ(Values(key, keys::After(key), 9), std::vector<std::string>{code});
  }
  EXPECT_EQ(Values(keys::Municipalities(), keys::After(keys::Municipalities()), 9).size(), 4u);
  EXPECT_EQ(Values(keys::Municipalities(), keys::After(keys::Municipalities()), 2).size(), 2u);
}

TEST_F(PartitionedDatabaseTest, APolicyIsFoundWhereverItIs) {
  // A hash may begin with four digits, and is not of a municipality for that.
  Put(2, keys::Policy("0080ab"), "dmn");
  auto found = together_->Get(keys::Policy("0080ab"));
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ(**found, "dmn");
  auto absent = together_->Get(keys::Policy("0081ab"));
  ASSERT_TRUE(absent.ok());
  EXPECT_FALSE(absent->has_value());
}

TEST_F(PartitionedDatabaseTest, NothingCanBeWrittenToAllAtOnce) {
  Batch batch;
  batch.Put(keys::Municipality("0080"), "x");
  EXPECT_EQ(together_->Commit(&batch).code(), StatusCode::kInternal);
}

class CheckpointsTest : public testing::Test {
 protected:
  CheckpointsTest() { Reopen("data"); }

  void Reopen(const std::string& name) {
    database_.reset();
    auto database = Database::Open(folder_ / name, {});
    VROEGSEIN_CHECK(database.ok());
    database_ = std::move(*database);
  }
  void Apply(uint64_t offset) {
    Batch batch;
    batch.Put(keys::AppliedOffset(), keys::EncodeU64(offset));
    batch.Put("H0080", std::to_string(offset));
    ASSERT_TRUE(database_->Commit(&batch).ok());
  }
  bool Make() {
    auto made = checkpoints_.Make(database_.get());
    VROEGSEIN_CHECK(made.ok());
    return *made;
  }
  size_t count() const {
    auto all = std::filesystem::directory_iterator(folder_ / "map/003");
    return static_cast<size_t>(std::distance(begin(all), end(all)));
  }

  TemporaryFolder folder_;
  Checkpoints checkpoints_{folder_ / "map", 3, "een"};
  std::unique_ptr<Database> database_;
};

TEST_F(CheckpointsTest, AnEmptyDiskGetsTheLastOne) {
  EXPECT_FALSE(Make());  // there is nothing yet
  Apply(7);
  EXPECT_TRUE(Make());
  EXPECT_FALSE(Make());  // nothing was applied since
  Apply(9);
  EXPECT_TRUE(Make());
  Apply(11);
  EXPECT_EQ(*checkpoints_.Restore(folder_ / "elsewhere"), 9u);
  EXPECT_EQ(*checkpoints_.Restore(folder_ / "elsewhere"), 0u);  // it has a database now
  EXPECT_EQ(*checkpoints_.Restore(folder_ / "data"), 0u);
  Reopen("elsewhere");
  EXPECT_EQ(**database_->Get(keys::AppliedOffset()), keys::EncodeU64(9));
  EXPECT_EQ(**database_->Get("H0080"), "9");
  // What the restored one writes does not reach the checkpoint.
  Apply(20);
  ASSERT_TRUE(database_->RewriteFiles().ok());
  EXPECT_EQ(*checkpoints_.Restore(folder_ / "third"), 9u);
  Reopen("third");
  EXPECT_EQ(**database_->Get("H0080"), "9");
}

TEST_F(CheckpointsTest, OnlyTheLastAreKeptAndOneThatIsNotWholeIsNone) {
  for (uint64_t offset : {7, 8, 9, 10}) {
    Apply(offset);
    EXPECT_TRUE(Make());
  }
  EXPECT_EQ(count(), Checkpoints::kKept);
  std::filesystem::create_directories(folder_ / "map/003/bezig-een/db");
  std::filesystem::create_directories(folder_ / "map/003/bezig-twee/db");  // under way elsewhere
  EXPECT_EQ(*checkpoints_.Restore(folder_ / "elsewhere"), 10u);
  Apply(12);
  EXPECT_TRUE(Make());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "map/003/bezig-een"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "map/003/bezig-twee/db"));
  std::filesystem::remove_all(folder_ / "map/003/bezig-twee");
  EXPECT_EQ(count(), Checkpoints::kKept);
}

// Of a node that was killed, or has another name now: there are residents in it.
TEST_F(CheckpointsTest, WhatNobodyGoesOnWithIsRemoved) {
  auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(25);
  for (std::string node : {"weg", "bezig"}) {
    std::string busy = folder_ / "map/003/bezig-" + node;
    std::filesystem::create_directories(busy + "/db");
    if (node == "weg") std::filesystem::last_write_time(busy + "/db", old);
    std::filesystem::last_write_time(busy, old);
  }
  Apply(7);
  EXPECT_TRUE(Make());
  EXPECT_FALSE(std::filesystem::exists(folder_ / "map/003/bezig-weg"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "map/003/bezig-bezig"));
}

TEST_F(CheckpointsTest, AFolderThatCannotBeReadIsNoEmptyOne) {
  std::filesystem::create_directories(folder_ / "map");
  std::ofstream(folder_ / "map/003") << "no folder";
  EXPECT_EQ(checkpoints_.Restore(folder_ / "elsewhere").status().code(), StatusCode::kUnavailable);
}

class TakenOffsetsTest : public testing::Test {
 protected:
  using Ends = std::map<TopicPartition, int64_t>;
  const TopicPartition one_{"in.vitens", 0};
  const TopicPartition other_{"in.vitens", 1};
  TakenOffsets offsets_;
};

TEST_F(TakenOffsetsTest, NothingBehindTheFirstThatIsNotDoneIsCommitted) {
  for (int64_t offset : {5, 6, 7}) offsets_.Take(one_, offset);
  offsets_.Take(other_, 1);
  EXPECT_EQ(offsets_.Finished(), Ends());
  offsets_.Finish(one_, 6);
  offsets_.Finish(one_, 7);
  offsets_.Finish(other_, 1);
  EXPECT_EQ(offsets_.Finished(), (Ends{{other_, 2}}));
  EXPECT_EQ(offsets_.Span(one_), 3u);
  offsets_.Finish(one_, 5);
  EXPECT_EQ(offsets_.Finished(), (Ends{{one_, 8}}));
  EXPECT_EQ(offsets_.Finished(), Ends());
  EXPECT_EQ(offsets_.Span(one_), 0u);
}

TEST_F(TakenOffsetsTest, AnOffsetThatIsNotThereHoldsNothingUp) {
  offsets_.Take(one_, 5);
  offsets_.Take(one_, 9);
  offsets_.Finish(one_, 5);
  EXPECT_EQ(offsets_.Finished(), (Ends{{one_, 9}}));
  offsets_.Finish(one_, 9);
  EXPECT_EQ(offsets_.Finished(), (Ends{{one_, 10}}));
}

TEST_F(TakenOffsetsTest, WhatIsTakenAgainIsNotDone) {
  for (int64_t offset : {5, 6}) offsets_.Take(one_, offset);
  offsets_.Finish(one_, 6);
  offsets_.Take(one_, 6);
  offsets_.Finish(one_, 5);
  EXPECT_EQ(offsets_.Finished(), (Ends{{one_, 6}}));
  // Another member had it meanwhile, and less of it was done than here.
  offsets_.Take(one_, 3);
  EXPECT_EQ(offsets_.Finished(), Ends());
  offsets_.Finish(one_, 3);
  EXPECT_EQ(offsets_.Finished(), (Ends{{one_, 4}}));
  offsets_.Finish(one_, 2);  // it waited here all the while
  EXPECT_EQ(offsets_.Finished(), Ends());
}

}  // namespace
}  // namespace vroegsein
