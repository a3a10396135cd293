// The API from inside: what no client can bring about at will, such as a log that is behind or a
// desk that has stopped; and the rules of deadlines, sign-in and routes as tables.
#include "alerts/api/api.h"

#include <gtest/gtest.h>

#include "alerts/access/gate.h"
#include "alerts/access/key.h"
#include "alerts/api/case_answer.h"
#include "alerts/api/desk_thread.h"
#include "alerts/api/management.h"
#include "alerts/api/signal_handlers.h"
#include "alerts/desk/data_folder.h"
#include "alerts/reading/json_writer.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

Date Day(const char* text) { return *ParseDate(text); }

// A line of NDJSON that is right.
std::string SignalLine(int number) {
  return R"({"id":"WS-)" + std::to_string(number) +
         R"(","soort":"Water","gemeentecode":"0080","signaaldatum":"2026-11-19","bedragCenten":9000,)"
         R"("ontstaansdatum":"2026-08-01","client":{"achternaam":"Proefpersoon","postcode":"8911AD",)"
         R"("huisnummer":")" +
         std::to_string(number) + "\"}}\n";
}

class ApiInside : public testing::Test {
 protected:
  ApiInside() {
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    installation_ = std::move(*installation);
    api_.installation = &installation_;
    api_.intake = &intake_;
    api_.now = [] { return *ParseInstant("2026-11-20T09:00:00Z"); };
    api_.chance = [](size_t bytes) { return std::string(bytes, 'c'); };
    api_.desk_works = [this] { return desk_works_; };
    api_.receipt_bytes = &receipt_bytes_;
  }

  void Open(size_t waiting_max) {
    DataFolder::Options options;
    options.log.waiting_max = waiting_max;
    options.database.sync = false;
    auto opened = DataFolder::Open(root_ / "data", installation_, api_.now(), options);
    VROEGSEIN_CHECK(opened.ok());
    folder_ = std::move(*opened);
    api_.database = &folder_->database();
    api_.log = &folder_->log();
  }

  HttpResponse Deliver(int rows) {
    HttpRequest request;
    for (int row = 1; row <= rows; ++row) request.body += SignalLine(row);
    return TakeSignals(api_, Call{request, installation_.FindPartner("vitens"), {}, {}, nullptr});
  }

  static std::string HeaderOf(const HttpResponse& response, const std::string& name) {
    for (const auto& [known, value] : response.headers) {
      if (known == name) return value;
    }
    return "";
  }

  TemporaryFolder root_;
  Installation installation_;
  MetricsRegistry registry_;
  IntakeProbe intake_{&registry_};
  std::unique_ptr<DataFolder> folder_;
  ApiContext api_;
  bool desk_works_ = true;
  std::atomic<size_t> receipt_bytes_ = 0;
};

TEST_F(ApiInside, ALogThatIsBehindIsSaidAndNothingIsPromised) {
  installation_.request_seconds_max = 0;
  Open(2);
  HttpResponse response = Deliver(3);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(HeaderOf(response, "Retry-After"), "10");
  EXPECT_NE(response.body.find("\"verwerktTotEnMetRegel\":0"), std::string::npos);
  EXPECT_EQ(folder_->log().waiting(), 2u);
}

TEST_F(ApiInside, ADeskThatStoppedIsNotWaitedFor) {
  Open(100);
  desk_works_ = false;
  HttpResponse response = Deliver(3);
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(HeaderOf(response, "Retry-After"), "10");
}

TEST_F(ApiInside, ADeliveryLargerThanTheLogsRoomGoesThrough) {
  Open(3);
  DeskThread desk("balie", &folder_->desk(), &folder_->log(), [] {});
  desk.Start();
  HttpResponse response = Deliver(50);
  ASSERT_TRUE(desk.Stop().ok());
  EXPECT_EQ(response.status, 201);
  EXPECT_NE(response.body.find("\"aanvaard\":50"), std::string::npos);
  EXPECT_EQ(HeaderOf(response, "Location"), "/v1/leveringen/2026-11-20T090000Z-6363636363636363");
}

TEST_F(ApiInside, TooManyReceiptsInMemoryIsSaidToo) {
  Open(10'000);
  receipt_bytes_ = kReceiptBytesTogetherMax;
  DeskThread desk("balie", &folder_->desk(), &folder_->log(), [] {});
  desk.Start();
  HttpResponse response = Deliver(3);
  ASSERT_TRUE(desk.Stop().ok());
  EXPECT_EQ(response.status, 429);
  // They were taken before there was no room to go on, and that is said.
  EXPECT_NE(response.body.find("\"verwerktTotEnMetRegel\":3"), std::string::npos);
  EXPECT_EQ(receipt_bytes_, kReceiptBytesTogetherMax);
}

TEST_F(ApiInside, TheDeskIsHealthyWhileItWorks) {
  Open(3);
  DeskThread desk("balie", &folder_->desk(), &folder_->log(), [] {});
  EXPECT_FALSE(desk.healthy());
  desk.Start();
  EXPECT_TRUE(desk.healthy());
  ASSERT_TRUE(desk.Stop().ok());
  EXPECT_FALSE(desk.healthy());
  EXPECT_FALSE(desk.running());
}

TEST(Management, SaysHowItIs) {
  struct {
    const char* method;
    const char* path;
    bool healthy;
    bool ready;
    int status;
  } table[] = {{"GET", "/healthz", true, false, 200},
               {"GET", "/healthz", false, false, 503},
               {"GET", "/readyz", true, true, 200},
               {"GET", "/readyz", true, false, 503},
               {"GET", "/metrics", false, false, 200},
               {"POST", "/readyz", true, true, 405},
               {"GET", "/readyz/lezen", true, false, 200},
               {"GET", "/readyz/lezen", false, true, 503},
               {"GET", "/", true, true, 404}};
  for (const auto& row : table) {
    ManagementSources sources;
    sources.metrics = [] { return std::string("x 1\n"); };
    sources.healthy = [&row] { return row.healthy; };
    sources.ready = [&row] { return row.ready; };
    sources.readable = [&row] { return row.healthy; };
    HttpRequest request;
    request.method = row.method;
    request.path = row.path;
    EXPECT_EQ(AnswerManagement(sources, request).status, row.status) << row.method << row.path;
  }
}

TEST(TimeUntilTest, TheDayOfTheDeadlineIsOnTime) {
  struct {
    const char* deadline;
    const char* today;
    int days;
    int working_days;
    bool late;
    bool near;
  } table[] = {
      {"2026-11-20", "2026-11-20", 0, 0, false, true},  // a Friday
      {"2026-11-20", "2026-11-19", 1, 1, false, true},
      {"2026-11-24", "2026-11-20", 4, 2, false, true},  // over a weekend
      {"2026-11-25", "2026-11-20", 5, 3, false, false},
      {"2026-11-20", "2026-11-21", -1, 0, true, false},  // the Saturday after
      {"2026-11-20", "2026-11-23", -3, -1, true, false},
      {"2026-12-28", "2026-12-24", 4, 1, false, true},  // Christmas on Friday and Saturday
  };
  for (const auto& row : table) {
    TimeLeft left = TimeUntil(Day(row.deadline), Day(row.today));
    EXPECT_EQ(left.days, row.days) << row.deadline << " on " << row.today;
    EXPECT_EQ(left.working_days, row.working_days) << row.deadline << " on " << row.today;
    EXPECT_EQ(left.late, row.late) << row.deadline << " on " << row.today;
    EXPECT_EQ(left.near, row.near) << row.deadline << " on " << row.today;
  }
}

TEST(GateTest, OnlyAWholeKeyOpens) {
  Identity identity;
  identity.name = "vitens";
  std::string old_key = MakeKey(std::string(kKeyChanceBytes, 'a'));
  std::string key = MakeKey(std::string(kKeyChanceBytes, 'b'));
  identity.key_hashes = {HashKey(old_key), HashKey(key)};
  Gate gate({Identity(), identity});
  EXPECT_NE(gate.SignIn("Bearer " + key), nullptr);
  EXPECT_NE(gate.SignIn("bEARER " + old_key), nullptr);
  for (const std::string& wrong :
       {std::string(), std::string("Bearer "), key, "Basic " + key, "Bearer  " + key,
        "Bearer " + key.substr(1), "Bearer " + key + "0", "Bearer " + HashKey(key)}) {
    EXPECT_EQ(gate.SignIn(wrong), nullptr) << wrong.size();
  }
}

TEST(RouterTest, FindsTheRouteOrSaysWhyNot) {
  auto answer = [](int status) {
    return [status](const Call& call) {
      HttpResponse response;
      response.status = status;
      for (const std::string& value : call.path) response.body += value + ";";
      return response;
    };
  };
  Gate gate({});
  TemporaryFolder root;
  Door door(
      &gate, root / "data", {}, [] { return Instant(); },
      [](size_t bytes) { return std::string(bytes, 'c'); });
  int refused = 0;
  Router router({{"GET", "/v1/a/{x}", "a", {}, {"q"}, answer(200)},
                 {"POST", "/v1/a/{x}/b", "b", {}, {}, answer(201)},
                 {"GET", "/v1/secret", "s", {Role::kManager}, {}, answer(200)}},
                &door,
                {[&refused] { ++refused; }, [](const AccessEntry&) { return Status::Ok(); }});
  struct {
    const char* method;
    const char* path;
    int status;
    const char* body;
  } table[] = {{"GET", "/v1/a/7", 200, "7;"},     {"HEAD", "/v1/a/7", 200, "7;"},
               {"GET", "/v1/a/", 404, nullptr},   {"GET", "/v1/a", 404, nullptr},
               {"GET", "/v1/a/7/", 404, nullptr}, {"GET", "/v1/a/7/b", 405, nullptr},
               {"POST", "/v1/a/7/b", 201, "7;"},  {"GET", "", 404, nullptr},
               {"GET", "*", 404, nullptr},        {"GET", "/v1/secret", 401, nullptr}};
  for (const auto& row : table) {
    HttpRequest request;
    request.method = row.method;
    request.path = row.path;
    HttpResponse response = router.Dispatch(request);
    EXPECT_EQ(response.status, row.status) << row.method << " " << row.path;
    if (row.body != nullptr) {
      EXPECT_EQ(response.body, row.body);
    }
  }
  EXPECT_EQ(refused, 1);
  HttpRequest request;
  request.method = "GET";
  request.path = "/v1/a/7";
  for (const std::vector<HttpField>& query :
       {std::vector<HttpField>{{"q", "1"}, {"q", "2"}}, std::vector<HttpField>{{"p", "1"}}}) {
    request.query = query;
    EXPECT_EQ(router.Dispatch(request).status, 400);
  }
  request.query = {{"q", "1"}};
  EXPECT_EQ(router.Dispatch(request).status, 200);
}

TEST(JsonWriterTest, PutsCommasWhereTheyBelong) {
  std::string text;
  JsonWriter json(&text);
  json.BeginObject().Text("a", "\"").Array("b").Integer(1).Flag(true).BeginObject().EndObject();
  json.Raw("[2]").EndArray().TextOrNull("c", "").Real("d", 2.5).Array("e").EndArray().EndObject();
  EXPECT_EQ(text, R"({"a":"\"","b":[1,true,{},[2]],"c":null,"d":2.5,"e":[]})");
}

}  // namespace
}  // namespace vroegsein
