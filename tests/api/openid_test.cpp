// Sign-in at a provider as tables: tokens that are right and wrong, addresses, and the client with
// a provider, a clock and chance of the test's own. openid_suite.py does it end to end.
#include <cjose/cjose.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "alerts/openid/admittance.h"
#include "alerts/openid/openid_client.h"

namespace vroegsein {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr char kIssuer[] = "https://login.example.nl";
const Instant kNow = InstantOf(1'800'000'000'000);

// A key with a name, that signs.
class Signer {
 public:
  enum Kind { kRsa, kSmallRsa, kEc };
  Signer(Kind kind, const std::string& name) {
    cjose_err error;
    key_ = kind == kEc ? cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error)
                       : cjose_jwk_create_RSA_random(kind == kRsa ? 2048 : 1024, Exponent().data(),
                                                     Exponent().size(), &error);
    cjose_jwk_set_kid(key_, name.data(), name.size(), &error);
  }
  ~Signer() { cjose_jwk_release(key_); }
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  std::string Public() const {
    cjose_err error;
    char* text = cjose_jwk_to_json(key_, false, &error);
    std::string copy(text);
    std::free(text);
    return copy;
  }

  std::string Sign(const std::string& claims, const char* algorithm, const char* name,
                   const char* critical = nullptr) const {
    cjose_err error;
    cjose_header_t* header = cjose_header_new(&error);
    cjose_header_set(header, CJOSE_HDR_ALG, algorithm, &error);
    if (name != nullptr) cjose_header_set(header, CJOSE_HDR_KID, name, &error);
    if (critical != nullptr) cjose_header_set_raw(header, "crit", critical, &error);
    cjose_jws_t* made = cjose_jws_sign(
        key_, header, reinterpret_cast<const uint8_t*>(claims.data()), claims.size(), &error);
    const char* text = nullptr;
    EXPECT_TRUE(cjose_jws_export(made, &text, &error)) << error.message;
    std::string copy(text);
    cjose_jws_release(made);
    cjose_header_release(header);
    return copy;
  }

 private:
  static const std::vector<uint8_t>& Exponent() {
    static const std::vector<uint8_t> kExponent = {1, 0, 1};
    return kExponent;
  }
  cjose_jwk_t* key_ = nullptr;
};

const Signer& Rsa() {
  static const Signer signer(Signer::kRsa, "r");
  return signer;
}
const Signer& Ec() {
  static const Signer signer(Signer::kEc, "e");
  return signer;
}
std::string KeySet() { return R"({"keys":[)" + Ec().Public() + "," + Rsa().Public() + "]}"; }

TokenDemand Demand() { return {kIssuer, "desk", "n-1", kNow}; }

using Fields = std::map<std::string, std::string>;  // name -> JSON

std::string ClaimsWith(const Fields& changes) {
  Fields fields = {{"iss", "\"" + std::string(kIssuer) + "\""},
                   {"aud", R"("desk")"},
                   {"sub", R"("42")"},
                   {"nonce", R"("n-1")"},
                   {"iat", "1799999990"},
                   {"exp", "1800000300"},
                   {"groups", R"(["a","b",3])"}};
  for (const auto& [name, value] : changes) fields[name] = value;
  std::string text;
  for (const auto& [name, value] : fields) {
    if (!value.empty()) text += (text.empty() ? "{\"" : ",\"") + name + "\":" + value;
  }
  return text + "}";
}

StatusCode CodeOf(const std::string& token, const std::string& keys = KeySet()) {
  return CheckIdToken(token, keys, Demand()).status().code();
}

StatusCode CodeWith(const Fields& changes) {
  return CodeOf(Rsa().Sign(ClaimsWith(changes), "RS256", "r"));
}

TEST(IdTokenTest, BothWaysOfSigningAreBelieved) {
  for (const std::string& token :
       {Rsa().Sign(ClaimsWith({}), "RS256", "r"), Rsa().Sign(ClaimsWith({}), "RS256", nullptr),
        Ec().Sign(ClaimsWith({}), "ES256", "e")}) {
    auto claims = CheckIdToken(token, KeySet(), Demand());
    ASSERT_TRUE(claims.ok()) << claims.status().message();
    EXPECT_EQ(claims->subject, "42");
    EXPECT_EQ(claims->Of("groups"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(claims->First("absent"), "");
  }
}

TEST(IdTokenTest, WhatItClaimsHasToBeRight) {
  EXPECT_EQ(CodeWith({{"aud", R"(["desk"])"}}), StatusCode::kOk);
  EXPECT_EQ(CodeWith({{"aud", R"(["other","desk"])"}, {"azp", R"("desk")"}}), StatusCode::kOk);
  for (const Fields& wrong : std::vector<Fields>{{{"iss", R"("https://login.example.nl/")"}},
                                                 {{"iss", ""}},
                                                 {{"aud", R"("other")"}},
                                                 {{"aud", R"(["other"])"}},
                                                 {{"aud", R"(["other","desk"])"}},
                                                 {{"aud", ""}},
                                                 {{"azp", R"("other")"}},
                                                 {{"nonce", R"("n-2")"}},
                                                 {{"nonce", ""}},
                                                 {{"sub", ""}},
                                                 {{"sub", "42"}},
                                                 {{"exp", ""}},
                                                 {{"exp", R"("1800000300")"}},
                                                 {{"iat", ""}}}) {
    EXPECT_EQ(CodeWith(wrong), StatusCode::kInvalid) << wrong.begin()->first;
  }
}

TEST(IdTokenTest, ClocksMayDifferByAMinute) {
  EXPECT_EQ(CodeWith({{"exp", "1799999941"}}), StatusCode::kOk);
  EXPECT_EQ(CodeWith({{"exp", "1799999940"}}), StatusCode::kInvalid);
  EXPECT_EQ(CodeWith({{"exp", "1800000300.5"}}), StatusCode::kOk);
  EXPECT_EQ(CodeWith({{"iat", "1800000060"}}), StatusCode::kOk);
  EXPECT_EQ(CodeWith({{"iat", "1800000061"}}), StatusCode::kInvalid);
  EXPECT_EQ(CodeWith({{"nbf", "1800000061"}}), StatusCode::kInvalid);
}

TEST(IdTokenTest, OnlyASignatureOfTheProviderCounts) {
  std::string right = Rsa().Sign(ClaimsWith({}), "RS256", "r");
  Signer other(Signer::kRsa, "r"), small(Signer::kSmallRsa, "s");
  EXPECT_EQ(CodeOf(other.Sign(ClaimsWith({}), "RS256", "r")), StatusCode::kInvalid);
  EXPECT_EQ(CodeOf(other.Sign(ClaimsWith({}), "RS256", "new")), StatusCode::kNotFound);
  EXPECT_EQ(CodeOf(Rsa().Sign(ClaimsWith({}), "RS256", "e")), StatusCode::kNotFound);
  EXPECT_EQ(CodeOf(Rsa().Sign(ClaimsWith({}), "PS256", "r")), StatusCode::kInvalid);
  EXPECT_EQ(CodeOf(Rsa().Sign(ClaimsWith({}), "RS256", "r", R"(["exp"])")), StatusCode::kInvalid);
  EXPECT_NE(
      CodeOf(small.Sign(ClaimsWith({}), "RS256", "s"), R"({"keys":[)" + small.Public() + "]}"),
      StatusCode::kOk);
  size_t first = right.find('.'), second = right.rfind('.');
  std::string none = "eyJhbGciOiJub25lIn0" + right.substr(first, second - first + 1);
  for (const std::string& broken : {std::string(), std::string("a.b.c"), right.substr(0, second),
                                    right.substr(0, second + 1), none, right + "x"}) {
    EXPECT_NE(CodeOf(broken), StatusCode::kOk) << broken.size();
  }
  for (const char* keys : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})", R"({"keys":[1]})"}) {
    EXPECT_NE(CodeOf(right, keys), StatusCode::kOk) << keys;
  }
}

TEST(TransferTest, SecretsTravelOverTls) {
  for (const char* safe : {"https://a", "https://a.example:8443/x?y=1", "http://127.0.0.1:1/",
                           "http://[::1]:80", "http://localhost/x"}) {
    EXPECT_TRUE(IsSafeAddress(safe)) << safe;
  }
  for (const char* unsafe :
       {"", "https://", "http://a", "http://127.0.0.1.example", "http://localhost.example/",
        "http://localhost@example/", "https://u:p@a", "ftp://a", "file:///etc", "https://a b",
        "https://a#b", "https://a\r\n", "HTTPS://a", "//a", "http://127.0.0.2/"}) {
    EXPECT_FALSE(IsSafeAddress(unsafe)) << unsafe;
  }
  EXPECT_EQ(EncodeForm({{"a b", "c&d"}, {"e", "~é"}}), "a%20b=c%26d&e=~%C3%A9");
  EXPECT_EQ(FetchPage("http://example.nl/").status().code(), StatusCode::kInvalid);
  EXPECT_EQ(FetchPage("http://127.0.0.1:1/").status().code(), StatusCode::kUnavailable);
}

// A provider that answers what the test says, and counts how often it was asked.
class OpenIdClientTest : public testing::Test {
 protected:
  OpenIdClientTest() {
    pages_[std::string(kIssuer) + "/.well-known/openid-configuration"] =
        R"({"issuer":"https://login.example.nl","authorization_endpoint":"https://login.example.nl/a",)"
        R"("token_endpoint":"https://login.example.nl/t","jwks_uri":"https://login.example.nl/k"})";
    pages_["https://login.example.nl/k"] = KeySet();
  }

  OpenIdClient& Client() {
    if (client_ != nullptr) return *client_;
    OpenIdSettings settings;
    settings.issuer = kIssuer;
    settings.client = "desk";
    settings.secret = "s";
    settings.redirect = "https://desk.example.nl/v1/sessies/openid/terug";
    OpenIdClient::Ways ways;
    ways.fetch = [this](const std::string& url) -> Result<TransferAnswer> {
      ++fetched_[url];
      if (!pages_.contains(url)) return Status::Unavailable("away");
      return TransferAnswer{200, pages_[url]};
    };
    ways.post = [this](const std::string&, const FormFields&,
                       const BasicCredentials&) -> Result<TransferAnswer> {
      return TransferAnswer{200, R"({"access_token":"at","id_token":")" + token_ + "\"}"};
    };
    ways.fetch_as = [this](const std::string& url,
                           const std::string& token) -> Result<TransferAnswer> {
      EXPECT_EQ(token, "at");
      ++fetched_[url];
      return TransferAnswer{200, pages_[url]};
    };
    settings.asks_userinfo = asks_userinfo_;
    settings.sign_out = sign_out_;
    client_ = std::make_unique<OpenIdClient>(
        settings, [this] { return now_; },
        [this](size_t count) { return std::string(count, static_cast<char>('a' + chance_++)); },
        ways);
    return *client_;
  }

  static std::string ValueOf(const std::string& url, const std::string& name) {
    size_t begin = url.find(name + "=") + name.size() + 1;
    return url.substr(begin, url.find('&', begin) - begin);
  }

  // Signs in from beginning to end, `later` after the beginning.
  OpenIdRefusal SignIn(const Signer& signer, const char* key, seconds later = seconds(5)) {
    OpenIdStart start = Client().Begin();
    if (start.refusal != OpenIdRefusal::kNone) return start.refusal;
    std::string nonce = "\"" + ValueOf(start.location, "nonce") + "\"";
    token_ = signer.Sign(ClaimsWith({{"nonce", nonce}, {"exp", "1900000000"}, {"groups", role_}}),
                         "RS256", key);
    now_ += later;
    OpenIdAnswer answer =
        Client().Finish({"c", ValueOf(start.location, "state"), "", ""}, start.ticket);
    EXPECT_EQ(answer.token, answer.refusal == OpenIdRefusal::kNone ? token_ : "");
    claims_ = answer.claims;
    return answer.refusal;
  }

  std::map<std::string, std::string> pages_;
  std::map<std::string, int> fetched_;
  std::string token_;
  Instant now_ = kNow;
  int chance_ = 0;
  Claims claims_;
  std::string role_ = R"("a")";  // empty: the token has none
  bool asks_userinfo_ = false;
  OpenIdSignOut sign_out_ = OpenIdSignOut::kWithToken;
  std::unique_ptr<OpenIdClient> client_;
};

TEST_F(OpenIdClientTest, ATicketLivesTenMinutes) {
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_EQ(SignIn(Rsa(), "r", OpenIdClient::kTicketLife - seconds(1)), OpenIdRefusal::kNone);
  EXPECT_EQ(SignIn(Rsa(), "r", OpenIdClient::kTicketLife), OpenIdRefusal::kStale);
  EXPECT_EQ(SignIn(Rsa(), "r", seconds(-5)), OpenIdRefusal::kStale);
}

TEST_F(OpenIdClientTest, KeysThatChangedAreFetchedAnewButNotForEachMadeUpName) {
  Signer next(Signer::kRsa, "next");
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  now_ += OpenIdClient::kKeysPause;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(SignIn(next, "next"), OpenIdRefusal::kDistrusted);
  EXPECT_EQ(fetched_["https://login.example.nl/k"], 2);
  pages_["https://login.example.nl/k"] = R"({"keys":[)" + next.Public() + "]}";
  now_ += OpenIdClient::kKeysPause;
  EXPECT_EQ(SignIn(next, "next"), OpenIdRefusal::kNone);
  EXPECT_EQ(fetched_["https://login.example.nl/k"], 3);
}

TEST_F(OpenIdClientTest, AProviderIsHeldToItsWord) {
  std::string discovery = std::string(kIssuer) + "/.well-known/openid-configuration";
  std::string right = pages_[discovery];
  auto begin_with = [&](const std::string& page) {
    pages_[discovery] = page;
    return Client().Begin().refusal;
  };
  auto changed = [&](const std::string& from, const std::string& to) {
    std::string page = right;
    return begin_with(page.replace(page.find(from), from.size(), to));
  };
  EXPECT_EQ(changed("nl\",\"auth", "nl/\",\"auth"), OpenIdRefusal::kDistrusted);
  EXPECT_EQ(changed("https://login.example.nl/t", "http://login.example.nl/t"),
            OpenIdRefusal::kDistrusted);
  EXPECT_EQ(changed("jwks_uri", "other"), OpenIdRefusal::kDistrusted);
  EXPECT_EQ(begin_with("<html>"), OpenIdRefusal::kUnreachable);
  pages_.erase(discovery);
  EXPECT_EQ(Client().Begin().refusal, OpenIdRefusal::kUnreachable);
  EXPECT_EQ(begin_with(right), OpenIdRefusal::kNone);
  now_ += OpenIdClient::kMetadataLife - minutes(1);
  pages_.erase(discovery);
  EXPECT_EQ(Client().Begin().refusal, OpenIdRefusal::kNone) << "remembered for an hour";
}

TEST_F(OpenIdClientTest, SigningOutGoesWhereTheProviderSays) {
  std::string& discovery = pages_[std::string(kIssuer) + "/.well-known/openid-configuration"];
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_EQ(Client().SignOutAddress("a.b.c"), "") << "it has no such page";
  discovery.insert(1, R"("end_session_endpoint":"https://login.example.nl/out?x=1",)");
  const std::string address =
      "https://login.example.nl/out?x=1&client_id=desk"
      "&post_logout_redirect_uri=https%3A%2F%2Fdesk.example.nl%2F";
  client_.reset();
  EXPECT_EQ(Client().SignOutAddress("a.b.c"), "") << "nobody waits for it";
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_EQ(Client().SignOutAddress("a.b.c"), address + "&id_token_hint=a.b.c");
  EXPECT_EQ(Client().SignOutAddress(""), address);
  sign_out_ = OpenIdSignOut::kWithoutToken;
  client_.reset();
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_EQ(Client().SignOutAddress("a.b.c"), address);
  sign_out_ = OpenIdSignOut::kNotThere;
  client_.reset();
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_EQ(Client().SignOutAddress("a.b.c"), "");
}

TEST_F(OpenIdClientTest, UserinfoIsAskedWhereTheRoleIsNotInTheToken) {
  std::string& discovery = pages_[std::string(kIssuer) + "/.well-known/openid-configuration"];
  const std::string page = "https://login.example.nl/me";
  discovery.insert(1, R"("userinfo_endpoint":")" + page + "\",");
  asks_userinfo_ = true;
  pages_[page] = R"({"sub":"42","groups":"c"})";
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_EQ(fetched_[page], 0) << "the token says it";
  role_ = "";
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_EQ(claims_.Of("groups"), std::vector<std::string>{"c"});
  for (const char* wrong : {R"({"sub":"43","groups":"c"})", R"({"groups":"c"})", R"({"sub":42})"}) {
    pages_[page] = wrong;
    EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kDistrusted) << wrong;
  }
  pages_[page] = "<html>";
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kUnreachable);
  asks_userinfo_ = false;
  client_.reset();
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kNone);
  EXPECT_TRUE(claims_.Of("groups").empty());
  discovery.replace(discovery.find(page), page.size(), "http://login.example.nl/me");
  client_.reset();
  EXPECT_EQ(SignIn(Rsa(), "r"), OpenIdRefusal::kDistrusted);
}

TEST(AdmittanceTest, TheFirstGrantThatFitsCounts) {
  OpenIdSettings settings;
  settings.issuer = kIssuer;
  settings.team_claim = "team";
  settings.grants = {{"boss", Role::kCoordinator, "", {"0080"}},
                     {"north", Role::kWorker, "noord", {"0080"}},
                     {"worker", Role::kWorker, "", {"0080"}}};
  auto account = [&](std::vector<std::string> groups, std::vector<std::string> team) {
    Claims claims;
    claims.subject = "42";
    claims.values = {{"groups", groups},
                     {"team", team},
                     {"preferred_username", {"anneke"}},
                     {"email", {"a@example.nl\r\nBcc: x@example.nl"}}};
    return AccountOf(settings, claims);
  };
  EXPECT_EQ(account({"worker", "boss"}, {})->role(), "coordinator");
  EXPECT_EQ(account({"worker", "north"}, {"west"})->team(), "noord");
  EXPECT_EQ(account({"worker"}, {"west"})->team(), "west");
  EXPECT_EQ(account({"worker"}, {"west"})->mail(), "") << "no address that brings its own header";
  EXPECT_EQ(account({"worker"}, {}).status().code(), StatusCode::kForbidden);
  EXPECT_EQ(account({"Worker"}, {"west"}).status().code(), StatusCode::kForbidden);
  EXPECT_EQ(account({}, {"west"}).status().code(), StatusCode::kForbidden);
}

}  // namespace
}  // namespace vroegsein
