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
  // A file that cannot be opened comes back as an invalid argument, with the reason in it.
  bool of_the_disk = text.find("IO error") != std::string::npos;
  bool of_the_call = status.IsInvalidArgument() || status.IsNotSupported();
  if (of_the_call && !of_the_disk) return Status::Internal(text);
  if (text.find("No space left") != std::string::npos) {
    return Status::Exhausted("no space left on the disk: " + text);
  }
  return Status::DataLoss(text);
}

}  // namespace vroegsein
