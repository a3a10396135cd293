// RawClient: a TCP client that sends exactly the bytes it is told to, and reads what comes back. A
// read waits at most kPatience, so that a server that hangs is a failed test.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace vroegsein {

class RawClient {
 public:
  static constexpr int kPatienceMs = 10'000;

  explicit RawClient(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }

  // False when the server has closed.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  // Whether something can be read, now or within `wait_ms`.
  bool Readable(int wait_ms) {
    pollfd wait{socket_, POLLIN, 0};
    return ::poll(&wait, 1, wait_ms) > 0;
  }

  void CloseSending() { ::shutdown(socket_, SHUT_WR); }

  // Everything until the server closes; `...` at the end when it did not in time.
  std::string ReadToEnd() {
    while (More()) {
    }
    return std::exchange(read_, std::string()) + (late_ ? "..." : "");
  }

  // One response with its body, by Content-Length; what was read behind it stays.
  std::string ReadResponse(bool head = false) {
    std::string headers = ReadUntil("\r\n\r\n");
    size_t at = headers.find("Content-Length: ");
    size_t length =
        at == std::string::npos || head ? 0 : std::strtoul(&headers[at + 16], nullptr, 10);
    while (read_.size() < length && More()) {
    }
    std::string body = read_.substr(0, length);
    read_.erase(0, body.size());
    return headers + body;
  }

  // Up to and with `mark`, or what there was at the end.
  std::string ReadUntil(std::string_view mark) {
    while (read_.find(mark) == std::string::npos && More()) {
    }
    size_t at = read_.find(mark);
    size_t end = at == std::string::npos ? read_.size() : at + mark.size();
    std::string out = read_.substr(0, end);
    read_.erase(0, end);
    return out;
  }

  bool ended() const { return ended_; }

 private:
  bool More() {
    if (ended_ || late_) return false;
    pollfd wait{socket_, POLLIN, 0};
    late_ = ::poll(&wait, 1, kPatienceMs) <= 0;
    if (late_) return false;
    char buffer[16384];
    ssize_t bytes = ::recv(socket_, buffer, sizeof(buffer), 0);
    ended_ = bytes <= 0;
    if (bytes > 0) read_.append(buffer, static_cast<size_t>(bytes));
    return !ended_;
  }

  int socket_;
  bool connected_ = false;
  bool ended_ = false;
  bool late_ = false;
  std::string read_;
};

}  // namespace vroegsein
