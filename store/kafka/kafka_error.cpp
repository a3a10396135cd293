#include "store/kafka/kafka_error.h"

#include <librdkafka/rdkafka.h>

namespace vroegsein {
namespace {

StatusCode CodeOf(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART: return StatusCode::kNotFound;
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: return StatusCode::kConflict;
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED: return StatusCode::kForbidden;
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE: return StatusCode::kExhausted;
    // Records that were there are not, or cannot be read.
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
    case RD_KAFKA_RESP_ERR__BAD_MSG:
    case RD_KAFKA_RESP_ERR__BAD_COMPRESSION:
    case RD_KAFKA_RESP_ERR_INVALID_MSG: return StatusCode::kDataLoss;
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG: return StatusCode::kInvalid;
    case RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED:
    case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
    case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION: return StatusCode::kInternal;
    // A broker that is away, a leader that moves, a queue that is full.
    default: return StatusCode::kUnavailable;
  }
}

}  // namespace

Status FromKafka(int error) {
  auto known = static_cast<rd_kafka_resp_err_t>(error);
  if (known == RD_KAFKA_RESP_ERR_NO_ERROR) return Status::Ok();
  return Status(CodeOf(known), std::string("Kafka: ") + rd_kafka_err2name(known));
}

}  // namespace vroegsein
