#include "alerts/metrics/http_probe.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

namespace vroegsein {
namespace {

const prometheus::Histogram::BucketBoundaries kRequestSeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

std::string RouteOf(const HttpExchange& exchange) {
  return exchange.route.empty() ? "-" : std::string(exchange.route);
}

}  // namespace

HttpProbe::HttpProbe(MetricsRegistry* registry)
    : requests_(&prometheus::BuildCounter()
                     .Name("vroegsein_http_requests_total")
                     .Help("Requests answered, by method, route and status")
                     .Register(registry->prometheus())),
      seconds_(&prometheus::BuildHistogram()
                    .Name("vroegsein_http_request_seconds")
                    .Help("From the last byte of a request to the last of its answer")
                    .Register(registry->prometheus())),
      connections_(&prometheus::BuildGauge()
                        .Name("vroegsein_http_connections")
                        .Help("Open connections of the public server")
                        .Register(registry->prometheus())
                        .Add({})),
      refused_(&prometheus::BuildCounter()
                    .Name("vroegsein_sign_in_failures_total")
                    .Help("Requests without a valid key")
                    .Register(registry->prometheus())
                    .Add({})) {}

void HttpProbe::Count(const HttpExchange& exchange) {
  std::string route = RouteOf(exchange);
  requests_
      ->Add({{"methode", std::string(exchange.method)},
             {"route", route},
             {"status", std::to_string(exchange.status)}})
      .Increment();
  seconds_->Add({{"route", route}}, kRequestSeconds)
      .Observe(std::chrono::duration<double>(exchange.duration).count());
}

void HttpProbe::CountConnections(size_t open) { connections_->Set(static_cast<double>(open)); }
void HttpProbe::CountRefusedSignIn() { refused_->Increment(); }

}  // namespace vroegsein
