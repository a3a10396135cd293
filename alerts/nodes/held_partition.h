// A partition that this node has, and others too: read and appended to here, unless this node
// stands aside. Then its own copy is old, or its desk is stuck, and who is asked is another that is
// there. Where none of those answers a read, what is here is better than nothing.
//
// What they only point to must outlive them. Threads: any. Errors: as of remote_partition.h and
// of what is here.
#pragma once

#include <memory>
#include <utility>

#include "alerts/nodes/roster.h"
#include "store/database.h"
#include "store/log.h"

namespace vroegsein {

class HeldDatabase final : public Database {
 public:
  HeldDatabase(const Roster* roster, uint32_t partition, const Database* here,
               std::unique_ptr<const Database> elsewhere)
      : roster_(roster), partition_(partition), here_(here), elsewhere_(std::move(elsewhere)) {}

  Result<std::optional<std::string>> Get(std::string_view key) const override;
  Status Scan(std::string_view begin, std::string_view end, const Each& each) const override;
  uint64_t ApproximateBytes() const override { return here_->ApproximateBytes(); }

 private:
  const Roster* roster_;
  const uint32_t partition_;
  const Database* here_;
  const std::unique_ptr<const Database> elsewhere_;
};

class HeldLog final : public Appender {
 public:
  HeldLog(const Roster* roster, uint32_t partition, Appender* here, Appender* elsewhere)
      : roster_(roster), partition_(partition), here_(here), elsewhere_(elsewhere) {}

  Status Append(Event&& event, Completion done) override;

 private:
  const Roster* roster_;
  const uint32_t partition_;
  Appender* here_;
  Appender* elsewhere_;
};

}  // namespace vroegsein
