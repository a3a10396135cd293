#include "alerts/outgoing/transfer.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace vroegsein {
namespace {

constexpr std::chrono::seconds kConnectDeadline{5};
constexpr size_t kAddressBytesMax = 2'000;
// SMTP's answers: 5xx means that trying again is useless.
constexpr long kSmtpForGood = 500;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

class Transfer {
 public:
  Transfer() {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    handle_.reset(once == CURLE_OK ? curl_easy_init() : nullptr);
    VROEGSEIN_CHECK(handle_ != nullptr);
    Set(CURLOPT_NOSIGNAL, 1L);
    Set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(kConnectDeadline.count()));
    Set(CURLOPT_TIMEOUT, static_cast<long>(kTransferDeadline.count()));
    Set(CURLOPT_FOLLOWLOCATION, 0L);
    Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    Set(CURLOPT_WRITEFUNCTION, &Transfer::Take);
    Set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  }

  template <typename Value>
  void Set(CURLoption option, Value value) {
    VROEGSEIN_CHECK(curl_easy_setopt(handle_.get(), option, value) == CURLE_OK);
  }

  Result<TransferAnswer> Ask(const std::string& url) {
    if (!IsSafeAddress(url)) return Status::Invalid("an address without TLS");
    Set(CURLOPT_URL, url.c_str());
    Set(CURLOPT_PROTOCOLS_STR, "https,http");
    if (url.starts_with("http://")) Set(CURLOPT_NOPROXY, "*");  // this machine needs no proxy
    CURLcode code = curl_easy_perform(handle_.get());
    if (code != CURLE_OK) return Status::Unavailable(curl_easy_strerror(code));
    return TransferAnswer{static_cast<int>(ResponseCode()), std::move(body_)};
  }

  CURLcode Perform() { return curl_easy_perform(handle_.get()); }

  long ResponseCode() {
    long code = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
    return code;
  }

 private:
  // Fewer bytes than offered ends the transfer with an error.
  static size_t Take(char* bytes, size_t, size_t count, void* self) {
    std::string& body = static_cast<Transfer*>(self)->body_;
    if (body.size() + count > kTransferBytesMax) return 0;
    body.append(bytes, count);
    return count;
  }

  std::unique_ptr<CURL, FreeHandle> handle_;
  std::string body_;
};

size_t Give(char* place, size_t, size_t room, void* rest) {
  auto* text = static_cast<std::string_view*>(rest);
  size_t count = std::min(room, text->size());
  std::memcpy(place, text->data(), count);
  text->remove_prefix(count);
  return count;
}

std::string_view HostOf(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace

bool IsSafeAddress(std::string_view url) {
  bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!plain || url.size() > kAddressBytesMax) return false;
  if (url.find_first_of("#\\\"<>") != std::string_view::npos) return false;
  bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://")) return false;
  std::string_view authority = url.substr(secure ? 8 : 7);
  authority = authority.substr(0, authority.find_first_of("/?"));
  if (authority.find('@') != std::string_view::npos) return false;
  std::string_view host = HostOf(authority);
  if (secure) return !host.empty();
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

std::string PercentEncode(std::string_view text) {
  constexpr std::string_view kKept =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string encoded;
  for (char c : text) {
    if (kKept.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::string EncodeForm(const FormFields& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (!form.empty()) form += '&';
    form += PercentEncode(name);
    form += '=';
    form += PercentEncode(value);
  }
  return form;
}

Result<TransferAnswer> FetchPage(const std::string& url) { return Transfer().Ask(url); }

Result<TransferAnswer> FetchPageAs(const std::string& url, const std::string& token) {
  Transfer transfer;
  transfer.Set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
  transfer.Set(CURLOPT_XOAUTH2_BEARER, token.c_str());
  return transfer.Ask(url);
}

Result<TransferAnswer> PostForm(const std::string& url, const FormFields& fields,
                                const BasicCredentials& credentials) {
  Transfer transfer;
  std::string form = EncodeForm(fields);
  transfer.Set(CURLOPT_POSTFIELDS, form.c_str());
  if (!credentials.user.empty()) {
    transfer.Set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    transfer.Set(CURLOPT_USERNAME, credentials.user.c_str());
    transfer.Set(CURLOPT_PASSWORD, credentials.password.c_str());
  }
  return transfer.Ask(url);
}

Status SendMail(const MailServer& server, const std::string& from, const std::string& to,
                const std::string& message) {
  Transfer transfer;
  bool at_once = server.security == MailSecurity::kTls;
  std::string url = fmt::format("{}://{}:{}", at_once ? "smtps" : "smtp", server.host, server.port);
  transfer.Set(CURLOPT_URL, url.c_str());
  transfer.Set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  if (server.security == MailSecurity::kStartTls) {
    transfer.Set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  }
  if (!server.credentials.user.empty()) {
    transfer.Set(CURLOPT_USERNAME, server.credentials.user.c_str());
    transfer.Set(CURLOPT_PASSWORD, server.credentials.password.c_str());
  }
  std::unique_ptr<curl_slist, FreeList> receivers(curl_slist_append(nullptr, to.c_str()));
  transfer.Set(CURLOPT_MAIL_FROM, from.c_str());
  transfer.Set(CURLOPT_MAIL_RCPT, receivers.get());
  std::string_view rest = message;
  transfer.Set(CURLOPT_READFUNCTION, &Give);
  transfer.Set(CURLOPT_READDATA, static_cast<void*>(&rest));
  transfer.Set(CURLOPT_UPLOAD, 1L);
  CURLcode code = transfer.Perform();
  if (code == CURLE_OK) return Status::Ok();
  StatusCode why =
      transfer.ResponseCode() >= kSmtpForGood ? StatusCode::kForbidden : StatusCode::kUnavailable;
  return {why, curl_easy_strerror(code)};
}

}  // namespace vroegsein
