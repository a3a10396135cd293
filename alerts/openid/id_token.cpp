#include "alerts/openid/id_token.h"

#include <cjose/cjose.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

namespace vroegsein {
namespace {

using simdjson::dom::element;

constexpr size_t kTokenBytesMax = 64u << 10;
constexpr size_t kKeysMax = 50;
constexpr size_t kSmallestRsaBits = 2048;

struct FreeToken {
  void operator()(cjose_jws_t* token) const { cjose_jws_release(token); }
};
struct FreeKey {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
using Token = std::unique_ptr<cjose_jws_t, FreeToken>;
using Key = std::unique_ptr<cjose_jwk_t, FreeKey>;

std::string TextOf(const element& object, const char* name) {
  std::string_view text;
  return object[name].get_string().get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

std::optional<int64_t> SecondsOf(const element& object, const char* name) {
  int64_t whole = 0;
  if (object[name].get_int64().get(whole) == simdjson::SUCCESS) return whole;
  double broken = 0;  // NumericDate may have a fraction
  constexpr double kFarthest = 1e12;
  if (object[name].get_double().get(broken) != simdjson::SUCCESS) return std::nullopt;
  if (broken < 0 || broken > kFarthest) return std::nullopt;
  return static_cast<int64_t>(broken);
}

std::vector<std::string> TextsOf(const element& value) {
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) return {std::string(text)};
  std::vector<std::string> texts;
  simdjson::dom::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) return texts;
  for (element one : list) {
    if (one.get_string().get(text) == simdjson::SUCCESS) texts.emplace_back(text);
  }
  return texts;
}

// How a token is signed, and by which key, as it says itself; none of it is believed yet.
struct Header {
  std::string algorithm;
  std::string key_id;
};

std::string HeaderField(cjose_jws_t* token, const char* name) {
  cjose_err error;
  const char* text = cjose_header_get(cjose_jws_get_protected(token), name, &error);
  return text == nullptr ? "" : text;
}

// What of the key set may have signed it: the kind of key is ours to choose, not the token's.
bool Fits(const element& key, const Header& header) {
  bool rsa = header.algorithm == "RS256";
  if (TextOf(key, "kty") != (rsa ? "RSA" : "EC")) return false;
  if (!rsa && TextOf(key, "crv") != "P-256") return false;
  std::string use = TextOf(key, "use"), algorithm = TextOf(key, "alg");
  if (!use.empty() && use != "sig") return false;
  if (!algorithm.empty() && algorithm != header.algorithm) return false;
  return header.key_id.empty() || TextOf(key, "kid") == header.key_id;
}

Key ImportKey(const element& key) {
  std::string text = simdjson::minify(key);
  cjose_err error;
  Key made(cjose_jwk_import(text.data(), text.size(), &error));
  if (made == nullptr) return made;
  bool rsa = cjose_jwk_get_kty(made.get(), &error) == CJOSE_JWK_KTY_RSA;
  if (rsa && cjose_jwk_get_keysize(made.get(), &error) < kSmallestRsaBits) return nullptr;
  return made;
}

Status CheckSignature(const std::string& text, Token* token, std::string_view keys,
                      const Header& header) {
  simdjson::dom::parser parser;
  simdjson::dom::array list;
  if (parser.parse(keys.data(), keys.size())["keys"].get_array().get(list) != simdjson::SUCCESS) {
    return Status::Invalid("the provider's keys are no key set");
  }
  size_t tried = 0;
  for (element key : list) {
    if (!Fits(key, header)) continue;
    if (++tried > kKeysMax) break;
    Key made = ImportKey(key);
    cjose_err error;
    if (made == nullptr) continue;
    if (cjose_jws_verify(token->get(), made.get(), &error)) return Status::Ok();
    // A token that failed once does not verify again: begin anew for the next key.
    token->reset(cjose_jws_import(text.data(), text.size(), &error));
    if (*token == nullptr) break;
  }
  // With a key named and found, a wrong signature is a forgery and no change of keys.
  if (tried > 0 && !header.key_id.empty()) return Status::Invalid("the signature is wrong");
  return Status::NotFound("no key of the provider has signed this");
}

Status CheckTimes(const element& claims, Instant now) {
  auto seconds = [](Instant instant) { return MillisOf(instant) / 1000; };
  auto expires = SecondsOf(claims, "exp");
  auto issued = SecondsOf(claims, "iat");
  auto begins = SecondsOf(claims, "nbf");
  if (!expires || !issued) return Status::Invalid("exp or iat is missing");
  if (*expires <= seconds(now - kClockLeeway)) return Status::Invalid("it has expired");
  if (*issued > seconds(now + kClockLeeway)) return Status::Invalid("it is of the future");
  if (begins && *begins > seconds(now + kClockLeeway)) return Status::Invalid("it is too early");
  return Status::Ok();
}

Status CheckClaims(const element& claims, const TokenDemand& demand) {
  if (TextOf(claims, "iss") != demand.issuer) return Status::Invalid("another issuer");
  element audience;
  if (claims["aud"].get(audience) != simdjson::SUCCESS) return Status::Invalid("no audience");
  std::vector<std::string> audiences = TextsOf(audience);
  if (std::find(audiences.begin(), audiences.end(), demand.client) == audiences.end()) {
    return Status::Invalid("another audience");
  }
  // Who else it is for may show it to us: then it has to say that we asked for it.
  std::string party = TextOf(claims, "azp");
  bool needs_party = audiences.size() > 1 || !party.empty();
  if (needs_party && party != demand.client) return Status::Invalid("another authorized party");
  if (demand.nonce.empty() || TextOf(claims, "nonce") != demand.nonce) {
    return Status::Invalid("another nonce");
  }
  if (TextOf(claims, "sub").empty()) return Status::Invalid("no subject");
  return CheckTimes(claims, demand.now);
}

}  // namespace

const std::vector<std::string>& Claims::Of(std::string_view name) const {
  static const std::vector<std::string> kNone;
  auto found = values.find(name);
  return found == values.end() ? kNone : found->second;
}

std::string Claims::First(std::string_view name) const {
  const auto& all = Of(name);
  return all.empty() ? "" : all.front();
}

Result<Claims> CheckIdToken(const std::string& text, std::string_view keys,
                            const TokenDemand& demand) {
  if (text.size() > kTokenBytesMax) return Status::Invalid("the token is too large");
  cjose_err error;
  Token token(cjose_jws_import(text.data(), text.size(), &error));
  if (token == nullptr) return Status::Invalid("no signed token");
  Header header{HeaderField(token.get(), CJOSE_HDR_ALG), HeaderField(token.get(), CJOSE_HDR_KID)};
  if (header.algorithm != "RS256" && header.algorithm != "ES256") {
    return Status::Invalid("signed in another way than RS256 or ES256");
  }
  std::unique_ptr<char, decltype(&std::free)> critical(
      cjose_header_get_raw(cjose_jws_get_protected(token.get()), "crit", &error), &std::free);
  if (critical != nullptr) return Status::Invalid("it demands what we do not know");
  VROEGSEIN_RETURN_IF_ERROR(CheckSignature(text, &token, keys, header));
  uint8_t* bytes = nullptr;
  size_t count = 0;
  if (!cjose_jws_get_plaintext(token.get(), &bytes, &count, &error)) {
    return Status::Invalid("nothing is in the token");
  }
  simdjson::dom::parser parser;
  std::string_view said(reinterpret_cast<const char*>(bytes), count);
  element all;
  if (parser.parse(simdjson::padded_string(said)).get(all) != simdjson::SUCCESS) {
    return Status::Invalid("the token holds no JSON");
  }
  VROEGSEIN_RETURN_IF_ERROR(CheckClaims(all, demand));
  Claims claims;
  claims.subject = TextOf(all, "sub");
  VROEGSEIN_RETURN_IF_ERROR(AddClaims(said, &claims));
  return claims;
}

Status AddClaims(std::string_view json, Claims* claims) {
  simdjson::dom::parser parser;
  simdjson::dom::object said;
  if (parser.parse(simdjson::padded_string(json)).get_object().get(said) != simdjson::SUCCESS) {
    return Status::Invalid("no JSON object");
  }
  for (auto field : said) {
    std::vector<std::string> texts = TextsOf(field.value);
    if (!texts.empty()) claims->values.emplace(field.key, std::move(texts));
  }
  return Status::Ok();
}

}  // namespace vroegsein
