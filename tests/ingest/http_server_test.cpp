// The server as clients that mean well see it.
#include <atomic>
#include <thread>

#include "tests/ingest/http_server_fixture.h"

namespace vroegsein {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class HttpServerTest : public HttpServerFixture {};

TEST_F(HttpServerTest, AnswersWithDefaultHeaders) {
  Serve();
  std::string answer = Talk(Get("/v1/taken?vanaf=3&q=a%20b+c&q=2"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nAPI-Version: 1.0.0\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: text/plain\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nGET /v1/taken vanaf=3 q=a b c q=2 []"));
}

TEST_F(HttpServerTest, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
  Serve();
  RawClient client(server_->port());
  client.Send(Get("/1") + Post("two") + Get("/3"));
  EXPECT_THAT(client.ReadResponse(), EndsWith("GET /1 []"));
  EXPECT_THAT(client.ReadResponse(), EndsWith("POST /p [two]"));
  EXPECT_THAT(client.ReadResponse(), EndsWith("GET /3 []"));
  client.Send(Get("/4"));
  EXPECT_THAT(client.ReadResponse(), EndsWith("GET /4 []"));
}

TEST_F(HttpServerTest, ConnectionCloseIsHonoured) {
  Serve();
  RawClient client(server_->port());
  client.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::string answer = client.ReadToEnd();
  EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(answer, EndsWith("GET / []"));
}

TEST_F(HttpServerTest, Http10ClosesUnlessAskedNotTo) {
  Serve();
  RawClient client(server_->port());
  client.Send("GET /a HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.ReadToEnd(), EndsWith("GET /a []"));
  RawClient keeping(server_->port());
  keeping.Send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(keeping.ReadResponse(), HasSubstr("Connection: keep-alive"));
  keeping.Send("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_THAT(keeping.ReadToEnd(), EndsWith("GET /b []"));
}

TEST_F(HttpServerTest, HeadHasTheLengthAndNoBody) {
  Serve();
  RawClient client(server_->port());
  client.Send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n" + Get("/b"));
  std::string head = client.ReadResponse(true);
  EXPECT_THAT(head, HasSubstr("Content-Length: 10\r\n"));
  EXPECT_THAT(head, EndsWith("\r\n\r\n"));
  EXPECT_THAT(client.ReadResponse(), EndsWith("GET /b []"));
}

TEST_F(HttpServerTest, OptionsWithAStarReachesTheHandler) {
  Serve();
  EXPECT_THAT(Talk("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"), EndsWith("OPTIONS * []"));
  EXPECT_THAT(Talk("GET * HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST_F(HttpServerTest, TheAbsoluteFormIsAPath) {
  Serve();
  EXPECT_THAT(Talk(Get("http://example.nl/a?b=c")), EndsWith("GET /a b=c []"));
  EXPECT_THAT(Talk(Get("http://example.nl")), EndsWith("GET / []"));
}

TEST_F(HttpServerTest, ChunkedBodiesArrive) {
  Serve();
  EXPECT_THAT(Talk("POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "3;ext=1\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: ignored\r\n\r\n" +
                   Get("/next")),
              testing::AllOf(HasSubstr("POST /p [abc0123456789]"), EndsWith("GET /next []")));
}

TEST_F(HttpServerTest, TrailersAreNoHeaders) {
  Serve([](const HttpRequest& request) {
    HttpResponse response;
    response.body = request.Header("x-role") ? "smuggled" : "clean";
    return response;
  });
  EXPECT_THAT(Talk("POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "1\r\na\r\n0\r\nX-Role: admin\r\n\r\n"),
              EndsWith("clean"));
}

TEST_F(HttpServerTest, Expect100Continue) {
  Serve();
  RawClient client(server_->port());
  client.Send("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.ReadUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("ab");
  EXPECT_THAT(client.ReadResponse(), EndsWith("POST /p [ab]"));
  EXPECT_THAT(Talk("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: magic\r\n\r\nab"),
              StartsWith("HTTP/1.1 417"));
  EXPECT_THAT(Talk("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n"
                   "Expect: 100-continue\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, AHandlerThatThrowsIs500WithoutItsWords) {
  Serve([](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret of somebody"); });
  std::string answer = Talk(Get("/"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(answer, Not(HasSubstr("secret")));
}

TEST_F(HttpServerTest, NoHeaderValueBeginsAHeaderOfItsOwn) {
  Serve([](const HttpRequest&) {
    HttpResponse response;
    response.headers = {{"X-A", "b\r\nX-Evil: 1"},
                        {"X B", "c"},
                        {"Content-Length", "99"},
                        {"API-Version", "2.0.0"}};
    response.body = "ok";
    return response;
  });
  std::string answer = Talk(Get("/"));
  EXPECT_THAT(answer, HasSubstr("X-A: b  X-Evil: 1\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("X B")));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 2\r\n"));
  EXPECT_THAT(answer, HasSubstr("API-Version: 2.0.0\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("API-Version: 1.0.0")));
}

TEST_F(HttpServerTest, A204HasNoBodyAndNoLength) {
  Serve([](const HttpRequest&) {
    HttpResponse response;
    response.status = 204;
    response.body = "not sent";
    return response;
  });
  std::string answer = Talk(Get("/"));
  EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n"));
}

TEST_F(HttpServerTest, ExchangesAreCounted) {
  Serve();
  Talk(Post("abc") + Get("/naam-van-iemand"));
  EXPECT_THAT(counts_.Await(2), ElementsAre("POST /echo 200 3 13", "GET /echo 200 0 23"));
}

TEST_F(HttpServerTest, ManyClientsAtOnce) {
  Serve();
  std::vector<std::thread> clients;
  std::atomic<int> answered{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      RawClient client(server_->port());
      for (int n = 0; n < 200; ++n) {
        client.Send(Post("abc"));
        answered += client.ReadResponse().ends_with("POST /p [abc]") ? 1 : 0;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(answered, 1600);
}

TEST_F(HttpServerTest, APortInUseIsUnavailable) {
  Serve();
  options_.port = server_->port();
  auto second = HttpServer::Start(options_, [](const HttpRequest&) { return HttpResponse(); });
  EXPECT_EQ(second.status().code(), StatusCode::kUnavailable);
  options_.address = "localhost";
  auto named = HttpServer::Start(options_, [](const HttpRequest&) { return HttpResponse(); });
  EXPECT_EQ(named.status().code(), StatusCode::kInvalid);
}

}  // namespace
}  // namespace vroegsein
