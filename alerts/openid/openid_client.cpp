#include "alerts/openid/openid_client.h"

#include <simdjson.h>
#include <sodium.h>

#include <charconv>

#include "alerts/access/key.h"

namespace vroegsein {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr int kOk = 200;

std::string Base64Url(const unsigned char* bytes, size_t count) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(count, kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, count, kVariant);
  text.resize(text.size() - 1);  // the terminating zero
  return text;
}

std::string Challenge(const std::string& verifier) {
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(verifier.data()),
                     verifier.size());
  return Base64Url(digest, sizeof digest);
}

std::string WithQuery(const std::string& address, const FormFields& fields) {
  bool has_query = address.find('?') != std::string::npos;
  return address + (has_query ? "&" : "?") + EncodeForm(fields);
}

// A JSON object of the provider, with the fields that are texts at hand.
class Document {
 public:
  static Result<Document> Of(Result<TransferAnswer> answer) {
    if (!answer.ok()) return answer.status();
    if (answer->status != kOk) {
      return Status::Unavailable("the provider answered " + std::to_string(answer->status));
    }
    Document document;
    document.text_ = simdjson::padded_string(answer->body);
    document.parser_ = std::make_unique<simdjson::dom::parser>();
    if (document.parser_->parse(document.text_).get(document.root_) != simdjson::SUCCESS) {
      return Status::Unavailable("the provider answered no JSON");
    }
    return document;
  }

  std::string Text(const char* name) const {
    std::string_view text;
    return root_[name].get_string().get(text) == simdjson::SUCCESS ? std::string(text) : "";
  }

  bool ListHas(const char* name, std::string_view wanted) const {
    simdjson::dom::array list;
    if (root_[name].get_array().get(list) != simdjson::SUCCESS) return false;
    for (auto one : list) {
      std::string_view text;
      if (one.get_string().get(text) == simdjson::SUCCESS && text == wanted) return true;
    }
    return false;
  }

  std::string_view text() const { return text_; }

  bool Has(const char* name) const { return root_[name].error() == simdjson::SUCCESS; }

 private:
  simdjson::padded_string text_;
  std::unique_ptr<simdjson::dom::parser> parser_;  // owns what root_ points to
  simdjson::dom::element root_;
};

OpenIdAnswer Refused(OpenIdRefusal refusal, std::string why) { return {refusal, why, {}, ""}; }

OpenIdAnswer Refused(const Status& status) {
  bool away = status.code() == StatusCode::kUnavailable;
  return Refused(away ? OpenIdRefusal::kUnreachable : OpenIdRefusal::kDistrusted, status.message());
}

}  // namespace

std::string_view NameOf(OpenIdRefusal refusal) {
  switch (refusal) {
    case OpenIdRefusal::kNone: return "";
    case OpenIdRefusal::kDenied: return "geweigerd";
    case OpenIdRefusal::kStale: return "verlopen";
    case OpenIdRefusal::kUnreachable: return "onbereikbaar";
    case OpenIdRefusal::kDistrusted: return "onjuist";
    case OpenIdRefusal::kNoRole: return "geen-rol";
    case OpenIdRefusal::kBusy: return "te-druk";
  }
  return "";
}

OpenIdClient::OpenIdClient(OpenIdSettings settings, std::function<Instant()> now,
                           std::function<std::string(size_t)> chance, Ways ways)
    : settings_(std::move(settings)),
      now_(std::move(now)),
      chance_(std::move(chance)),
      ways_(std::move(ways)),
      secret_(chance_(kSecretBytes)) {}

// A ticket is the second in which it was made, in hexadecimal, a full stop, and a random key.
std::string OpenIdClient::Derive(std::string_view purpose, std::string_view ticket) const {
  std::string text = std::string(purpose) + ":" + std::string(ticket);
  unsigned char digest[crypto_generichash_BYTES];
  crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), reinterpret_cast<const unsigned char*>(secret_.data()),
                     secret_.size());
  return Base64Url(digest, sizeof digest);
}

bool OpenIdClient::IsFresh(std::string_view ticket) const {
  int64_t second = 0;
  auto [end, error] = std::from_chars(ticket.data(), ticket.data() + ticket.size(), second, 16);
  if (error != std::errc() || end == ticket.data() + ticket.size() || *end != '.') return false;
  int64_t age = MillisOf(now_()) / 1000 - second;
  return age >= 0 && age < std::chrono::seconds(kTicketLife).count();
}

Result<OpenIdClient::Metadata> OpenIdClient::FetchMetadata() {
  std::string url = settings_.issuer;
  if (url.back() == '/') url.pop_back();
  auto found = Document::Of(ways_.fetch(url + "/.well-known/openid-configuration"));
  if (!found.ok()) return found.status().Within("discovery");
  if (found->Text("issuer") != settings_.issuer) {
    return Status::Invalid("discovery: it speaks for another issuer");
  }
  Metadata made{found->Text("authorization_endpoint"),
                found->Text("token_endpoint"),
                found->Text("jwks_uri"),
                found->Text("userinfo_endpoint"),
                found->Text("end_session_endpoint"),
                false};
  bool safe =
      IsSafeAddress(made.authorization) && IsSafeAddress(made.token) && IsSafeAddress(made.keys);
  for (const std::string& address : {made.userinfo, made.end_session}) {
    safe = safe && (address.empty() || IsSafeAddress(address));
  }
  if (!safe) return Status::Invalid("discovery: an address without TLS");
  // Without a word on it, RFC 6749's own way holds.
  constexpr char kMethods[] = "token_endpoint_auth_methods_supported";
  made.secret_in_form = found->Has(kMethods) && !found->ListHas(kMethods, "client_secret_basic");
  return made;
}

Result<OpenIdClient::Metadata> OpenIdClient::KnownMetadata() {
  {
    std::lock_guard lock(mutex_);
    if (now_() < metadata_until_) return metadata_;
  }
  auto fetched = FetchMetadata();
  if (!fetched.ok()) return fetched;
  std::lock_guard lock(mutex_);
  metadata_ = *fetched;
  metadata_until_ = now_() + kMetadataLife;
  return fetched;
}

Result<std::string> OpenIdClient::Keys(const Metadata& metadata, bool anew) {
  {
    std::lock_guard lock(mutex_);
    // Whoever makes up key names does not make us ask for every one of them.
    bool recent = !keys_.empty() && now_() < keys_at_ + kKeysPause;
    if (!keys_.empty() && (!anew || recent)) return keys_;
  }
  auto answer = ways_.fetch(metadata.keys);
  if (!answer.ok()) return answer.status().Within("keys");
  if (answer->status != kOk) return Status::Unavailable("keys: no answer with keys");
  std::lock_guard lock(mutex_);
  keys_ = answer->body;
  keys_at_ = now_();
  return keys_;
}

OpenIdStart OpenIdClient::Begin() {
  if (!room_.try_acquire_for(kQueueWait)) return {OpenIdRefusal::kBusy, "", ""};
  auto metadata = KnownMetadata();
  room_.release();
  if (!metadata.ok()) return {Refused(metadata.status()).refusal, "", ""};
  OpenIdStart start;
  char second[17];
  auto [end, error] = std::to_chars(second, second + 16, MillisOf(now_()) / 1000, 16);
  VROEGSEIN_CHECK(error == std::errc());
  start.ticket = std::string(second, end) + "." + MakeKey(chance_(kKeyChanceBytes));
  start.location = WithQuery(metadata->authorization,
                             {{"response_type", "code"},
                              {"client_id", settings_.client},
                              {"redirect_uri", settings_.redirect},
                              {"scope", settings_.scope},
                              {"state", Derive("state", start.ticket)},
                              {"nonce", Derive("nonce", start.ticket)},
                              {"code_challenge", Challenge(Derive("verifier", start.ticket))},
                              {"code_challenge_method", "S256"}});
  return start;
}

// The code for the tokens.
Result<OpenIdClient::Tokens> OpenIdClient::Redeem(const Metadata& metadata, const std::string& code,
                                                  const std::string& ticket) {
  FormFields form = {{"grant_type", "authorization_code"},
                     {"code", code},
                     {"redirect_uri", settings_.redirect},
                     {"code_verifier", Derive("verifier", ticket)}};
  // RFC 6749, 2.3.1: both are form-encoded before they become a password.
  BasicCredentials basic{PercentEncode(settings_.client), PercentEncode(settings_.secret)};
  if (metadata.secret_in_form) {
    basic = {};
    form.emplace_back("client_id", settings_.client);
    form.emplace_back("client_secret", settings_.secret);
  }
  auto answered = ways_.post(metadata.token, form, basic);
  bool refused = answered.ok() && answered->status >= 400 && answered->status < 500;
  if (refused) return Status::Invalid("the provider does not take the code or the client");
  auto document = Document::Of(std::move(answered));
  if (!document.ok()) return document.status().Within("token");
  Tokens tokens{document->Text("id_token"), document->Text("access_token")};
  if (tokens.id.empty()) return Status::Invalid("token: the answer has no id_token");
  return tokens;
}

// What the id_token does not say, by whom it is about; it says nothing else anew.
Status OpenIdClient::AskUserinfo(const Metadata& metadata, const std::string& access,
                                 Claims* claims) {
  bool needed = settings_.asks_userinfo && claims->Of(settings_.role_claim).empty();
  if (!needed || metadata.userinfo.empty() || access.empty()) return Status::Ok();
  auto document = Document::Of(ways_.fetch_as(metadata.userinfo, access));
  if (!document.ok()) return document.status().Within("userinfo");
  if (document->Text("sub") != claims->subject) {
    return Status::Invalid("userinfo: it is about another");
  }
  return AddClaims(document->text(), claims);
}

Result<Claims> OpenIdClient::Believe(const Metadata& metadata, const std::string& token,
                                     const std::string& ticket) {
  TokenDemand demand{settings_.issuer, settings_.client, Derive("nonce", ticket), now_()};
  auto keys = Keys(metadata, false);
  if (!keys.ok()) return keys.status();
  auto claims = CheckIdToken(token, *keys, demand);
  if (claims.ok() || claims.status().code() != StatusCode::kNotFound) return claims;
  keys = Keys(metadata, true);
  if (!keys.ok()) return keys.status();
  return CheckIdToken(token, *keys, demand);
}

OpenIdAnswer OpenIdClient::Finish(const OpenIdReturn& returned, const std::string& ticket) {
  // Whoever did not begin here, in this browser, brings another's code: it is not looked at.
  if (!IsFresh(ticket) || !SameHash(returned.state, Derive("state", ticket))) {
    return Refused(OpenIdRefusal::kStale, "another state");
  }
  if (!returned.issuer.empty() && returned.issuer != settings_.issuer) {
    return Refused(OpenIdRefusal::kDistrusted, "another issuer sent it back");
  }
  if (!returned.error.empty() || returned.code.empty()) {
    return Refused(OpenIdRefusal::kDenied, "the provider said no");
  }
  if (!room_.try_acquire_for(kQueueWait)) return Refused(OpenIdRefusal::kBusy, "too many at once");
  Tokens tokens;
  Result<Claims> claims = [&]() -> Result<Claims> {
    auto metadata = KnownMetadata();
    if (!metadata.ok()) return metadata.status();
    auto redeemed = Redeem(*metadata, returned.code, ticket);
    if (!redeemed.ok()) return redeemed.status();
    tokens = std::move(*redeemed);
    auto believed = Believe(*metadata, tokens.id, ticket);
    if (believed.ok()) {
      VROEGSEIN_RETURN_IF_ERROR(AskUserinfo(*metadata, tokens.access, &*believed));
    }
    return believed;
  }();
  room_.release();
  if (!claims.ok()) return Refused(claims.status());
  return {OpenIdRefusal::kNone, "", std::move(*claims), std::move(tokens.id)};
}

std::string OpenIdClient::SignOutAddress(const std::string& token) {
  if (settings_.sign_out == OpenIdSignOut::kNotThere) return "";
  std::string page;
  {
    std::lock_guard lock(mutex_);
    page = metadata_.end_session;
  }
  if (page.empty()) return "";
  FormFields fields = {{"client_id", settings_.client},
                       {"post_logout_redirect_uri", settings_.SignedOut()}};
  bool shown = settings_.sign_out == OpenIdSignOut::kWithToken && !token.empty();
  if (shown) fields.emplace_back("id_token_hint", token);
  return WithQuery(page, fields);
}

}  // namespace vroegsein
