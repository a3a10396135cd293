// Registry: every count and gauge of the process, and their text for Prometheus.
//
// A component has one probe that owns the names and units of what it counts; the probes are made
// from this. No label has unbounded values, and none says anything about a person. Threads: any.
#pragma once

#include <memory>
#include <string>

namespace prometheus {
class Registry;
}

namespace vroegsein {

class MetricsRegistry {
 public:
  MetricsRegistry();
  ~MetricsRegistry();

  // The exposition format that Prometheus scrapes, version 0.0.4.
  std::string Text() const;
  prometheus::Registry& prometheus() { return *registry_; }

 private:
  std::unique_ptr<prometheus::Registry> registry_;
};

}  // namespace vroegsein
