// An HTTP server for tests, what it counts, and a gate that holds its handlers.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "ingest/http/http_server.h"
#include "tests/ingest/raw_client.h"

namespace vroegsein {

class Counts : public HttpObserver {
 public:
  void OnExchange(const HttpExchange& exchange) override {
    std::lock_guard lock(mutex_);
    seen_.push_back(std::string(exchange.method) + " " + std::string(exchange.route) + " " +
                    std::to_string(exchange.status) + " " + std::to_string(exchange.bytes_in) +
                    " " + std::to_string(exchange.bytes_out));
    changed_.notify_all();
  }
  void OnConnections(size_t open) override {
    std::lock_guard lock(mutex_);
    open_ = open;
    changed_.notify_all();
  }
  bool AwaitOpen(size_t open) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return open_ == open; });
  }
  std::vector<std::string> Await(size_t exchanges) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return seen_.size() >= exchanges; });
    return seen_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> seen_;
  size_t open_ = 0;
};

// Blocks handlers until it is opened.
class Gate {
 public:
  void Wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void Open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void AwaitWaiting(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

// A server that echoes what it understood, with small bounds; tests tighten them further.
class HttpServerFixture : public testing::Test {
 protected:
  HttpServerFixture() {
    options_.port = 0;
    options_.header_bytes_max = 1024;
    options_.body_bytes_max = 1000;
    options_.bodies_bytes_max = 4000;
    options_.default_headers = {{"API-Version", "1.0.0"}};
  }

  void Serve() {
    Serve([](const HttpRequest& request) { return Echo(request); });
  }
  void Serve(HttpHandler handler) {
    auto server = HttpServer::Start(options_, std::move(handler), &counts_);
    ASSERT_TRUE(server.ok()) << server.status().message();
    server_ = std::move(server).value();
  }

  // Each answer waits until the gate is open.
  void ServeBehind(Gate* gate) {
    Serve([gate](const HttpRequest& request) {
      gate->Wait();
      return Echo(request);
    });
  }
  void ServeStream(const std::shared_ptr<HttpBodyStream>& stream) {
    Serve([stream](const HttpRequest&) {
      HttpResponse response;
      response.stream = stream;
      return response;
    });
  }

  static HttpResponse Echo(const HttpRequest& request) {
    HttpResponse response;
    response.content_type = "text/plain";
    response.route = "/echo";
    response.body = request.method + " " + request.path;
    for (const auto& [name, value] : request.query) response.body += " " + name + "=" + value;
    response.body += " [" + request.body + "]";
    return response;
  }

  // One connection, these bytes, all that comes back until the server closes.
  std::string Talk(std::string_view bytes) {
    RawClient client(server_->port());
    client.Send(bytes);
    client.CloseSending();
    return client.ReadToEnd();
  }

  HttpServerOptions options_;
  Counts counts_;
  std::unique_ptr<HttpServer> server_;
};

inline std::string Get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n\r\n";
}
inline std::string Post(std::string_view body) {
  return "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

}  // namespace vroegsein
