// HttpConnection: the life of one connection, as a coroutine on the server's thread.
//
// Owned by itself (shared_from_this) until the peer or the server is done with it. Everything runs
// on the one thread of the io_context, except where a comment says otherwise. Internal to
// ingest/http.
#pragma once

#include <utility>  // Boost 1.74 asio needs these two before it
// clang-format off
#include <exception>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
// clang-format on

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "ingest/http/http_server.h"
#include "ingest/http/worker_pool.h"

namespace vroegsein {

class HttpConnection;

// What the connections of a server share.
struct HttpShared {
  HttpServerOptions options;
  HttpHandler handler;
  HttpObserver* observer = nullptr;
  WorkerPool* workers = nullptr;
  std::unordered_set<HttpConnection*> connections;
  uint64_t bodies_bytes = 0;
  bool draining = false;
  std::function<void()> on_closed;  // after a connection left `connections`
};

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(boost::asio::ip::tcp::socket socket, HttpShared* shared);
  ~HttpConnection();

  // Begins serving; returns at once.
  void Start();
  // The server drains: ends an idle wait or a stream; a request that has begun goes on.
  void Wind();
  // Cuts it off.
  void Cut();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  enum class Waiting { kNothing, kIdle, kRead, kWrite };
  struct Reply {
    bool head_only;
    bool http11;
    bool keep_alive;
  };
  template <typename T>
  using awaitable = boost::asio::awaitable<T>;

  awaitable<void> Serve();
  awaitable<bool> AwaitFirstByte();
  // One request and its response; false when the connection is to be closed.
  awaitable<bool> ServeOne();
  // An answer of our own when the request cannot be read; nullopt with `*gone` when nobody waits.
  awaitable<std::optional<HttpResponse>> ReadRequest(Parser& parser, HttpRequest* request,
                                                     bool* gone);
  awaitable<std::optional<HttpResponse>> ReadBody(Parser& parser, bool* gone);
  std::optional<HttpResponse> CheckHead(const Parser& parser, HttpRequest* request) const;
  std::optional<HttpResponse> Explain(const boost::system::error_code& error, bool* gone) const;
  awaitable<HttpResponse> Handle(std::shared_ptr<HttpRequest> request);
  // False when the connection cannot be used any more.
  awaitable<bool> WriteResponse(HttpResponse& response, Reply reply);
  awaitable<bool> WriteStream(HttpBodyStream& stream, bool chunked);
  awaitable<void> Linger();
  // Notices that the peer closed, or will send no more, while we only write.
  void WatchPeer();

  void Arm(Waiting waiting, std::chrono::milliseconds limit);
  void Disarm();
  HttpResponse Busy() const;
  void GiveBackBody();

  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer deadline_;
  boost::asio::steady_timer wake_;
  boost::beast::flat_buffer buffer_;
  HttpShared& shared_;
  std::string remote_;
  Waiting waiting_ = Waiting::kNothing;
  uint64_t armed_ = 0;  // counts Arm() and Disarm(), so that a late timer is recognised
  bool timed_out_ = false;
  bool peer_gone_ = false;
  bool winding_ = false;
  bool cut_ = false;
  std::shared_ptr<HttpBodyStream> stream_;
  uint64_t body_bytes_ = 0;  // counted in shared_.bodies_bytes
  uint64_t bytes_out_ = 0;
};

}  // namespace vroegsein
