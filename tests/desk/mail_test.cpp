// The daily digest: who gets one, what is in it and what is not, and that each goes once.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

#include "alerts/api/service.h"
#include "alerts/mail/mail_round.h"
#include "tests/desk/desk_fixture.h"

namespace vroegsein {
namespace {

constexpr int kPatienceMs = 20'000;

class MailTest : public DeskTest {
 protected:
  MailTest() {
    settings_.server.host = "127.0.0.1";
    settings_.from = "vroegsein@example.nl";
    settings_.desk = "https://desk.example.nl/";
    settings_.time = std::chrono::hours(8);
  }

  void Add(const std::string& user, Role role, const std::string& team) {
    KnownAccount account;
    account.identity.name = user;
    account.identity.role = role;
    account.identity.team = team;
    account.identity.municipalities = {"0080"};
    account.mail = user + "@example.nl";
    people_[user] = account;
  }

  std::vector<DigestLetter> Letters(const char* now) {
    auto letters = WriteDigest(Folder().database(), people_, settings_, *ParseInstant(now));
    EXPECT_TRUE(letters.ok());
    return *letters;
  }
  std::vector<std::string> Receivers(const char* now) {
    std::vector<std::string> users;
    for (const DigestLetter& letter : Letters(now)) users.push_back(letter.user);
    return users;
  }

  MailSettings settings_;
  AccountBook::People people_;
};

using Users = std::vector<std::string>;

TEST_F(MailTest, OnlyWhoHasNewsGetsOne) {
  Deliver(ASignal("vitens", "S-1").At("8911AD 12"));
  std::string team = OnlyCase().team();
  Add("anneke", Role::kWorker, team);
  Add("bea", Role::kWorker, "elders");
  Add("carel", Role::kCoordinator, "");
  Add("dirk", Role::kManager, "");
  Add("gerrit", Role::kWorker, team);
  people_["gerrit"].mail = "";
  EXPECT_EQ(Receivers("2026-11-20T09:00:00Z"), (Users{"anneke", "carel"}));
  EXPECT_EQ(Receivers("2026-11-23T08:00:00Z"), (Users{"anneke", "carel"})) << "over the weekend";
  EXPECT_EQ(Receivers("2026-11-24T08:00:00Z"), Users{}) << "it is no news any more";
  EXPECT_EQ(Receivers("2026-12-16T08:00:00Z"), (Users{"anneke", "carel"})) << "the deadline nears";
  settings_.roles = {Role::kCoordinator};
  EXPECT_EQ(Receivers("2026-12-16T08:00:00Z"), Users{"carel"});
  EXPECT_EQ(Receivers("2027-01-20T08:00:00Z"), Users{}) << "late every day is no news";
}

TEST_F(MailTest, WhatAColleagueHasIsTheirs) {
  Deliver(ASignal("vitens", "S-1").At("8911AD 12"));
  std::string team = OnlyCase().team();
  for (const char* user : {"anneke", "bea"}) Add(user, Role::kWorker, team);
  Add("carel", Role::kCoordinator, "");
  auto receipt = Deliver(ASignal("vitens", "S-1"));
  ASSERT_TRUE(Task(*receipt.case_id, TASK_CLAIM, "bea").status.ok());
  EXPECT_EQ(Receivers("2026-12-16T08:00:00Z"), (Users{"bea", "carel"}));
}

TEST_F(MailTest, NothingOfAResidentIsInIt) {
  Deliver(ASignal("vitens", "S-1").At("8911AD 12").Surname("Zonderling").Crisis());
  Add("carel", Role::kCoordinator, "");
  auto letters = Letters("2026-11-20T09:00:00Z");
  ASSERT_EQ(letters.size(), 1u);
  const std::string& message = letters[0].message;
  for (const char* trace : {"8911", "Zonderling", "0080", "S-1", "vitens", "Water", "Carel"}) {
    EXPECT_EQ(message.find(trace), std::string::npos) << trace;
  }
  for (const char* said :
       {"To: <carel@example.nl>\r\n", "From: Vroegsein <vroegsein@example.nl>\r\n",
        "Date: Fri, 20 Nov 2026 09:00:00 +0000\r\n", "- 1 nieuw huishouden\r\n",
        "- 1 daarvan is een crisis\r\n", "https://desk.example.nl/\r\n", "08:00"}) {
    EXPECT_NE(message.find(said), std::string::npos) << said;
  }
  EXPECT_EQ(message, Letters("2026-11-20T09:00:00Z")[0].message);
  for (size_t at = message.find('\n'); at != std::string::npos; at = message.find('\n', at + 1)) {
    EXPECT_EQ(message[at - 1], '\r');
  }
}

TEST_F(MailTest, AddressesBringNoHeaderAlong) {
  for (const char* right : {"a@example.nl", "a.b-c+d@x.example.nl"}) {
    EXPECT_TRUE(IsMailAddress(right)) << right;
  }
  for (const char* wrong : {"", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "a@b>",
                            "<a@b", "a@b,c", "-a@b", "\"a\"@b", "a@b;c", "é@b"}) {
    EXPECT_FALSE(IsMailAddress(wrong)) << wrong;
  }
}

class MailRoundTest : public MailTest {
 protected:
  MailRoundTest() {
    Deliver(ASignal("vitens", "S-1"));
    auto opened = Workplace::Open(root_ + "/data");
    VROEGSEIN_CHECK(opened.ok());
    workplace_ = std::move(*opened);
    for (const char* user : {"anneke", "bea", "carel"}) {
      Status added = ChangeAccounts(root_ + "/data", [&](Accounts* accounts) {
        Account* account = accounts->add_accounts();
        account->set_user(user);
        account->set_role("coordinator");
        account->add_municipalities("0080");
        account->set_mail(std::string(user) + "@example.nl");
        return Status::Ok();
      });
      VROEGSEIN_CHECK(added.ok());
    }
  }

  MailRound::Parts Parts() {
    MailRound::Parts parts;
    parts.database = &Folder().database();
    parts.workplace = workplace_.get();
    parts.accounts = &accounts_;
    parts.now = [] { return *ParseInstant("2026-11-20T09:00:00Z"); };
    parts.send = [this](const DigestLetter& letter) {
      tried_.push_back(letter.user);
      return answers_.contains(letter.user) ? answers_[letter.user] : Status::Ok();
    };
    parts.sent = [this] { ++sent_; };
    parts.failed = [this](std::string_view) { ++failed_; };
    return parts;
  }
  // A round of a process that was just started.
  StatusCode Run(const char* now) {
    tried_.clear();
    return MailRound(settings_, Parts()).Run(*ParseInstant(now)).code();
  }

  std::unique_ptr<Workplace> workplace_;
  AccountBook accounts_{root_ + "/data"};
  std::map<std::string, Status> answers_;
  Users tried_;
  int sent_ = 0;
  int failed_ = 0;
};

TEST_F(MailRoundTest, EachGetsOneADay) {
  EXPECT_EQ(Run("2026-11-20T09:00:00Z"), StatusCode::kOk);
  EXPECT_EQ(tried_, (Users{"anneke", "bea", "carel"}));
  EXPECT_EQ(Run("2026-11-20T10:00:00Z"), StatusCode::kOk);
  EXPECT_EQ(tried_, Users{});
  EXPECT_EQ(Run("2026-11-23T07:00:00Z"), StatusCode::kOk);
  EXPECT_EQ(tried_.size(), 3u);
  EXPECT_EQ(sent_, 6);
}

TEST_F(MailRoundTest, AServerThatIsAwayIsTriedLaterForTheRest) {
  answers_["bea"] = Status::Unavailable("away");
  EXPECT_EQ(Run("2026-11-20T09:00:00Z"), StatusCode::kUnavailable);
  EXPECT_EQ(tried_, (Users{"anneke", "bea"})) << "it is not waited for once more for each";
  answers_["bea"] = Status::Forbidden("no such box");
  EXPECT_EQ(Run("2026-11-20T09:15:00Z"), StatusCode::kOk);
  EXPECT_EQ(tried_, (Users{"bea", "carel"}));
  EXPECT_EQ(Run("2026-11-20T09:30:00Z"), StatusCode::kOk);
  EXPECT_EQ(tried_, Users{}) << "what is refused for good is not tried again";
  EXPECT_EQ(sent_, 2);
  EXPECT_EQ(failed_, 2);
}

TEST_F(MailRoundTest, TheServerSendsByItselfAndServesOnWhenMailFails) {
  int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof where;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&where), size), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&where), &size), 0);
  workplace_.reset();
  Reopen();
  auto installation = DefaultInstallation();
  installation->listen = installation->management = "127.0.0.1:0";
  installation->mail = settings_;
  installation->mail.server.port = ntohs(where.sin_port);
  Journal journal;
  ServiceOptions options;
  options.data = root_ + "/data";
  options.now = [] { return *ParseInstant("2026-11-20T09:00:00Z"); };
  options.chance = [](size_t count) { return std::string(count, 'c'); };
  options.failed = [] {};
  auto service = Service::Start(std::move(*installation), options, &journal);
  ASSERT_TRUE(service.ok()) << service.status().message();
  pollfd waiting{listener, POLLIN, 0};
  EXPECT_EQ(::poll(&waiting, 1, kPatienceMs), 1) << "nobody came to the mail server";
  ::close(listener);  // that was all it had to say
  EXPECT_TRUE((*service)->Stop().ok());
}

}  // namespace
}  // namespace vroegsein
