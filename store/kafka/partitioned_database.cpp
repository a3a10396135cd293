#include "store/kafka/partitioned_database.h"

#include "store/kafka/partition.h"
#include "store/keys.h"

namespace vroegsein {

PartitionedDatabase::PartitionedDatabase(std::vector<const Database*> partitions)
    : partitions_(std::move(partitions)) {
  VROEGSEIN_CHECK(!partitions_.empty());
}

const Database* PartitionedDatabase::HomeOf(std::string_view key) const {
  auto municipality = keys::MunicipalityOf(key);
  if (!municipality) return nullptr;
  return partitions_[PartitionOf(*municipality, static_cast<uint32_t>(partitions_.size()))];
}

Result<std::optional<std::string>> PartitionedDatabase::Get(std::string_view key) const {
  if (const Database* home = HomeOf(key)) return home->Get(key);
  Status failed;
  for (const Database* partition : partitions_) {
    auto found = partition->Get(key);
    if (found.ok() && found->has_value()) return found;
    if (!found.ok()) failed = found.status();
  }
  // Where one does not answer, it may be there.
  if (!failed.ok()) return failed;
  return std::optional<std::string>();
}

Status PartitionedDatabase::Scan(std::string_view begin, std::string_view end,
                                 const Each& each) const {
  const Database* home = HomeOf(begin);
  bool within = home != nullptr && end <= keys::After(std::string(keys::MunicipalityPrefix(begin)));
  if (within) return home->Scan(begin, end, each);
  bool more = true;
  auto until_enough = [&](std::string_view key, std::string_view value) {
    more = each(key, value);
    return more;
  };
  for (const Database* partition : partitions_) {
    VROEGSEIN_RETURN_IF_ERROR(partition->Scan(begin, end, until_enough));
    if (!more) break;
  }
  return Status::Ok();
}

uint64_t PartitionedDatabase::ApproximateBytes() const {
  uint64_t bytes = 0;
  for (const Database* partition : partitions_) bytes += partition->ApproximateBytes();
  return bytes;
}

}  // namespace vroegsein
