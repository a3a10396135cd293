#include "alerts/nodes/node_link.h"

#include <curl/curl.h>

namespace vroegsein {
namespace {

constexpr long kAnswered = 200;
constexpr long kNotHere = 421;
constexpr long kBusy = 503;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

class NodeLink::Connection {
 public:
  explicit Connection(const std::string& secret) {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    handle_.reset(once == CURLE_OK ? curl_easy_init() : nullptr);
    VROEGSEIN_CHECK(handle_ != nullptr);
    Header("Authorization: Bearer " + secret);
    Header("Content-Type: application/octet-stream");
    Header("Expect:");
    Set(CURLOPT_HTTPHEADER, headers_.get());
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_NOPROXY, "*");
    Set(CURLOPT_PROTOCOLS_STR, "http");
    Set(CURLOPT_TCP_NODELAY, 1L);
    auto connect = std::chrono::milliseconds(kConnectMax).count();
    Set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect));
    Set(CURLOPT_WRITEFUNCTION, &Connection::Take);
    Set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  }

  NodeAnswer Ask(const std::string& url, const Question& question) {
    body_.clear();
    Set(CURLOPT_URL, url.c_str());
    Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.body.size()));
    Set(CURLOPT_POSTFIELDS, question.body.data());
    Set(CURLOPT_TIMEOUT_MS, static_cast<long>(question.deadline.count()));
    Set(CURLOPT_FRESH_CONNECT, question.repeatable ? 0L : 1L);
    Set(CURLOPT_FORBID_REUSE, question.repeatable ? 0L : 1L);
    CURLcode code = curl_easy_perform(handle_.get());
    return {HowItWent(code), std::move(body_)};
  }

 private:
  template <typename Value>
  void Set(CURLoption option, Value value) {
    VROEGSEIN_CHECK(curl_easy_setopt(handle_.get(), option, value) == CURLE_OK);
  }

  void Header(const std::string& line) {
    curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
    VROEGSEIN_CHECK(longer != nullptr);
    (void)headers_.release();
    headers_.reset(longer);
  }

  Asking HowItWent(CURLcode code) {
    if (code == CURLE_OK) {
      long status = 0;
      curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
      if (status == kAnswered) return Asking::kAnswered;
      return status == kNotHere || status == kBusy ? Asking::kNotTaken : Asking::kUnknown;
    }
    if (code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST) {
      return Asking::kNotTaken;
    }
    curl_off_t sent = 0;
    bool connected =
        curl_easy_getinfo(handle_.get(), CURLINFO_CONNECT_TIME_T, &sent) == CURLE_OK && sent > 0;
    return connected ? Asking::kUnknown : Asking::kNotTaken;
  }

  // Fewer bytes than offered ends the transfer with an error.
  static size_t Take(char* bytes, size_t, size_t count, void* self) {
    std::string& body = static_cast<Connection*>(self)->body_;
    if (body.size() + count > kAnswerBytesMax) return 0;
    body.append(bytes, count);
    return count;
  }

  std::unique_ptr<curl_slist, FreeList> headers_;
  std::unique_ptr<CURL, FreeHandle> handle_;
  std::string body_;
};

NodeLink::NodeLink(std::string name, std::string address, std::string secret)
    : name_(std::move(name)), base_("http://" + std::move(address)), secret_(std::move(secret)) {}

NodeLink::~NodeLink() = default;

NodeAnswer NodeLink::Ask(const Question& question) {
  auto connection = Borrow();
  NodeAnswer answer = connection->Ask(base_ + question.path, question);
  GiveBack(std::move(connection));
  return answer;
}

std::unique_ptr<NodeLink::Connection> NodeLink::Borrow() {
  {
    std::lock_guard lock(mutex_);
    if (!kept_.empty()) {
      auto connection = std::move(kept_.back());
      kept_.pop_back();
      return connection;
    }
  }
  return std::make_unique<Connection>(secret_);
}

void NodeLink::GiveBack(std::unique_ptr<Connection> connection) {
  std::lock_guard lock(mutex_);
  if (kept_.size() < kKeptMax) kept_.push_back(std::move(connection));
}

}  // namespace vroegsein
