#include "ingest/http/http_server.h"

#include <utility>  // Boost 1.74 asio needs these two before it
// clang-format off
#include <exception>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
// clang-format on

#include <condition_variable>
#include <mutex>
#include <thread>

#include "ingest/http/connection.h"
#include "ingest/http/response_head.h"

namespace vroegsein {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds kAcceptPause{50};

}  // namespace

class HttpServer::Impl {
 public:
  Impl(const HttpServerOptions& options, HttpHandler handler, HttpObserver* observer)
      : workers_(std::make_unique<WorkerPool>(options.workers, options.queued_requests_max)),
        acceptor_(io_),
        pause_(io_) {
    shared_.options = options;
    shared_.handler = std::move(handler);
    shared_.observer = observer;
    shared_.workers = workers_.get();
    shared_.on_closed = [this] { CountConnections(); };
  }

  ~Impl() { Drain(std::chrono::milliseconds(0)); }

  Status Listen() {
    error_code error;
    auto address = asio::ip::make_address(shared_.options.address, error);
    if (error) return Status::Invalid("listen: not an address: " + shared_.options.address);
    tcp::endpoint endpoint(address, shared_.options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return Status::Unavailable("listen on " + shared_.options.address + ":" +
                                 std::to_string(shared_.options.port) + ": " + error.message());
    }
    port_ = acceptor_.local_endpoint().port();
    asio::co_spawn(
        io_, [this] { return Accept(); }, asio::detached);
    thread_ = std::thread([this] { io_.run(); });
    return Status::Ok();
  }

  uint16_t port() const { return port_; }

  bool Drain(std::chrono::milliseconds deadline) {
    if (!thread_.joinable()) return true;
    asio::post(io_, [this] { Wind(); });
    bool done = AwaitClosed(deadline);
    io_.stop();
    thread_.join();
    // From here on this is the server's thread. Handlers that run end first; then whatever they and
    // the queue still hold of a connection is let go.
    workers_.reset();
    io_.restart();
    CutAll();
    io_.run();
    return done;
  }

 private:
  asio::awaitable<void> Accept() {
    while (acceptor_.is_open()) {
      error_code error;
      tcp::socket socket =
          co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (!acceptor_.is_open()) co_return;
      if (error) {
        // Out of descriptors, mostly: others must close before another try makes sense.
        pause_.expires_after(kAcceptPause);
        co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      socket.set_option(tcp::no_delay(true), error);
      if (shared_.connections.size() >= shared_.options.connections_max) {
        Refuse(socket);
        continue;
      }
      auto connection = std::make_shared<HttpConnection>(std::move(socket), &shared_);
      CountConnections();
      connection->Start();
    }
  }

  // One write that cannot block, and good bye.
  void Refuse(tcp::socket& socket) {
    HttpResponse busy =
        ProblemResponse(503, "Te druk", "Er zijn te veel verbindingen. Probeer het later opnieuw.");
    busy.headers.emplace_back("Retry-After", std::to_string(shared_.options.retry_after.count()));
    std::string text =
        ResponseHead(busy, shared_.options.default_headers, {true, false, false}) + busy.body;
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    if (shared_.observer != nullptr) {
      HttpExchange exchange;
      exchange.method = "-";
      exchange.status = busy.status;
      exchange.bytes_out = busy.body.size();
      shared_.observer->OnExchange(exchange);
    }
  }

  void Wind() {
    error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    auto connections = shared_.connections;
    for (HttpConnection* connection : connections) connection->Wind();
    CountConnections();
  }

  void CutAll() {
    auto connections = shared_.connections;
    for (HttpConnection* connection : connections) connection->Cut();
  }

  // On the server's thread.
  void CountConnections() {
    size_t open = shared_.connections.size();
    if (shared_.observer != nullptr) shared_.observer->OnConnections(open);
    std::lock_guard lock(mutex_);
    closed_ = open == 0 && !acceptor_.is_open();
    if (closed_) changed_.notify_all();
  }

  bool AwaitClosed(std::chrono::milliseconds deadline) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, deadline, [this] { return closed_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
  uint16_t port_ = 0;
  HttpShared shared_;
  asio::io_context io_{1};
  std::unique_ptr<WorkerPool> workers_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::thread thread_;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpServerOptions& options,
                                                      HttpHandler handler, HttpObserver* observer) {
  auto impl = std::make_unique<Impl>(options, std::move(handler), observer);
  VROEGSEIN_RETURN_IF_ERROR(impl->Listen());
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

uint16_t HttpServer::port() const { return impl_->port(); }

bool HttpServer::Drain(std::chrono::milliseconds deadline) { return impl_->Drain(deadline); }

}  // namespace vroegsein
