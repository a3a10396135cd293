#include "store/rocksdb_status.h"

#include <rocksdb/status.h>

namespace vroegsein {

Status FromRocksDb(const rocksdb::Status& status) {
  if (status.ok()) return Status::Ok();
  std::string text = status.ToString();
  if (status.IsNotFound()) return Status::NotFound(text);
  if (status.IsNoSpace()) return Status::Exhausted("no space left on the disk: " + text);
  if (status.IsBusy() || status.IsTimedOut() || status.IsTryAgain())
    return Status::Unavailable(text);
  if (status.IsInvalidArgument() || status.IsNotSupported()) return Status::Internal(text);
  if (text.find("No space left") != std::string::npos) {
    return Status::Exhausted("no space left on the disk: " + text);
  }
  return Status::DataLoss(text);
}

}  // namespace vroegsein
