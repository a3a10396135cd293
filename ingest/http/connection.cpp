#include "ingest/http/connection.h"

// clang-format off
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
// clang-format on

#include <array>

#include "ingest/http/request_target.h"
#include "ingest/http/response_head.h"

namespace vroegsein {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr size_t kReadBytes = 64 * 1024;
constexpr size_t kLingerBytesMax = 1024 * 1024;
constexpr std::chrono::milliseconds kLingerMax{1000};

HttpResponse Malformed() {
  return ProblemResponse(
      400, "Ongeldig verzoek",
      "Het verzoek is geen geldig HTTP/1.1. Controleer de opbouw van het verzoek.");
}

HttpResponse TooSlow() {
  return ProblemResponse(408, "Te langzaam",
                         "Het verzoek kwam niet op tijd binnen. Stuur het opnieuw.");
}

// A method that a client made up is nobody's business to count.
std::string KnownMethod(http::verb method) {
  if (method == http::verb::unknown) return "-";
  auto name = http::to_string(method);
  return {name.data(), name.size()};
}

std::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

HttpConnection::HttpConnection(asio::ip::tcp::socket socket, HttpShared* shared)
    : socket_(std::move(socket)),
      deadline_(socket_.get_executor()),
      wake_(socket_.get_executor()),
      buffer_(shared->options.header_bytes_max + kReadBytes),
      shared_(*shared) {
  error_code ignored;
  auto peer = socket_.remote_endpoint(ignored);
  if (!ignored) remote_ = peer.address().to_string(ignored);
  shared_.connections.insert(this);
}

HttpConnection::~HttpConnection() {
  GiveBackBody();
  shared_.connections.erase(this);
  shared_.on_closed();
}

void HttpConnection::Start() {
  auto self = shared_from_this();
  asio::co_spawn(
      socket_.get_executor(), [self]() -> awaitable<void> { return self->Serve(); },
      asio::detached);
}

void HttpConnection::Wind() {
  winding_ = true;
  if (stream_) stream_->Finish();
  if (waiting_ != Waiting::kIdle) return;
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_receive, ignored);
  socket_.cancel(ignored);
}

void HttpConnection::Cut() {
  error_code ignored;
  socket_.close(ignored);
  if (stream_) stream_->Abandon();
  cut_ = true;
  peer_gone_ = true;
  wake_.cancel(ignored);
}

// A read that is out of time ends by shutting the receiving side, which also ends the reads that a
// composed operation still begins; we can then still answer. A write ends by closing.
void HttpConnection::Arm(Waiting waiting, std::chrono::milliseconds limit) {
  waiting_ = waiting;
  timed_out_ = false;
  uint64_t armed = ++armed_;
  deadline_.expires_after(limit);
  deadline_.async_wait([self = shared_from_this(), armed](const error_code& error) {
    if (error || armed != self->armed_) return;
    self->timed_out_ = true;
    error_code ignored;
    if (self->waiting_ == Waiting::kWrite) {
      self->socket_.close(ignored);
    } else {
      self->socket_.shutdown(asio::ip::tcp::socket::shutdown_receive, ignored);
      self->socket_.cancel(ignored);
    }
  });
}

void HttpConnection::Disarm() {
  waiting_ = Waiting::kNothing;
  ++armed_;
  deadline_.cancel();
}

HttpResponse HttpConnection::Busy() const {
  HttpResponse busy =
      ProblemResponse(503, "Te druk", "De dienst is nu te druk. Stuur het verzoek later opnieuw.");
  busy.headers.emplace_back("Retry-After", std::to_string(shared_.options.retry_after.count()));
  return busy;
}

void HttpConnection::GiveBackBody() {
  shared_.bodies_bytes -= body_bytes_;
  body_bytes_ = 0;
}

asio::awaitable<void> HttpConnection::Serve() {
  auto self = shared_from_this();
  while (!winding_) {
    bool begun = co_await AwaitFirstByte();
    if (!begun) break;
    bool more = co_await ServeOne();
    if (!more) break;
  }
  Disarm();
  error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<bool> HttpConnection::AwaitFirstByte() {
  if (buffer_.size() > 0) co_return true;
  Arm(Waiting::kIdle, shared_.options.idle_timeout);
  error_code error;
  size_t bytes = co_await socket_.async_read_some(buffer_.prepare(kReadBytes / 16),
                                                  asio::redirect_error(asio::use_awaitable, error));
  buffer_.commit(bytes);
  Disarm();
  co_return !error && bytes > 0;
}

asio::awaitable<bool> HttpConnection::ServeOne() {
  auto request = std::make_shared<HttpRequest>();
  Parser parser;
  parser.header_limit(static_cast<uint32_t>(shared_.options.header_bytes_max));
  parser.body_limit(shared_.options.body_bytes_max);
  bool gone = false;
  Arm(Waiting::kRead, shared_.options.request_deadline);
  std::optional<HttpResponse> refused = co_await ReadRequest(parser, request.get(), &gone);
  Disarm();
  if (gone) co_return false;
  auto begin = steady_clock::now();
  const auto& head = parser.get();
  HttpExchange exchange;
  std::string method = KnownMethod(head.method());
  exchange.method = method;
  exchange.bytes_in = request->body.size();
  bool unread = refused.has_value();
  HttpResponse response;
  if (unread) {
    response = *std::move(refused);
  } else {
    response = co_await Handle(request);
  }
  request.reset();
  GiveBackBody();
  bytes_out_ = 0;
  Reply reply{head.method() == http::verb::head, !parser.is_header_done() || head.version() >= 11,
              !unread && head.keep_alive() && !winding_};
  bool written = co_await WriteResponse(response, reply);
  if (shared_.observer != nullptr) {
    exchange.route = response.route;
    exchange.status = response.status;
    exchange.bytes_out = bytes_out_;
    exchange.duration =
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begin);
    shared_.observer->OnExchange(exchange);
  }
  if (written && unread) co_await Linger();
  co_return written&& reply.keep_alive;
}

asio::awaitable<std::optional<HttpResponse>> HttpConnection::ReadRequest(Parser& parser,
                                                                         HttpRequest* request,
                                                                         bool* gone) {
  error_code error;
  co_await http::async_read_header(socket_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return Explain(error, gone);
  auto refused = CheckHead(parser, request);
  if (refused) co_return refused;
  auto expect = parser.get()[http::field::expect];
  if (!expect.empty() && parser.get().version() >= 11) {
    if (!beast::iequals(expect, "100-continue")) {
      co_return ProblemResponse(417, "Onbekende verwachting",
                                "Alleen Expect: 100-continue is mogelijk. Laat de header weg.");
    }
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    co_await asio::async_write(socket_, asio::buffer(kContinue.data(), kContinue.size()),
                               asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return Explain(error, gone);
  }
  auto failed = co_await ReadBody(parser, gone);
  if (failed || *gone) co_return failed;
  request->body = std::move(parser.get().body());
  co_return std::nullopt;
}

asio::awaitable<std::optional<HttpResponse>> HttpConnection::ReadBody(Parser& parser, bool* gone) {
  while (!parser.is_done()) {
    error_code error;
    co_await http::async_read_some(socket_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return Explain(error, gone);
    uint64_t grown = parser.get().body().size() - body_bytes_;
    body_bytes_ += grown;
    shared_.bodies_bytes += grown;
    if (shared_.bodies_bytes > shared_.options.bodies_bytes_max) co_return Busy();
  }
  co_return std::nullopt;
}

// What HTTP leaves open and an attacker uses: two lengths, a transfer coding that we do not know, a
// second Host, a method or target that is none.
std::optional<HttpResponse> HttpConnection::CheckHead(const Parser& parser,
                                                      HttpRequest* request) const {
  const auto& head = parser.get();
  bool http11 = head.version() >= 11;
  size_t hosts = head.count(http::field::host);
  if (hosts > 1 || (http11 && hosts == 0)) return Malformed();
  size_t codings = head.count(http::field::transfer_encoding);
  if (codings > 0) {
    bool chunked = beast::iequals(head[http::field::transfer_encoding], "chunked");
    if (!http11 || codings > 1 || !chunked) return Malformed();
    if (head.count(http::field::content_length) > 0) return Malformed();
  }
  auto length = View(head[http::field::content_length]);
  if (length.find_first_not_of("0123456789") != std::string_view::npos) return Malformed();
  if (head.count(http::field::content_length) > 1) return Malformed();
  request->method = std::string(View(head.method_string()));
  auto method = head.method();
  if (method == http::verb::unknown || method == http::verb::connect ||
      method == http::verb::trace) {
    return ProblemResponse(501, "Onbekende methode",
                           "Deze HTTP-methode kent de dienst niet. Gebruik GET of POST.");
  }
  if (!ParseRequestTarget(View(head.target()), request)) return Malformed();
  for (const auto& field : head) {
    request->headers.emplace_back(View(field.name_string()), View(field.value()));
  }
  request->remote = remote_;
  return std::nullopt;
}

std::optional<HttpResponse> HttpConnection::Explain(const error_code& error, bool* gone) const {
  if (timed_out_) return TooSlow();
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return ProblemResponse(431, "Headers te groot",
                           "De headers van het verzoek zijn te groot. Stuur er minder mee.");
  }
  if (error == http::error::body_limit) {
    return ProblemResponse(413, "Verzoek te groot",
                           "De inhoud is groter dan " +
                               std::to_string(shared_.options.body_bytes_max) +
                               " bytes. Splits de levering in kleinere delen.");
  }
  bool ours = error.category() == http::make_error_code(http::error::bad_version).category();
  *gone = !ours || error == http::error::end_of_stream || error == http::error::partial_message;
  if (*gone) return std::nullopt;
  return Malformed();
}

asio::awaitable<HttpResponse> HttpConnection::Handle(std::shared_ptr<HttpRequest> request) {
  struct Answer {
    HttpResponse response;
    bool there = false;
  };
  auto answer = std::make_shared<Answer>();
  auto executor = socket_.get_executor();
  // The connection must end on its own thread: the job hands its share of it back with the answer.
  auto job = [self = shared_from_this(), executor, request, answer]() mutable {
    HttpResponse response;
    try {
      response = self->shared_.handler(*request);
    } catch (...) {
      response = ProblemResponse(500, "Fout in de dienst",
                                 "Er ging iets mis aan onze kant. Probeer het later opnieuw.");
    }
    asio::post(executor, [self = std::move(self), answer, given = std::move(response)]() mutable {
      answer->response = std::move(given);
      answer->there = true;
      self->wake_.cancel();
    });
  };
  bool queued = shared_.workers->TryPost(std::move(job));
  if (!queued) co_return Busy();
  while (!answer->there && !cut_) {
    wake_.expires_at(asio::steady_timer::time_point::max());
    error_code ignored;
    co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (!answer->there) co_return Busy();
  co_return std::move(answer->response);
}

asio::awaitable<bool> HttpConnection::WriteResponse(HttpResponse& response, Reply reply) {
  bool streamed = response.stream != nullptr;
  bool chunked = streamed && reply.http11;
  bool keep_alive = reply.keep_alive && (!streamed || chunked);
  std::string head =
      ResponseHead(response, shared_.options.default_headers, {reply.http11, keep_alive, chunked});
  bool body = !reply.head_only && !streamed && StatusHasBody(response.status);
  std::array<asio::const_buffer, 2> buffers = {
      asio::buffer(head), asio::buffer(response.body.data(), body ? response.body.size() : 0)};
  Arm(Waiting::kWrite, shared_.options.response_deadline);
  error_code error;
  co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, error));
  Disarm();
  if (body && !error) bytes_out_ = response.body.size();
  if (!streamed) co_return !error;
  stream_ = response.stream;
  bool whole = !error && !reply.head_only;
  if (whole) whole = co_await WriteStream(*stream_, chunked);
  stream_->Abandon();
  stream_.reset();
  co_return !error && (reply.head_only || (whole && chunked));
}

asio::awaitable<bool> HttpConnection::WriteStream(HttpBodyStream& stream, bool chunked) {
  // The producer's threads never hold the connection, which must end on its own thread.
  std::weak_ptr<HttpConnection> weak = weak_from_this();
  stream.Attach([weak, executor = socket_.get_executor()] {
    asio::post(executor, [weak] {
      if (auto self = weak.lock()) self->wake_.cancel();
    });
  });
  if (winding_) stream.Finish();
  WatchPeer();
  while (!peer_gone_) {
    // Armed before looking, so that a wake between the two is not lost: it is posted to this
    // thread.
    wake_.expires_at(asio::steady_timer::time_point::max());
    bool finished = false;
    std::string bytes = stream.Take(&finished);
    if (!bytes.empty() || finished) {
      std::string framed = chunked ? ChunkOf(bytes, finished) : bytes;
      Arm(Waiting::kWrite, shared_.options.response_deadline);
      error_code error;
      co_await asio::async_write(socket_, asio::buffer(framed),
                                 asio::redirect_error(asio::use_awaitable, error));
      Disarm();
      if (error) co_return false;
      bytes_out_ += bytes.size();
      if (finished) co_return true;
      continue;
    }
    error_code ignored;
    co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return false;
}

void HttpConnection::WatchPeer() {
  std::weak_ptr<HttpConnection> weak = weak_from_this();
  socket_.async_wait(asio::ip::tcp::socket::wait_read, [weak](const error_code& error) {
    auto self = weak.lock();
    if (!self || error || !self->stream_) return;
    error_code failed;
    if (self->socket_.available(failed) > 0 && !failed) return;  // a pipelined request: later
    self->peer_gone_ = true;
    self->wake_.cancel();
  });
}

// Closing while the peer still sends would reset the connection and lose our answer: read on for a
// little, and throw it away.
asio::awaitable<void> HttpConnection::Linger() {
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  if (error) co_return;
  Arm(Waiting::kWrite, kLingerMax);
  std::array<char, 4096> waste;
  for (size_t total = 0; total < kLingerBytesMax && !error;) {
    total += co_await socket_.async_read_some(asio::buffer(waste),
                                              asio::redirect_error(asio::use_awaitable, error));
  }
  Disarm();
}

}  // namespace vroegsein
