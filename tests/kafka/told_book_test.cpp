// ToldBook against librdkafka's mock of a broker: what is read of a topic, and what need not be.
#include "alerts/topics/told_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/kafka/mock_broker.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr char kTopic[] = "taken";
constexpr int kPartitions = 2;

class ToldBookTest : public testing::Test {
 protected:
  ToldBookTest() {
    settings_.brokers = broker_.address();
    broker_.Make(kTopic, kPartitions);
    auto producer = KafkaProducer::Open(settings_, [](const std::string&) {});
    VROEGSEIN_CHECK(producer.ok());
    producer_ = std::move(*producer);
    Open();
  }

  void Open() {
    book_.reset();
    auto book = ToldBook::Open(settings_, folder_ / "");
    VROEGSEIN_CHECK(book.ok());
    book_ = std::move(*book);
  }
  // As somebody else would.
  std::vector<KafkaProducer::Place> Send(int32_t partition, const std::vector<std::string>& ids) {
    std::vector<KafkaRecord> records;
    for (const std::string& id : ids) {
      records.push_back({kTopic, partition, "0080", R"({"id":")" + id + R"(","data":{}})", {}});
    }
    auto places = producer_->SendAll(records);
    EXPECT_TRUE(places.ok()) << places.status().message();
    return places.ok() ? *places : std::vector<KafkaProducer::Place>();
  }
  void Tell(int32_t partition, const std::vector<std::string>& ids) {
    book_->Told(kTopic, Send(partition, ids));
    EXPECT_TRUE(book_->Write(true).ok());
  }
  std::vector<std::string> Read() {
    std::vector<std::string> ids;
    Status read = book_->CatchUp(kTopic, [&](const std::string& id, std::string_view) {
      ids.push_back(id);
      return Status::Ok();
    });
    EXPECT_TRUE(read.ok()) << read.message();
    return ids;
  }

  TemporaryFolder folder_;
  MockBroker broker_;
  KafkaSettings settings_;
  std::unique_ptr<KafkaProducer> producer_;
  std::unique_ptr<ToldBook> book_;
};

TEST_F(ToldBookTest, ReadsWhatCameSinceTheLastTime) {
  Send(0, {"a", "b"});
  Send(1, {"c"});
  EXPECT_THAT(Read(), UnorderedElementsAre("a", "b", "c"));
  EXPECT_THAT(Read(), ElementsAre());
  Send(1, {"d"});
  Open();
  EXPECT_THAT(Read(), ElementsAre("d"));
}

TEST_F(ToldBookTest, WhatItToldItselfIsNotRead) {
  EXPECT_THAT(Read(), ElementsAre());
  Tell(0, {"a", "b"});
  Tell(1, {"c"});
  EXPECT_THAT(Read(), ElementsAre());
  Tell(0, {"d"});
  Open();
  EXPECT_THAT(Read(), ElementsAre());
}

TEST_F(ToldBookTest, WhatAnotherToldInBetweenIsReadAndWhatCameBehindItToo) {
  EXPECT_THAT(Read(), ElementsAre());
  Tell(0, {"a"});
  Send(0, {"other"});
  Tell(0, {"b"});
  Tell(1, {"c"});
  EXPECT_THAT(Read(), ElementsAre("other", "b"));
  Tell(0, {"d"});
  EXPECT_THAT(Read(), ElementsAre());
}

// Before it has read a topic it does not know what others told there.
TEST_F(ToldBookTest, WithoutHavingReadItReadsItsOwnToo) {
  Tell(0, {"a"});
  EXPECT_THAT(Read(), ElementsAre("a"));
}

}  // namespace
}  // namespace vroegsein
