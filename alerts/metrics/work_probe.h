// The work of the teams and the policy in force, read from the store before a scrape.
//
//   vroegsein_open_tasks{gemeente,team}       open tasks
//   vroegsein_overdue_tasks{gemeente,team}    of those, past their deadline
//   vroegsein_policy_info{gemeente,beleid}    1 for the hash of the policy in force
//
// Reading costs in proportion to what is overdue. Threads: any; one refresh at a time.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "alerts/metrics/registry.h"
#include "ingest/calendar.h"
#include "store/database.h"

namespace prometheus {
class Gauge;
template <typename T>
class Family;
}  // namespace prometheus

namespace vroegsein {

class WorkProbe {
 public:
  explicit WorkProbe(MetricsRegistry* registry);

  // Each municipality is in one of them.
  Status Refresh(const std::vector<const Database*>& databases, Date today);

 private:
  using Gauges = std::map<std::pair<std::string, std::string>, prometheus::Gauge*>;
  void Set(prometheus::Family<prometheus::Gauge>* family, Gauges* gauges, const char* second_label,
           const std::map<std::pair<std::string, std::string>, double>& values);

  std::mutex mutex_;
  prometheus::Family<prometheus::Gauge>* open_family_;
  prometheus::Family<prometheus::Gauge>* overdue_family_;
  prometheus::Family<prometheus::Gauge>* policy_family_;
  Gauges open_;  // guarded by mutex_, as those below
  Gauges overdue_;
  Gauges policy_;
};

}  // namespace vroegsein
