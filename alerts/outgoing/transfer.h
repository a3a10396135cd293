// Transfer: what the server asks of other servers: HTTPS to a provider of sign-in, SMTP to a mail
// server. Over libcurl, with the roots of the system.
//
// Each call makes a connection of its own, waits for the answer, and has a bound on both time and
// size. Redirects are not followed. Threads: any; a call blocks its own.
// Errors: kInvalid for an address that IsSafeAddress() refuses; kUnavailable when there is no
// (timely, whole, trusted) answer; for mail also kForbidden when the server refused for good.
// Messages name neither address nor content.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/status.h"

namespace vroegsein {

inline constexpr std::chrono::seconds kTransferDeadline{10};
inline constexpr size_t kTransferBytesMax = 256u << 10;

struct TransferAnswer {
  int status = 0;
  std::string body;
};

using FormFields = std::vector<std::pair<std::string, std::string>>;

struct BasicCredentials {
  std::string user;  // empty: none are sent
  std::string password;
};

// Secrets travel over TLS: `https://`, or `http://` to this machine alone; with a host, and without
// a user, a fragment or anything that is no printable ASCII.
bool IsSafeAddress(std::string_view url);

// Everything but letters, digits and -._~ as %XX.
std::string PercentEncode(std::string_view text);
// `a=1&b=2`
std::string EncodeForm(const FormFields& fields);

Result<TransferAnswer> FetchPage(const std::string& url);
// With `Authorization: Bearer token`.
Result<TransferAnswer> FetchPageAs(const std::string& url, const std::string& token);
Result<TransferAnswer> PostForm(const std::string& url, const FormFields& fields,
                                const BasicCredentials& credentials);

enum class MailSecurity { kNone, kStartTls, kTls };

struct MailServer {
  std::string host;
  uint16_t port = 0;
  MailSecurity security = MailSecurity::kStartTls;
  BasicCredentials credentials;
};

// `message` is whole (RFC 5322), with CRLF.
Status SendMail(const MailServer& server, const std::string& from, const std::string& to,
                const std::string& message);

}  // namespace vroegsein
