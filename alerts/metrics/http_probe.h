// What the HTTP servers answered, counted.
//
//   vroegsein_http_requests_total{methode,route,status}   route as its template, `-` for none
//   vroegsein_http_request_seconds{route}                 from the last byte read to the last
//   written vroegsein_http_connections                            open now
//   vroegsein_sign_in_failures_total                      requests without a valid key
//
// Threads: any.
#pragma once

#include "alerts/metrics/registry.h"
#include "ingest/http/http_server.h"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
template <typename T>
class Family;
}  // namespace prometheus

namespace vroegsein {

class HttpProbe {
 public:
  explicit HttpProbe(MetricsRegistry* registry);

  void Count(const HttpExchange& exchange);
  void CountConnections(size_t open);
  void CountRefusedSignIn();

 private:
  prometheus::Family<prometheus::Counter>* requests_;
  prometheus::Family<prometheus::Histogram>* seconds_;
  prometheus::Gauge* connections_;
  prometheus::Counter* refused_;
};

}  // namespace vroegsein
