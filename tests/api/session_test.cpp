// Sign-in as tables: passwords, lockout and sessions with a clock and chance of the test's own.
#include <gtest/gtest.h>

#include "alerts/session/accounts.h"
#include "alerts/session/door.h"
#include "alerts/session/password.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr char kPassword[] = "een goed wachtwoord";

TEST(PasswordTest, OnlyTheRightOneIs) {
  std::string kept = HashPassword(kPassword, std::string(kPasswordSaltBytes, 's'));
  EXPECT_TRUE(IsPassword(kPassword, kept));
  EXPECT_NE(kept, HashPassword(kPassword, std::string(kPasswordSaltBytes, 't')));
  for (const std::string& wrong :
       {std::string(), std::string("Een goed wachtwoord"), std::string(kPassword) + " ", kept}) {
    EXPECT_FALSE(IsPassword(wrong, kept));
  }
  for (const std::string& broken :
       {std::string(), std::string("argon2id"), kept + ":", kept.substr(0, kept.size() - 1),
        "argon2i" + kept.substr(8), "argon2id:0" + kept.substr(10), std::string("x:y:z:a:b")}) {
    EXPECT_FALSE(IsPassword(kPassword, broken)) << broken.size();
  }
}

TEST(PasswordTest, ARandomOneIsLongEnough) {
  std::string all;
  for (int i = 0; i < static_cast<int>(kRandomPasswordBytes); ++i) all += static_cast<char>(i * 13);
  EXPECT_EQ(MakePassword(all).size(), kRandomPasswordBytes);
  EXPECT_GE(kRandomPasswordBytes, kPasswordCharsMin);
}

TEST(LockoutTest, WaitsGetLongerAndAreForgotten) {
  Lockout lockout;
  Instant now{};
  auto fail = [&](const char* who, const char* from) { return lockout.Begin(who, from, now); };
  for (int i = 0; i < Lockout::kAccountFailures; ++i) EXPECT_EQ(fail("a", "1"), seconds(0));
  EXPECT_EQ(fail("a", "1"), Lockout::kFirstWait);
  EXPECT_EQ(fail("a", "2"), Lockout::kFirstWait) << "another address is no way around it";
  EXPECT_EQ(fail("b", "1"), seconds(0)) << "a colleague at the same address may go on";
  seconds before(0);
  for (int i = 0; i < 12; ++i) {
    seconds wait = fail("a", "1");
    EXPECT_GE(wait, before);
    EXPECT_LE(wait, Lockout::kLongestWait);
    before = wait;
    now += wait;
    EXPECT_EQ(fail("a", "1"), seconds(0));
  }
  EXPECT_EQ(before, Lockout::kLongestWait);
  now += Lockout::kLongestWait + Lockout::kMemory + seconds(1);
  for (int i = 0; i < Lockout::kAccountFailures; ++i) EXPECT_EQ(fail("a", "1"), seconds(0));
}

TEST(LockoutTest, ARightPasswordClearsTheAccountOnly) {
  Lockout lockout;
  Instant now{};
  for (int i = 0; i < Lockout::kAddressFailures; ++i) {
    std::string account = "guess-" + std::to_string(i);
    EXPECT_EQ(lockout.Begin(account, "1", now), seconds(0));
  }
  EXPECT_EQ(lockout.Begin("new", "1", now), Lockout::kFirstWait);
  now += Lockout::kFirstWait;
  EXPECT_EQ(lockout.Begin("anneke", "1", now), seconds(0));
  lockout.Succeeded("anneke", "1");
  EXPECT_GT(lockout.Begin("anneke", "1", now), seconds(0)) << "who guesses elsewhere still waits";
}

TEST(LockoutTest, WhatItRemembersIsBounded) {
  Lockout lockout;
  Instant now{};
  for (size_t i = 0; i < Lockout::kEntriesMax + 100; ++i) {
    now += std::chrono::milliseconds(1);
    lockout.Begin("a" + std::to_string(i), "r" + std::to_string(i), now);
  }
  for (int i = 0; i < Lockout::kAccountFailures; ++i) {
    EXPECT_EQ(lockout.Begin("a0", "x", now), seconds(0)) << "the oldest went";
  }
}

class SessionsTest : public testing::Test {
 protected:
  std::string Chance(size_t bytes) {
    std::string text = std::to_string(++drawn_);
    text.resize(bytes, 'x');
    return text;
  }
  std::string Open(const char* who) {
    Identity identity;
    identity.name = who;
    return table_.Open(identity, who, 0, now_);
  }
  bool Lives(const std::string& token, bool touch = true) {
    return table_.Find(token, now_, touch) != nullptr;
  }

  int drawn_ = 0;
  Instant now_{hours(1000)};
  SessionTable table_{SessionLimits(), [this](size_t bytes) { return Chance(bytes); }};
};

TEST_F(SessionsTest, EndsWhenIdleAndAtItsLongest) {
  std::string used = Open("a"), idle = Open("b"), watched = Open("c");
  for (int i = 0; i < 12 * 60 / 20 - 1; ++i) {
    now_ += minutes(20);
    EXPECT_TRUE(Lives(used)) << i;
    Lives(watched, false);
  }
  EXPECT_FALSE(Lives(idle));
  EXPECT_FALSE(Lives(watched)) << "a stream of events is no use";
  now_ += minutes(20);
  EXPECT_FALSE(Lives(used)) << "twelve hours are enough";
  EXPECT_FALSE(Lives("vs_nothing"));
}

TEST_F(SessionsTest, TenAPerson) {
  std::vector<std::string> tokens;
  for (size_t i = 0; i < SessionTable::kSessionsPerPersonMax; ++i) {
    tokens.push_back(Open("a"));
    now_ += seconds(1);
  }
  EXPECT_TRUE(Lives(tokens[0])) << "it is used now";
  std::string other = Open("b"), one_more = Open("a");
  EXPECT_FALSE(Lives(tokens[1])) << "the one not used longest";
  for (const std::string& token : {tokens[0], tokens[2], other, one_more})
    EXPECT_TRUE(Lives(token));
  table_.CloseOthers("a", tokens[2], 7);
  EXPECT_FALSE(Lives(tokens[0]));
  EXPECT_TRUE(Lives(other));
  EXPECT_EQ(table_.Find(tokens[2], now_, false)->changed_ms, 7);
}

class DoorTest : public testing::Test {
 protected:
  DoorTest() { Add("anneke", kPassword); }

  void Add(const char* user, const char* password) {
    Status changed = ChangeAccounts(root_ / "data", [&](Accounts* accounts) {
      Account* account = accounts->add_accounts();
      account->set_user(user);
      account->set_role("wijkteamlid");
      account->set_team("centrum");
      account->add_municipalities("0080");
      account->set_password(HashPassword(password, std::string(kPasswordSaltBytes, 's')));
      return Status::Ok();
    });
    VROEGSEIN_CHECK(changed.ok());
  }
  HttpRequest With(const std::string& cookie, const char* method = "GET") {
    HttpRequest request;
    request.method = method;
    request.headers = {{"Cookie", cookie}};
    return request;
  }
  std::string Chance(size_t bytes) {
    std::string text = std::to_string(++drawn_);
    text.resize(bytes, 'x');
    return text;
  }

  TemporaryFolder root_;
  int drawn_ = 0;
  Instant now_{hours(1000)};
  Gate gate_{{}};
  Door door_{&gate_,
             root_ / "data",
             {},
             [this] { return now_; },
             [this](size_t bytes) { return Chance(bytes); }};
  Door secure_{&gate_,
               root_ / "data",
               {{}, true},
               [this] { return now_; },
               [this](size_t bytes) { return Chance(bytes); }};
};

TEST_F(DoorTest, AChangeNeedsTheSessionsOwnToken) {
  SignIn in = door_.Open("anneke", kPassword, HttpRequest());
  ASSERT_EQ(in.entry, Admission::kOpened);
  std::string cookie = "other=1; vroegsein_sessie=" + in.token;
  EXPECT_EQ(door_.Admit(With(cookie), true).identity->team, "centrum");
  EXPECT_FALSE(door_.Admit(With(cookie), true).forged);
  HttpRequest change = With(cookie, "POST");
  EXPECT_TRUE(door_.Admit(change, true).forged);
  change.headers.emplace_back("X-CSRF-Token", in.token);
  EXPECT_TRUE(door_.Admit(change, true).forged);
  change.headers.back().second = in.session->csrf;
  EXPECT_FALSE(door_.Admit(change, true).forged);
  for (const std::string& wrong :
       {in.token, std::string("vroegsein_sessie="), "vroegsein_sessie=" + in.token + "x",
        "__Host-vroegsein_sessie=" + in.token}) {
    EXPECT_EQ(door_.Admit(With(wrong), true).identity, nullptr);
  }
}

TEST_F(DoorTest, AnAccountThatChangedEndsItsSessions) {
  SignIn in = door_.Open("anneke", kPassword, HttpRequest());
  std::string cookie = "vroegsein_sessie=" + in.token;
  Add("bea", kPassword);
  EXPECT_NE(door_.Admit(With(cookie), true).identity, nullptr);
  Visitor visitor = door_.Admit(With(cookie), true);
  auto refused = door_.ChangePassword(visitor, "fout", "een ander wachtwoord", HttpRequest());
  ASSERT_TRUE(refused.ok());
  EXPECT_EQ(refused->entry, Admission::kWrong);
  SignIn second = door_.Open("anneke", kPassword, HttpRequest());
  ASSERT_TRUE(door_.ChangePassword(visitor, kPassword, "een ander wachtwoord", HttpRequest()).ok());
  EXPECT_NE(door_.Admit(With(cookie), true).identity, nullptr) << "whoever did it stays";
  EXPECT_EQ(door_.Admit(With("vroegsein_sessie=" + second.token), true).identity, nullptr);
  EXPECT_EQ(door_.Open("anneke", kPassword, HttpRequest()).entry, Admission::kWrong);
  ASSERT_TRUE(ChangeAccounts(root_ / "data", [](Accounts* accounts) {
                accounts->mutable_accounts()->DeleteSubrange(0, 1);
                return Status::Ok();
              }).ok());
  EXPECT_EQ(door_.Admit(With(cookie), true).identity, nullptr);
}

TEST_F(DoorTest, BehindTlsTheCookieIsForThisHostOverTlsOnly) {
  std::string plain = door_.CookieHeader("t").second, secure = secure_.CookieHeader("t").second;
  for (const std::string& cookie : {plain, secure}) {
    EXPECT_NE(cookie.find("; Path=/; HttpOnly; SameSite=Strict"), std::string::npos);
  }
  EXPECT_EQ(plain.find("Secure"), std::string::npos);
  EXPECT_NE(secure.find("; Secure"), std::string::npos);
  EXPECT_TRUE(secure.starts_with("__Host-"));
  HttpRequest request;
  request.remote = "127.0.0.1";
  request.headers = {{"X-Forwarded-For", "6.6.6.6, 10.0.0.7"}};
  EXPECT_EQ(door_.AddressOf(request), "127.0.0.1");
  EXPECT_EQ(secure_.AddressOf(request), "10.0.0.7");
}

TEST(AccountsTest, AFileThatIsNotOursLetsNobodyIn) {
  TemporaryFolder root;
  ASSERT_TRUE(ChangeAccounts(root / "d", [](Accounts*) { return Status::Ok(); }).ok());
  AccountBook book(root / "d");
  EXPECT_TRUE(book.Read()->empty());
  std::string path = root / "d/gebruikers.json";
  for (const char* text : {"", "{", "[]", R"({"version":2,"accounts":[]})", R"({"accounts":7})"}) {
    FILE* file = std::fopen(path.c_str(), "w");
    std::fputs(text, file);
    std::fclose(file);
    EXPECT_EQ(ReadAccounts(root / "d").status().code(), StatusCode::kInvalid) << text;
    EXPECT_TRUE(book.Read()->empty());
  }
  for (const char* name : {"", "a b", "a/b", "a:b", "é"}) EXPECT_FALSE(IsUserName(name));
  EXPECT_TRUE(IsUserName("a.de-Vries_1@gemeente.nl"));
}

}  // namespace
}  // namespace vroegsein
