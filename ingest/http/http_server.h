// HttpServer: HTTP/1.1 at the edge, for clients that are slow, large, broken or hostile.
//
// One thread does all the input and output; the handler runs on a bounded pool of workers and may
// block. Every size, count and duration that a client controls has a bound in HttpServerOptions.
// What goes wrong before the handler is answered here, as application/problem+json (RFC 9457):
//   400 malformed   408 too slow   413 body too large   417 unknown Expect   431 headers too large
//   500 the handler threw   501 method unknown   503 too busy, with Retry-After
//
// It logs nothing, and hands out counts through HttpObserver. TLS is not its concern.
// Threads: Start() and Drain() from one thread; port() from any; the handler is called from
// several.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/http/http_message.h"
#include "ingest/status.h"

namespace vroegsein {

struct HttpServerOptions {
  // The address to listen on, IPv4 or IPv6. REQUIRES: an address, not a name.
  std::string address = "127.0.0.1";
  // 0 takes a free port; port() tells which.
  uint16_t port = 8080;
  // Request line and headers together, bytes; above it 431. REQUIRES: >= 256.
  size_t header_bytes_max = 16 * 1024;
  // One body, bytes, however it is sent; above it 413. REQUIRES: > 0.
  size_t body_bytes_max = 16 * 1024 * 1024;
  // All bodies in memory together, bytes; above it 503. REQUIRES: >= body_bytes_max.
  size_t bodies_bytes_max = 128 * 1024 * 1024;
  // From the first byte of a request to its last; above it 408. REQUIRES: > 0.
  std::chrono::milliseconds request_deadline{30'000};
  // To write a response, or one piece of a stream; above it the connection is closed. REQUIRES: >
  // 0.
  std::chrono::milliseconds response_deadline{30'000};
  // How long a connection may stay open between requests. REQUIRES: > 0.
  std::chrono::milliseconds idle_timeout{60'000};
  // Open connections; one more is answered 503 and closed. REQUIRES: > 0.
  size_t connections_max = 2048;
  // Handlers that run at the same time. REQUIRES: > 0.
  size_t workers = 4;
  // Requests that wait for a worker; one more is answered 503.
  size_t queued_requests_max = 256;
  // What Retry-After says in a 503, seconds.
  std::chrono::seconds retry_after{1};
  // In every response, also our own, unless the handler set the same name: API-Version.
  std::vector<HttpField> default_headers;
};

// One answered request. Views live during the call.
struct HttpExchange {
  std::string_view method;  // one of the known methods, else `-`: never what a client made up
  std::string_view route;   // as the handler said; empty for our own answers
  int status = 0;
  std::chrono::microseconds duration{0};  // from the request's last byte to the response's
  uint64_t bytes_in = 0;                  // of the body
  uint64_t bytes_out = 0;                 // of the body
};

// Counts, for metrics. Called from the server's own thread: be quick. It outlives the server.
class HttpObserver {
 public:
  virtual ~HttpObserver() = default;
  virtual void OnExchange(const HttpExchange& exchange) = 0;
  virtual void OnConnections(size_t /*open*/) {}
};

class HttpServer {
 public:
  // Listens when it returns. kInvalid for a wrong address, kUnavailable when the port is taken.
  static Result<std::unique_ptr<HttpServer>> Start(const HttpServerOptions& options,
                                                   HttpHandler handler,
                                                   HttpObserver* observer = nullptr);
  // Drains without patience.
  ~HttpServer();

  uint16_t port() const;

  // Stops accepting, closes idle connections, ends streams, and lets every request that has begun
  // be answered; what is not done after `deadline` is cut off. True when nothing was cut off. Waits
  // for handlers that run. A second call does nothing.
  bool Drain(std::chrono::milliseconds deadline);

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vroegsein
