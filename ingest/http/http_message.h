// HttpRequest and HttpResponse: what a handler gets and gives, free of any HTTP library.
//
// Values, except HttpBodyStream, which is shared between a handler's side and the server.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vroegsein {

using HttpField = std::pair<std::string, std::string>;

struct HttpRequest {
  std::string method;  // as sent: `POST`
  std::string path;    // percent-decoded, begins with `/`, no empty, `.` or `..` segments inside
  std::vector<HttpField> query;    // decoded, in order, a name as often as it was sent
  std::vector<HttpField> headers;  // as sent; what came as a trailer is not among them
  std::string body;
  std::string remote;  // the peer's address, without the port

  // The first value of that name; nullopt when it was not sent.
  std::optional<std::string_view> Query(std::string_view name) const;
  // The first header of that name, whatever its case; nullopt when it was not sent.
  std::optional<std::string_view> Header(std::string_view name) const;
};

// HttpBodyStream: a body that is written after the handler has returned, such as server-sent
// events.
//
// The producer keeps the shared_ptr and writes from any thread; no thread waits for a slow client.
// Bound: what the client has not taken yet is at most `waiting_bytes_max`; then Write() refuses.
class HttpBodyStream {
 public:
  explicit HttpBodyStream(size_t waiting_bytes_max = 256 * 1024);

  // False, and nothing is kept, when the client is gone, the stream is finished or the bound is
  // reached. An empty text is no write.
  bool Write(std::string_view bytes);
  // The body ends behind what was written.
  void Finish();
  // The client went away, or the server stops: nobody will read what is written.
  bool gone() const;

  // For the server only. `wake` is called from any thread when there is something to do.
  void Attach(std::function<void()> wake);
  std::string Take(bool* finished);
  void Abandon();

 private:
  const size_t waiting_bytes_max_;
  mutable std::mutex mutex_;
  std::string waiting_;
  bool finished_ = false;
  bool gone_ = false;
  std::function<void()> wake_;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;  // none is sent when empty
  std::vector<HttpField> headers;
  std::string body;
  // When set, it is the body, and `body` is not used.
  std::shared_ptr<HttpBodyStream> stream;
  // For the observer: the route that answered (`/v1/zaken/{id}`), never the path, which may name
  // somebody.
  std::string route;
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

// An RFC 9457 problem: application/problem+json with type, title, status and detail. `detail` is
// Dutch, says what to do, and carries nothing about a person.
HttpResponse ProblemResponse(int status, std::string_view title, std::string_view detail,
                             std::string_view type = "about:blank");

}  // namespace vroegsein
