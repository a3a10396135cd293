// The one place where librdkafka's errors become ours. `error` is an rd_kafka_resp_err_t.
//
// The text is librdkafka's own name of the error: never what a broker said about a record.
#pragma once

#include "ingest/status.h"

namespace vroegsein {

Status FromKafka(int error);

}  // namespace vroegsein
