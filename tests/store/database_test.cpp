#include "store/database.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <fstream>
#include <map>
#include <random>

#include "store/keys.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

std::unique_ptr<Database> Open(const std::string& folder) {
  auto database = Database::Open(folder, {});
  VROEGSEIN_CHECK(database.ok());
  return std::move(*database);
}

using Pairs = std::map<std::string, std::string>;

Pairs ScanOf(const Database& database, const std::string& begin, const std::string& end) {
  Pairs found;
  std::string last;
  Status scanned = database.Scan(begin, end, [&](std::string_view key, std::string_view value) {
    EXPECT_GT(key, last);
    last = key;
    found.emplace(key, value);
    return true;
  });
  EXPECT_TRUE(scanned.ok());
  return found;
}

// Keys of the indexes stand apart from the rest, and nobody may see it.
class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest() : database_(Open(folder_ / "data")) {
    expected_ = ScanOf(*database_, "", "\xff");
    EXPECT_EQ(expected_.size(), 1u);  // the layout
  }

  std::string RandomKey() {
    static const std::string kKinds = "ABEHKLOPQSTVZ";
    std::string key(1, kKinds[random_() % kKinds.size()]);
    for (size_t size = random_() % 3; size > 0; --size)
      key += static_cast<char>('0' + random_() % 4);
    return key == "V" ? "W" : key;
  }
  void ChangeSome() {
    Batch batch;
    for (int i = 0; i < 40; ++i) {
      std::string key = RandomKey(), value = std::to_string(random_() % 1'000);
      if (random_() % 3 == 0) {
        batch.Delete(key);
        expected_.erase(key);
      } else {
        batch.Put(key, value);
        expected_[key] = value;
      }
    }
    EXPECT_GT(batch.bytes(), 0u);
    ASSERT_TRUE(database_->Commit(&batch).ok());
  }
  void ExpectAsExpected(const Database& database) {
    EXPECT_EQ(ScanOf(database, "", "\xff"), expected_);
    for (int i = 0; i < 30; ++i) {
      std::string begin = RandomKey(), end = RandomKey();
      if (end < begin) std::swap(begin, end);
      EXPECT_EQ(ScanOf(database, begin, end),
                Pairs(expected_.lower_bound(begin), expected_.lower_bound(end)));
      auto known = expected_.find(begin);
      auto found = database.Get(begin);
      ASSERT_TRUE(found.ok());
      EXPECT_EQ(found->value_or("none"), known == expected_.end() ? "none" : known->second);
    }
  }

  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
  Pairs expected_;
  std::mt19937 random_{3};
};

TEST_F(DatabaseTest, EveryKeyIsFoundInItsOrder) {
  for (int round = 0; round < 20; ++round) {
    ChangeSome();
    ExpectAsExpected(*database_);
    if (round % 5 == 3) {
      database_.reset();
      database_ = Open(folder_ / "data");
    }
    if (round % 7 == 5) {
      ASSERT_TRUE(database_->RewriteFiles().ok());
    }
  }
}

TEST_F(DatabaseTest, AScanEndsWhenItIsEnough) {
  ChangeSome();
  ChangeSome();
  for (size_t most = 1; most < expected_.size(); ++most) {
    size_t seen = 0;
    ASSERT_TRUE(database_->Scan("", "\xff", [&](auto, auto) { return ++seen < most; }).ok());
    EXPECT_EQ(seen, most);
  }
}

TEST_F(DatabaseTest, ACopyHasEverything) {
  ChangeSome();
  ASSERT_TRUE(database_->RewriteFiles().ok());
  ChangeSome();
  std::filesystem::create_directory(folder_ / "copy");
  ASSERT_TRUE(database_->CopyTo(folder_ / "copy/db").ok());
  ExpectAsExpected(*Open(folder_ / "copy"));
}

TEST_F(DatabaseTest, EntriesOfIndexesAreCountedAlone) {
  Batch batch;
  for (int i = 0; i < 100; ++i) batch.Put("H" + std::to_string(i), "x");
  for (int i = 0; i < 30; ++i) batch.Put("P" + std::to_string(i), "x");
  ASSERT_TRUE(database_->Commit(&batch).ok());
  EXPECT_EQ(database_->ApproximateIndexKeys(), 30u);
}

TEST_F(DatabaseTest, WhatAnErasureRewroteIsInNoFile) {
  Batch batch;
  batch.Put("P1", "een geheim dat weg moet");
  batch.Put("H1", "nog een geheim dat weg moet");
  ASSERT_TRUE(database_->Commit(&batch).ok());
  batch.Delete("P1");
  batch.Delete("H1");
  ASSERT_TRUE(database_->Commit(&batch).ok());
  ASSERT_TRUE(database_->RewriteFiles().ok());
  for (const auto& file : std::filesystem::directory_iterator(folder_ / "data/db")) {
    std::ifstream in(file.path(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(bytes.find("geheim dat weg"), std::string::npos) << file.path();
  }
}

// As folders were made before the indexes had a place of their own.
void MakeWithoutIndexes(const std::string& folder, bool with_layout) {
  std::filesystem::create_directories(folder);
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, folder + "/db", &opened).ok());
  std::unique_ptr<rocksdb::DB> db(opened);
  if (!with_layout) return;
  ASSERT_TRUE(db->Put(rocksdb::WriteOptions(), keys::Layout(), keys::EncodeU64(7)).ok());
}

TEST(OlderDatabase, IsRefusedAndLeftAsItWas) {
  TemporaryFolder folder;
  MakeWithoutIndexes(folder / "data", true);
  auto opened = Database::Open(folder / "data", {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.status().code(), StatusCode::kDataLoss);
  EXPECT_NE(opened.status().message().find("another version"), std::string::npos);
  std::vector<std::string> families;
  std::string place = folder / "data/db";
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, place, &families).ok());
  EXPECT_EQ(families.size(), 1u);
}

TEST(OlderDatabase, AFirstOpeningThatWasCutOffIsDoneAgain) {
  TemporaryFolder folder;
  MakeWithoutIndexes(folder / "data", false);
  EXPECT_TRUE(Database::Open(folder / "data", {}).ok());
}

}  // namespace
}  // namespace vroegsein
