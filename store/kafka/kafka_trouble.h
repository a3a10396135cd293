// What is wrong with the way to the brokers, in words that say where to look: which setting, or
// which side. What librdkafka or a broker says itself is read, and never passed on.
//
// A pure function. kForbidden does not pass by itself; everything else may.
#pragma once

#include <string_view>

#include "ingest/status.h"

namespace vroegsein {

// `error` is an rd_kafka_resp_err_t, `reason` librdkafka's own text, `certificate` what OpenSSL
// found wrong with the brokers' certificate (X509_V_ERR_...), 0 for nothing.
Status KafkaTrouble(int error, std::string_view reason, int certificate);

}  // namespace vroegsein
