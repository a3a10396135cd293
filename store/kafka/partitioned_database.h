// PartitionedDatabase: several data folders, each with its own municipalities, read as one.
//
// A key of a municipality is looked up in its partition's folder, a policy by its hash in each; a
// scan over more than one municipality goes through the folders in turn, so that its order holds
// within each. It borrows the folders and cannot be written: Commit() says kInternal.
// Threads: any.
#pragma once

#include <vector>

#include "store/database.h"

namespace vroegsein {

class PartitionedDatabase final : public Database {
 public:
  // In the order of their partitions; all must outlive it. REQUIRES: at least one.
  explicit PartitionedDatabase(std::vector<const Database*> partitions);

  Result<std::optional<std::string>> Get(std::string_view key) const override;
  Status Scan(std::string_view begin, std::string_view end, const Each& each) const override;
  uint64_t ApproximateBytes() const override;

 private:
  // The one folder that has such keys; nullptr when any may.
  const Database* HomeOf(std::string_view key) const;

  const std::vector<const Database*> partitions_;
};

}  // namespace vroegsein
