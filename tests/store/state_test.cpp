#include "store/state.h"

#include <gtest/gtest.h>

#include "store/keys.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

class StateTest : public testing::Test {
 protected:
  StateTest() { Open(); }

  void Open() {
    database_.reset();
    auto database = Database::Open(folder_ / "data", {});
    VROEGSEIN_CHECK(database.ok());
    database_ = std::move(*database);
    state_ = std::make_unique<State>(database_.get(), options_);
  }
  void Commit() {
    Batch batch;
    state_->AddTo(&batch, ++offset_);
    ASSERT_TRUE(database_->Commit(&batch).ok());
  }
  HouseholdRecord* Make() {
    auto made = state_->MakeHousehold("0080");
    VROEGSEIN_CHECK(made.ok());
    return *made;
  }
  HouseholdRecord* Find(uint64_t number) {
    auto found = state_->FindHousehold({"0080", number});
    VROEGSEIN_CHECK(found.ok());
    return *found;
  }

  std::vector<uint64_t> Sharing(const keys::IndexKey& key) {
    auto sharing = state_->Sharing(key);
    VROEGSEIN_CHECK(sharing.ok());
    return {sharing->begin(), sharing->end()};
  }

  TemporaryFolder folder_;
  StateOptions options_;
  uint64_t offset_ = 0;
  std::unique_ptr<Database> database_;
  std::unique_ptr<State> state_;
};

TEST_F(StateTest, NumbersGoOnAfterARestart) {
  EXPECT_EQ(Make()->number(), 1u);
  EXPECT_EQ(Make()->number(), 2u);
  Commit();
  Open();
  EXPECT_EQ(Make()->number(), 3u);
}

TEST_F(StateTest, WhatWasNotCommittedNeverWas) {
  Make();
  Open();
  EXPECT_EQ(Find(1), nullptr);
  EXPECT_EQ(Make()->number(), 1u);
}

TEST_F(StateTest, ChangesAreSeenBeforeAndAfterTheCommit) {
  HouseholdRecord* household = Make();
  Commit();
  household = Find(1);
  household->set_cases_given(7);
  state_->Changed(*household);
  EXPECT_EQ(Find(1)->cases_given(), 7u);
  Commit();
  Open();
  EXPECT_EQ(Find(1)->cases_given(), 7u);
}

TEST_F(StateTest, AnErasedHouseholdIsGoneAtOnceAndForGood) {
  Make();
  Commit();
  state_->Erase({"0080", 1});
  EXPECT_EQ(Find(1), nullptr);
  Commit();
  EXPECT_EQ(Find(1), nullptr);
  Open();
  EXPECT_EQ(Find(1), nullptr);
}

TEST_F(StateTest, TheCacheIsBoundedAndForgetsNothingThatCounts) {
  options_.cached_households_max = 2;
  Open();
  for (int i = 0; i < 10; ++i) Make()->set_cases_given(static_cast<uint32_t>(i));
  Commit();
  for (uint64_t i = 1; i <= 10; ++i) EXPECT_EQ(Find(i)->cases_given(), i - 1);
}

TEST_F(StateTest, WhatAnEventChangedIsThereForTheNext) {
  options_.cached_households_max = 1;
  Open();
  for (int i = 0; i < 5; ++i) {
    Make()->set_cases_given(static_cast<uint32_t>(i));
    state_->EndEvent();
  }
  for (uint64_t number = 1; number <= 5; ++number) {
    HouseholdRecord* household = Find(number);
    ASSERT_NE(household, nullptr);
    EXPECT_EQ(household->cases_given(), number - 1);
    household->set_cases_given(10);
    state_->Changed(*household);
    state_->EndEvent();
  }
  state_->Erase({"0080", 2});
  state_->EndEvent();
  EXPECT_EQ(Find(2), nullptr);
  auto again = state_->MakeHousehold(HouseholdId{"0080", 2});
  ASSERT_TRUE(again.ok());
  (*again)->set_cases_given(20);
  state_->EndEvent();
  state_->Erase({"0080", 3});
  Commit();
  Open();
  EXPECT_EQ(Find(1)->cases_given(), 10u);
  EXPECT_EQ(Find(2)->cases_given(), 20u);
  EXPECT_EQ(Find(3), nullptr);
}

TEST_F(StateTest, KeysMergesWhatIsWrittenWithWhatIsNot) {
  state_->Put("Ea", "");
  state_->Put("Ec", "");
  Commit();
  state_->Put("Eb", "");
  state_->Delete("Ec");
  state_->Put("Ed", "");
  auto found = state_->Keys("E", "F", 100);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(*found, (std::vector<std::string>{"Ea", "Eb", "Ed"}));
  auto first = state_->Keys("E", "F", 2);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(*first, (std::vector<std::string>{"Ea", "Eb"}));
}

TEST_F(StateTest, SharingForgetsTheKeyWithItsLastHousehold) {
  keys::IndexKey key = keys::Customer("0080", "vitens", "77");
  ASSERT_TRUE(state_->Share(key, 1).ok());
  ASSERT_TRUE(state_->Share(key, 2).ok());
  ASSERT_TRUE(state_->Share(key, 1).ok());
  EXPECT_EQ(Sharing(key), (std::vector<uint64_t>{1, 2}));
  Commit();
  EXPECT_TRUE(database_->Get(keys::Index(key))->has_value());
  ASSERT_TRUE(state_->Unshare(key, 1).ok());
  ASSERT_TRUE(state_->Unshare(key, 2).ok());
  EXPECT_EQ(Sharing(key), std::vector<uint64_t>{});
  Commit();
  EXPECT_FALSE(database_->Get(keys::Index(key))->has_value());
}

// Whether the whole index is in memory, a part of it, or next to nothing.
TEST_F(StateTest, WhoSharesAKeyIsTheSameWhateverIsCached) {
  constexpr uint64_t kKeys = 1'400;
  for (size_t most : {size_t{2}, size_t{500}, size_t{100'000}}) {
    options_.cached_indexes_max = most;
    Open();
    for (uint64_t round = 1; round <= 3; ++round) {
      for (uint64_t number = 0; number < kKeys; number += round) {
        // Some differ only in the municipality.
        keys::IndexKey key = keys::Person(number % 2 == 0 ? "0080" : "0081", number / 2);
        ASSERT_TRUE(state_->Share(key, most * 10 + round, 16).ok());
        if (number % 700 == 0) Commit();
      }
    }
    Commit();
    Open();
    for (uint64_t number = 0; number < kKeys; number += 7) {
      keys::IndexKey key = keys::Person(number % 2 == 0 ? "0080" : "0081", number / 2);
      size_t wanted = size_t{1} + (number % 2 == 0) + (number % 3 == 0);
      auto sharing = Sharing(key);
      std::erase_if(sharing, [&](uint64_t one) { return one / 10 != most; });
      EXPECT_EQ(sharing.size(), wanted) << number << " with " << most;
    }
    EXPECT_EQ(Sharing(keys::Person("0082", 1)), std::vector<uint64_t>{});
    EXPECT_EQ(Sharing(keys::Customer("0080", "vitens", "77")), std::vector<uint64_t>{});
  }
}

TEST_F(StateTest, ADamagedIndexIsSaid) {
  keys::IndexKey key = keys::Customer("0080", "vitens", "77");
  HouseholdNumbers impossible;
  impossible.add_numbers(uint64_t{1} << 60);
  for (const auto& [at, value] : {std::pair<std::string, std::string>{keys::Index(key), "\x0a"},
                                  {keys::Index(key), impossible.SerializeAsString()},
                                  {"K00x0aaaabbbb", ""}}) {
    Batch batch;
    batch.Delete(keys::Index(key));
    batch.Put(at, value);
    ASSERT_TRUE(database_->Commit(&batch).ok());
    Open();
    EXPECT_EQ(state_->Sharing(key).status().code(), StatusCode::kDataLoss) << at;
  }
}

TEST_F(StateTest, ASecondProcessIsTold) {
  auto second = Database::Open(folder_ / "data", {});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), StatusCode::kUnavailable);
}

TEST_F(StateTest, AFolderOfANewerVersionIsLeftAlone) {
  Batch batch;
  batch.Put(keys::Layout(), keys::EncodeU64(keys::kLayoutVersion + 1));
  ASSERT_TRUE(database_->Commit(&batch).ok());
  state_.reset();
  database_.reset();
  auto opened = Database::Open(folder_ / "data", {});
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.status().code(), StatusCode::kDataLoss);
}

TEST(Database, AFolderThatMustExistIsNotMade) {
  TemporaryFolder folder;
  DatabaseOptions options;
  options.must_exist = true;
  auto opened = Database::Open(folder / "nothing", options);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.status().code(), StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder / "nothing"));
}

// Whatever the caches hold: nothing parsed, nothing in bytes, or all.
TEST_F(StateTest, AHouseholdReadsAsItWasWrittenWhateverIsCached) {
  for (size_t bytes : {size_t{1'024}, size_t{1} << 20}) {
    options_.cached_households_max = 1;
    options_.household_bytes_max = bytes;
    Open();
    std::vector<uint64_t> numbers;
    for (int i = 0; i < 50; ++i) numbers.push_back(Make()->number());
    for (int round = 0; round < 3; ++round) {
      Commit();
      for (uint64_t number : numbers) {
        HouseholdRecord* household = Find(number);
        ASSERT_NE(household, nullptr);
        EXPECT_EQ(household->number(), number);
        EXPECT_EQ(household->addresses_size(), round);
        household->add_addresses()->set_postcode(std::string(100, 'k'));
        state_->Changed(*household);
      }
    }
    state_->Erase({"0080", numbers[7]});
    Commit();
    Make();
    Commit();
    EXPECT_EQ(Find(numbers[7]), nullptr);
    Open();
    EXPECT_EQ(Find(numbers[7]), nullptr);
    EXPECT_EQ(Find(numbers[8])->addresses_size(), 3);
  }
}

TEST_F(StateTest, AnErasedHouseholdComesBackUnderItsNumber) {
  Make()->set_cases_given(3);
  Commit();
  state_->Erase({"0080", 1});
  auto at_once = state_->MakeHousehold(HouseholdId{"0080", 1});
  ASSERT_TRUE(at_once.ok());
  EXPECT_EQ((*at_once)->cases_given(), 0u);
  state_->Erase({"0080", 1});
  Commit();
  Open();
  EXPECT_EQ(Find(1), nullptr);
  ASSERT_TRUE(state_->MakeHousehold(HouseholdId{"0080", 1}).ok());
  Commit();
  Open();
  EXPECT_NE(Find(1), nullptr);
  EXPECT_EQ(Make()->number(), 2u);
}

TEST_F(StateTest, ANumberThatWasNeverGivenOutIsNobody) {
  EXPECT_EQ(Find(uint64_t{1} << 48), nullptr);
  EXPECT_EQ(Find(~uint64_t{0}), nullptr);
}

}  // namespace
}  // namespace vroegsein
