// KafkaLog against librdkafka's mock of a broker: order, places, holes, versions and answers.
#include "store/kafka/kafka_log.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "store/keys.h"
#include "tests/kafka/mock_broker.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

constexpr std::chrono::milliseconds kWait{100};
constexpr int kTriesMax = 200;

// One broker for all, since it takes a second to end; each test has a topic of its own.
class KafkaLogTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { broker_ = std::make_unique<MockBroker>(); }
  static void TearDownTestSuite() { broker_.reset(); }

  KafkaLogTest() {
    options_.settings.brokers = broker_->address();
    options_.settings.prefix = testing::UnitTest::GetInstance()->current_test_info()->name();
    options_.instance = "instance";
    broker_->Make(options_.settings.LogTopic(), 2);
    Connect();
    EXPECT_TRUE(Open().ok());
  }

  void Connect() {
    log_.reset();
    cluster_.reset();
    auto cluster = KafkaCluster::Open(options_);
    VROEGSEIN_CHECK(cluster.ok());
    cluster_ = std::move(*cluster);
  }
  Status Open(uint32_t partition = 1, const std::string& folder = "data") {
    log_.reset();
    database_.reset();
    auto database = Database::Open(folder_ / folder, {});
    VROEGSEIN_CHECK(database.ok());
    database_ = std::move(*database);
    auto log = KafkaLog::Open(cluster_.get(), partition, database_.get(), {});
    if (log.ok()) log_ = std::move(*log);
    return log.status();
  }
  Status Append(int64_t recorded_ms) {
    Event event;
    event.set_municipality("0080");
    event.set_recorded_ms(recorded_ms);
    event.mutable_tick();
    return log_->Append(std::move(event), [this](const Outcome&) { ++answers_; });
  }
  // Bytes of somebody who is not us.
  void Produce(const std::string& bytes) {
    std::promise<bool> there;
    KafkaRecord record{options_.settings.LogTopic(), 1, "0080", bytes, {}};
    auto told = [&](const Result<KafkaProducer::Place>& place) { there.set_value(place.ok()); };
    ASSERT_TRUE(cluster_->producer().Send(record, told).ok());
    ASSERT_TRUE(there.get_future().get());
  }
  // What the desk does, until it has applied `count`; the times recorded, in order.
  Result<std::vector<int64_t>> Apply(size_t count) {
    std::vector<int64_t> times;
    for (int i = 0; i < kTriesMax && times.size() < count; ++i) {
      auto taken = log_->Take(10, kWait);
      if (!taken.ok()) return taken.status();
      if (taken->empty()) continue;
      Batch batch;
      log_->AddTo(&batch, *taken);
      batch.Put(keys::AppliedOffset(), keys::EncodeU64(taken->back().offset));
      VROEGSEIN_CHECK(database_->Commit(&batch).ok());
      for (const LogEntry& entry : *taken) {
        times.push_back(entry.event.recorded_ms());
        if (entry.done) entry.done(Outcome());
      }
    }
    return times;
  }
  StatusCode CodeOfApply() { return Apply(1).status().code(); }

  TemporaryFolder folder_;
  static inline std::unique_ptr<MockBroker> broker_;
  KafkaCluster::Options options_;
  std::unique_ptr<KafkaCluster> cluster_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<KafkaLog> log_;
  std::atomic<int> answers_ = 0;
};

using Times = std::vector<int64_t>;

TEST_F(KafkaLogTest, KeepsTheOrderAndAnswersOverARestart) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(Append(i).ok());
  auto first = Apply(3);
  ASSERT_TRUE(first.ok()) << first.status().message();
  EXPECT_EQ(*first, (Times{1, 2, 3}));
  cluster_->producer().Close();  // whatever was acknowledged has been told by now
  EXPECT_EQ(answers_, 3);
  Connect();
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append(4).ok());
  auto second = Apply(1);
  ASSERT_TRUE(second.ok()) << second.status().message();
  EXPECT_EQ(*second, (Times{4}));
}

TEST_F(KafkaLogTest, AnotherFolderSeesTheSame) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(Append(i).ok());
  ASSERT_TRUE(Apply(3).ok());
  ASSERT_TRUE(Open(1, "other").ok());
  EXPECT_EQ(log_->waiting(), 3u);
  auto again = Apply(3);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, (Times{1, 2, 3}));
  EXPECT_EQ(log_->waiting(), 0u);
}

TEST_F(KafkaLogTest, ARecordOfANewerVersionStopsItBehindWhatCameBefore) {
  ASSERT_TRUE(Append(1).ok());
  ASSERT_TRUE(Apply(1).ok());
  Event newer;
  newer.set_version(kEventVersion + 1);
  Produce(newer.SerializeAsString());
  EXPECT_EQ(CodeOfApply(), StatusCode::kDataLoss);
  EXPECT_EQ(CodeOfApply(), StatusCode::kDataLoss);
  auto applied = database_->Get(keys::AppliedOffset());
  ASSERT_TRUE(applied.ok() && applied->has_value());
  EXPECT_EQ(keys::DecodeU64(**applied), 1u);
}

TEST_F(KafkaLogTest, WhatCannotBeReadStopsIt) {
  Produce("\xff\xff no event");
  EXPECT_EQ(CodeOfApply(), StatusCode::kDataLoss);
}

TEST_F(KafkaLogTest, AFolderIsOfOnePartition) {
  ASSERT_TRUE(Append(1).ok());
  ASSERT_TRUE(Apply(1).ok());
  EXPECT_EQ(Open(0).code(), StatusCode::kInvalid);
  EXPECT_EQ(Open(1).code(), StatusCode::kOk);
}

TEST_F(KafkaLogTest, AFolderWithALogOfItsOwnIsRefused) {
  Batch batch;
  batch.Put(keys::AppliedOffset(), keys::EncodeU64(1));
  ASSERT_TRUE(database_->Commit(&batch).ok());
  EXPECT_EQ(Open().code(), StatusCode::kInvalid);
}

TEST_F(KafkaLogTest, AFolderThatIsAheadOfTheTopicIsRefused) {
  ASSERT_TRUE(Append(1).ok());
  ASSERT_TRUE(Apply(1).ok());
  Batch batch;
  batch.Put(keys::AppliedOffset(), keys::EncodeU64(5));
  ASSERT_TRUE(database_->Commit(&batch).ok());
  EXPECT_EQ(Open().code(), StatusCode::kDataLoss);
}

TEST_F(KafkaLogTest, AnotherTopicOfTheSameNameIsSeen) {
  ASSERT_TRUE(Append(1).ok());
  ASSERT_TRUE(Apply(1).ok());
  auto bytes = database_->Get(keys::LogPlace());
  ASSERT_TRUE(bytes.ok() && bytes->has_value());
  LogPlace place;
  ASSERT_TRUE(place.ParseFromString(**bytes));
  place.set_digest("another record!!");
  Batch batch;
  batch.Put(keys::LogPlace(), place.SerializeAsString());
  ASSERT_TRUE(database_->Commit(&batch).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(CodeOfApply(), StatusCode::kDataLoss);
}

// More than may be under way at once.
TEST_F(KafkaLogTest, SendingManyWaitsForRoom) {
  std::vector<KafkaRecord> records(
      90, {options_.settings.LogTopic(), 1, "0080", std::string(900'000, 'x'), {}});
  ASSERT_GT(records.size() * records[0].value.size(), KafkaProducer::kUnderWayBytesMax);
  auto places = cluster_->producer().SendAll(records);
  ASSERT_TRUE(places.ok()) << places.status().message();
  EXPECT_EQ(places->back().offset, 89);
}

TEST_F(KafkaLogTest, AfterAFatalErrorTheProducerIsMadeAnew) {
  ASSERT_TRUE(Append(1).ok());
  ASSERT_TRUE(Apply(1).ok());
  cluster_->producer().BreakForTest();
  // Refused until there is a new producer: what is refused was not taken.
  Status appended = Append(2);
  for (int i = 0; i < kTriesMax && !appended.ok(); ++i) {
    ASSERT_TRUE(log_->Take(1, kWait).ok());
    appended = Append(2);
  }
  ASSERT_TRUE(appended.ok()) << appended.message();
  auto again = Apply(1);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, (Times{2}));
}

TEST_F(KafkaLogTest, ClosedItTakesNothingMore) {
  log_->Close();
  EXPECT_EQ(Append(1).code(), StatusCode::kUnavailable);
}

TEST(KafkaClusterTest, SaysWhatIsMissing) {
  MockBroker broker;
  KafkaCluster::Options options;
  options.instance = "instance";
  options.settings.brokers = broker.address();
  options.settings.tls = true;
  options.settings.ca_file = "/nowhere/ca.pem";
  EXPECT_EQ(KafkaCluster::Open(options).status().code(), StatusCode::kInvalid);
  options.settings.tls = false;
  options.settings.sasl_mechanism = "NONSENSE";
  EXPECT_EQ(KafkaCluster::Open(options).status().code(), StatusCode::kInvalid);
}

// Puts the same bytes on both partitions, in one of them at another time by the broker's clock.
void ProduceAt(const std::string& brokers, const std::string& topic, const std::string& bytes,
               std::chrono::hours off) {
  rd_kafka_conf_t* config = rd_kafka_conf_new();
  rd_kafka_conf_set(config, "bootstrap.servers", brokers.c_str(), nullptr, 0);
  rd_kafka_t* producer = rd_kafka_new(RD_KAFKA_PRODUCER, config, nullptr, 0);
  ASSERT_NE(producer, nullptr);
  int64_t now_ms = 1'795'000'000'000;
  int64_t off_ms = std::chrono::milliseconds(off).count();
  for (int32_t partition : {0, 1}) {
    auto sent = rd_kafka_producev(
        producer, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
        RD_KAFKA_V_VALUE(const_cast<char*>(bytes.data()), bytes.size()),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_TIMESTAMP(now_ms + (partition == 1 ? off_ms : 0)), RD_KAFKA_V_END);
    ASSERT_EQ(sent, RD_KAFKA_RESP_ERR_NO_ERROR);
  }
  EXPECT_EQ(rd_kafka_flush(producer, 10'000), RD_KAFKA_RESP_ERR_NO_ERROR);
  rd_kafka_destroy(producer);
}

// Time comes from the events: an hour more or less on a broker's clock gives the desk the same.
TEST_F(KafkaLogTest, ABrokersClockIsNobodys) {
  for (int hours : {-1, 1, 0}) {
    Event event;
    event.set_version(kEventVersion);
    event.set_municipality("0080");
    event.set_recorded_ms(5'000 + hours);
    event.mutable_tick();
    ProduceAt(broker_->address(), options_.settings.LogTopic(), event.SerializeAsString(),
              std::chrono::hours(hours));
  }
  std::vector<std::vector<std::pair<uint64_t, std::string>>> seen(2);
  for (uint32_t partition : {0u, 1u}) {
    ASSERT_TRUE(Open(partition, "data" + std::to_string(partition)).ok());
    for (int i = 0; i < kTriesMax && seen[partition].size() < 3; ++i) {
      auto taken = log_->Take(10, kWait);
      ASSERT_TRUE(taken.ok());
      for (const LogEntry& entry : *taken) seen[partition].emplace_back(entry.offset, entry.bytes);
    }
  }
  EXPECT_EQ(seen[0].size(), 3u);
  EXPECT_EQ(seen[0], seen[1]);
}

}  // namespace
}  // namespace vroegsein
