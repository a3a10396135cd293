// What RocksDB says, in our words. The one place that knows both.
#pragma once

#include "ingest/status.h"

namespace rocksdb {
class Status;
}

namespace vroegsein {

// kNotFound is translated too, but Database::Get() never lets it out as an error.
Status FromRocksDb(const rocksdb::Status& status);

}  // namespace vroegsein
