#include "alerts/metrics/registry.h"

#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace vroegsein {

MetricsRegistry::MetricsRegistry() : registry_(std::make_unique<prometheus::Registry>()) {}
MetricsRegistry::~MetricsRegistry() = default;

std::string MetricsRegistry::Text() const {
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace vroegsein
