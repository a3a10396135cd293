// Answers that last, and the end of the server.
#include <atomic>
#include <future>

#include "tests/ingest/http_server_fixture.h"

namespace vroegsein {
namespace {

using std::chrono::milliseconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class HttpDrainTest : public HttpServerFixture {};

TEST_F(HttpDrainTest, AStreamArrivesPieceByPieceAndEnds) {
  auto stream = std::make_shared<HttpBodyStream>();
  Serve([&](const HttpRequest& request) {
    if (request.path != "/events") return Echo(request);
    HttpResponse response;
    response.content_type = "text/event-stream";
    response.stream = stream;
    return response;
  });
  RawClient client(server_->port());
  client.Send(Get("/events"));
  EXPECT_THAT(client.ReadUntil("\r\n\r\n"), HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_TRUE(stream->Write("data: 1\n\n"));
  EXPECT_EQ(client.ReadUntil("1\n\n\r\n"), "9\r\ndata: 1\n\n\r\n");
  EXPECT_TRUE(stream->Write("data: 2\n\n"));
  EXPECT_EQ(client.ReadUntil("2\n\n\r\n"), "9\r\ndata: 2\n\n\r\n");
  stream->Finish();
  EXPECT_EQ(client.ReadUntil("0\r\n\r\n"), "0\r\n\r\n");
  EXPECT_FALSE(stream->Write("late"));
  client.Send(Get("/next"));
  EXPECT_THAT(client.ReadResponse(), EndsWith("GET /next []"));
}

TEST_F(HttpDrainTest, AStreamToHttp10EndsWithTheConnection) {
  auto stream = std::make_shared<HttpBodyStream>();
  stream->Write("all of it");
  stream->Finish();
  ServeStream(stream);
  std::string answer = Talk("GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nall of it"));
}

TEST_F(HttpDrainTest, AStreamLearnsThatItsClientIsGone) {
  auto stream = std::make_shared<HttpBodyStream>();
  ServeStream(stream);
  {
    RawClient client(server_->port());
    client.Send(Get("/"));
    client.ReadUntil("\r\n\r\n");
  }
  ASSERT_TRUE(counts_.AwaitOpen(0));
  EXPECT_TRUE(stream->gone());
  EXPECT_FALSE(stream->Write("x"));
}

TEST_F(HttpDrainTest, AStreamIsBounded) {
  HttpBodyStream stream(10);
  EXPECT_TRUE(stream.Write("12345"));
  EXPECT_TRUE(stream.Write("67890"));
  EXPECT_FALSE(stream.Write("x"));
  bool finished = true;
  EXPECT_EQ(stream.Take(&finished), "1234567890");
  EXPECT_FALSE(finished);
  EXPECT_TRUE(stream.Write("x"));
}

TEST_F(HttpDrainTest, DrainFinishesWhatHasBegunAndClosesTheIdle) {
  Gate gate;
  ServeBehind(&gate);
  RawClient idle(server_->port());
  RawClient busy(server_->port());
  busy.Send(Get("/begun"));
  gate.AwaitWaiting(1);
  ASSERT_TRUE(counts_.AwaitOpen(2));
  auto drained =
      std::async(std::launch::async, [&] { return server_->Drain(milliseconds(10'000)); });
  EXPECT_EQ(idle.ReadToEnd(), "");
  gate.Open();
  std::string answer = busy.ReadToEnd();
  EXPECT_THAT(answer, HasSubstr("Connection: close"));
  EXPECT_THAT(answer, EndsWith("GET /begun []"));
  EXPECT_TRUE(drained.get());
  EXPECT_FALSE(RawClient(server_->port()).connected());
}

TEST_F(HttpDrainTest, DrainCutsOffWhatIsTooSlow) {
  Serve();
  RawClient slow(server_->port());
  slow.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na");
  RawClient quick(server_->port());
  quick.Send(Get("/"));
  quick.ReadResponse();
  EXPECT_FALSE(server_->Drain(milliseconds(100)));
  EXPECT_EQ(slow.ReadToEnd(), "");
}

TEST_F(HttpDrainTest, DrainLetsGoOfWhatNeverReachedAWorker) {
  options_.workers = 1;
  Gate gate;
  std::atomic<int> handled{0};
  Serve([&](const HttpRequest& request) {
    ++handled;
    gate.Wait();
    return Echo(request);
  });
  RawClient running(server_->port());
  running.Send(Get("/running"));
  gate.AwaitWaiting(1);
  RawClient queued(server_->port());
  queued.Send(Get("/queued"));
  ASSERT_TRUE(counts_.AwaitOpen(2));
  auto drained = std::async(std::launch::async, [&] { return server_->Drain(milliseconds(50)); });
  EXPECT_EQ(drained.wait_for(milliseconds(60)), std::future_status::timeout);
  gate.Open();
  EXPECT_FALSE(drained.get());
  EXPECT_EQ(queued.ReadToEnd(), "");
  EXPECT_EQ(handled, 1);
}

TEST_F(HttpDrainTest, DrainEndsStreams) {
  auto stream = std::make_shared<HttpBodyStream>();
  ServeStream(stream);
  RawClient client(server_->port());
  client.Send(Get("/"));
  client.ReadUntil("\r\n\r\n");
  EXPECT_TRUE(stream->Write("last"));
  EXPECT_TRUE(server_->Drain(milliseconds(10'000)));
  EXPECT_EQ(client.ReadToEnd(), "4\r\nlast\r\n0\r\n\r\n");
}

TEST_F(HttpDrainTest, AServerThatIsDroppedWithWorkInFlightEnds) {
  Gate gate;
  ServeBehind(&gate);
  RawClient client(server_->port());
  client.Send(Get("/"));
  gate.AwaitWaiting(1);
  gate.Open();
  server_.reset();
  client.ReadToEnd();
}

}  // namespace
}  // namespace vroegsein
