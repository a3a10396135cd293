// What is too large, too slow, too much, or no HTTP at all.

#include "tests/ingest/http_server_fixture.h"

namespace vroegsein {
namespace {

using std::chrono::milliseconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class HttpBoundsTest : public HttpServerFixture {};

TEST_F(HttpBoundsTest, BodiesAboveTheBoundAre413HoweverTheyAreSent) {
  Serve();
  std::string large(1001, 'x');
  EXPECT_THAT(Talk(Post(std::string(1000, 'x'))), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Talk(Post(large)), StartsWith("HTTP/1.1 413"));
  std::string chunked = "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 300; ++i) chunked += "4\r\nabcd\r\n";
  std::string answer = Talk(chunked);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(answer, HasSubstr("application/problem+json"));
  EXPECT_THAT(answer, HasSubstr("\"status\":413"));
  EXPECT_THAT(answer, HasSubstr("API-Version: 1.0.0"));
  EXPECT_THAT(answer, Not(HasSubstr("abcd")));
  EXPECT_THAT(Talk("POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n"),
              StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpBoundsTest, AClientThatStillSendsReadsTheRefusal) {
  Serve();
  RawClient client(server_->port());
  std::string body(300'000, 'x');
  client.Send(Post(body));
  client.CloseSending();
  EXPECT_THAT(client.ReadToEnd(), StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpBoundsTest, HeadersAboveTheBoundAre431) {
  Serve();
  std::string head = "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(2000, 'y') + "\r\n\r\n";
  EXPECT_THAT(Talk(head), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(Talk("GET /" + std::string(5000, 'y')), StartsWith("HTTP/1.1 431"));
  std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 500; ++i) many += "a: b\r\n";
  EXPECT_THAT(Talk(many), StartsWith("HTTP/1.1 431"));
}

TEST_F(HttpBoundsTest, WhatIsNoHttpIs400) {
  Serve();
  const std::string_view hostile[] = {
      "hello\r\n\r\n",
      "GET /\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\nHost: x\n\n",
      "GET / HTTP/2.0\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: a\x01z\r\n\r\n",
      "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /../etc HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /a/%2e%2e/b HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET //a HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /%ff HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /?a=%0d%0a HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET a HTTP/1.1\r\nHost: x\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 tls hello\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\na",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\na",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
  };
  for (std::string_view bytes : hostile) {
    std::string answer = Talk(bytes);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << bytes;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << bytes;
  }
}

// Whoever sits in front of us must not see other borders between requests than we do.
TEST_F(HttpBoundsTest, SmugglingIsRefusedAndTheConnectionClosed) {
  Serve();
  const std::string_view heads[] = {
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
      "Content-Length: 4\r\nContent-Length: 5\r\n",
      "Content-Length: 4\r\nContent-Length: 4\r\n",
      "Content-Length: 4, 4\r\n",
      "Content-Length: +4\r\n",
      "Content-Length : 4\r\n",
      "Transfer-Encoding: xchunked\r\n",
      "Transfer-Encoding: gzip, chunked\r\n",
      "Transfer-Encoding: chunked, identity\r\n",
      "Transfer-Encoding: identity\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding:\x0b"
      "chunked\r\n",
  };
  for (std::string_view head : heads) {
    std::string answer = Talk("POST /p HTTP/1.1\r\nHost: x\r\n" + std::string(head) +
                              "\r\n0\r\n\r\n" + Get("/smuggled"));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << head;
    EXPECT_THAT(answer, Not(HasSubstr("smuggled"))) << head;
  }
  EXPECT_THAT(Talk("POST /p HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 400"));
}

TEST_F(HttpBoundsTest, UnknownMethodsAre501AndCountedWithoutTheirName) {
  Serve();
  EXPECT_THAT(Talk("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 501"));
  EXPECT_THAT(Talk("CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 501"));
  EXPECT_THAT(Talk("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 501"));
  auto counted = counts_.Await(3);
  EXPECT_THAT(counted[0], StartsWith("-  501 0 "));
  EXPECT_THAT(counted[2], StartsWith("TRACE  501 0 "));
}

TEST_F(HttpBoundsTest, ATruncatedRequestIsSilentlyDropped) {
  bool called = false;
  Serve([&](const HttpRequest& request) {
    called = true;
    return Echo(request);
  });
  EXPECT_EQ(Talk(""), "");
  EXPECT_EQ(Talk("GET / HT"), "");
  EXPECT_EQ(Talk("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"), "");
  EXPECT_EQ(Talk("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), "");
  EXPECT_FALSE(called);
}

TEST_F(HttpBoundsTest, ATricklingClientIsCutOffByTheTotalDeadline) {
  options_.request_deadline = milliseconds(150);
  Serve();
  // A few bytes before the deadline do not move it.
  RawClient trickling(server_->port());
  trickling.Send("GET / HTTP/1.1\r\nHost: x\r\n");
  while (!trickling.Readable(5)) trickling.Send("a");
  EXPECT_THAT(trickling.ReadUntil("\r\n\r\n"), StartsWith("HTTP/1.1 408"));
  RawClient silent(server_->port());
  silent.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_THAT(silent.ReadToEnd(), StartsWith("HTTP/1.1 408"));
}

TEST_F(HttpBoundsTest, AnIdleConnectionIsClosed) {
  options_.idle_timeout = milliseconds(50);
  Serve();
  RawClient client(server_->port());
  EXPECT_EQ(client.ReadToEnd(), "");
  RawClient used(server_->port());
  used.Send(Get("/a"));
  EXPECT_THAT(used.ReadToEnd(), EndsWith("GET /a []"));
}

TEST_F(HttpBoundsTest, AFullQueueIs503WithRetryAfter) {
  options_.workers = 1;
  options_.queued_requests_max = 0;
  options_.retry_after = std::chrono::seconds(7);
  Gate gate;
  ServeBehind(&gate);
  RawClient first(server_->port());
  first.Send(Get("/first"));
  gate.AwaitWaiting(1);
  RawClient second(server_->port());
  second.Send(Get("/second"));
  std::string busy = second.ReadResponse();
  EXPECT_THAT(busy, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(busy, HasSubstr("Retry-After: 7\r\n"));
  gate.Open();
  EXPECT_THAT(first.ReadResponse(), EndsWith("GET /first []"));
  second.Send(Get("/again"));
  EXPECT_THAT(second.ReadResponse(), EndsWith("GET /again []"));
}

TEST_F(HttpBoundsTest, SlowClientsDoNotHoldUpOthers) {
  options_.workers = 1;
  Serve();
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<RawClient>(server_->port()));
    slow.back()->Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\na");
  }
  EXPECT_THAT(Talk(Get("/quick")), EndsWith("GET /quick []"));
}

TEST_F(HttpBoundsTest, OneConnectionTooManyIs503) {
  options_.connections_max = 2;
  Serve();
  RawClient first(server_->port()), second(server_->port());
  ASSERT_TRUE(counts_.AwaitOpen(2));
  RawClient third(server_->port());
  std::string answer = third.ReadToEnd();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 1"));
  first.Send(Get("/a"));
  EXPECT_THAT(first.ReadResponse(), EndsWith("GET /a []"));
}

TEST_F(HttpBoundsTest, AllBodiesTogetherAreBounded) {
  options_.body_bytes_max = 1000;
  options_.bodies_bytes_max = 2500;
  Serve();
  std::string most =
      "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + std::string(999, 'x');
  RawClient first(server_->port()), second(server_->port());
  first.Send(most);
  second.Send(most);
  // Whether the first two were read already does not matter: of three at once, one is refused.
  std::string refused;
  RawClient third(server_->port());
  third.Send(most);
  first.Send("x");
  second.Send("x");
  third.Send("x");
  int busy = 0;
  for (RawClient* client : {&first, &second, &third}) {
    busy += client->ReadResponse().starts_with("HTTP/1.1 503") ? 1 : 0;
  }
  EXPECT_LE(busy, 1);
  EXPECT_THAT(Talk(Post("after")), EndsWith("POST /p [after]"));
}

}  // namespace
}  // namespace vroegsein
