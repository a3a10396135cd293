// MockBroker: librdkafka's own mock of a broker, on a free loopback port.
#pragma once

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <string>

#include "ingest/status.h"

namespace vroegsein {

class MockBroker {
 public:
  MockBroker() {
    rd_kafka_conf_t* config = rd_kafka_conf_new();
    rd_kafka_conf_set(config, "log_level", "0", nullptr, 0);
    handle_ = rd_kafka_new(RD_KAFKA_PRODUCER, config, nullptr, 0);
    VROEGSEIN_CHECK(handle_ != nullptr);
    cluster_ = rd_kafka_mock_cluster_new(handle_, 1);
    VROEGSEIN_CHECK(cluster_ != nullptr);
  }
  ~MockBroker() {
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(handle_);
  }
  void Make(const std::string& topic, int partitions) {
    VROEGSEIN_CHECK(rd_kafka_mock_topic_create(cluster_, topic.c_str(), partitions, 1) == 0);
  }
  std::string address() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }

 private:
  rd_kafka_t* handle_;
  rd_kafka_mock_cluster_t* cluster_;
};

}  // namespace vroegsein
