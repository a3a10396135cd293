// What stands beside the desk: the chained access log, drafts and reasons that have had their time,
// the files of the web, and the body of a bulk assignment.
#include "alerts/access/workplace.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "alerts/access/access_log.h"
#include "alerts/api/web_files.h"
#include "alerts/api/work_input.h"
#include "store/keys.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein {
namespace {

Instant At(const char* text) { return *ParseInstant(text); }

class AccessLogTest : public testing::Test {
 protected:
  AccessLogTest() { Open(); }

  void Open() {
    log_.reset();
    workplace_.reset();
    auto opened = Workplace::Open(root_ / "data");
    VROEGSEIN_CHECK(opened.ok());
    workplace_ = std::move(*opened);
    auto log = AccessLog::Open(workplace_.get(), [](size_t n) { return std::string(n, 's'); });
    VROEGSEIN_CHECK(log.ok());
    log_ = std::move(*log);
  }
  void See(const char* user, const char* reason = "", const char* at = "2026-11-20T09:00:00Z") {
    AccessEntry entry{user, "wijkteamlid", "zaakOphalen", {"0080-1-1"}, 200, reason};
    VROEGSEIN_CHECK(log_->Append(entry, At(at)).ok());
  }
  size_t Problems() {
    auto found = VerifyAccessLog(workplace_->database());
    VROEGSEIN_CHECK(found.ok());
    return found->problems.size();
  }
  void Change(const std::function<void(Batch*)>& change) {
    VROEGSEIN_CHECK(workplace_->Write(change).ok());
  }
  static std::string Record(uint64_t number) { return "a" + keys::EncodeU64(number); }

  TemporaryFolder root_;
  std::unique_ptr<Workplace> workplace_;
  std::unique_ptr<AccessLog> log_;
};

TEST_F(AccessLogTest, WhatHadItsTimeGoesAndTheRestStaysAChain) {
  for (int i = 0; i < 20; ++i) See("old", "waarneming", "2025-01-10T09:00:00Z");
  for (int i = 0; i < 5; ++i) See("new");
  Date february = *ParseDate("2025-02-01");
  ASSERT_TRUE(log_->Expire(february).ok());
  ASSERT_TRUE(log_->Expire(february).ok()) << "nothing is left to go";
  Open();
  See("new");
  EXPECT_EQ(Problems(), 0u);
  EXPECT_EQ(VerifyAccessLog(workplace_->database())->records, 6u);
  size_t seen = 0;
  auto count = [&](const AccessRecord& record, const std::string&) {
    EXPECT_EQ(record.user(), "new");
    ++seen;
    return true;
  };
  ASSERT_TRUE(log_->ReadBack(0, count).ok());
  EXPECT_EQ(seen, 6u);
  // Whoever cuts more off shows it.
  Change([](Batch* batch) { batch->Delete(Record(21)); });
  EXPECT_GT(Problems(), 0u);
}

TEST_F(AccessLogTest, AllMayHaveHadItsTime) {
  See("old");
  ASSERT_TRUE(log_->Expire(*ParseDate("2027-01-01")).ok());
  EXPECT_EQ(Problems(), 0u);
  Open();
  See("new");
  EXPECT_EQ(Problems(), 0u);
  EXPECT_EQ(VerifyAccessLog(workplace_->database())->records, 1u);
}

TEST_F(AccessLogTest, TheChainGoesOnAfterARestart) {
  EXPECT_EQ(Problems(), 0u);
  for (int i = 0; i < 300; ++i) See(i % 2 == 0 ? "a" : "b");
  Open();
  See("c");
  EXPECT_EQ(Problems(), 0u);
  std::vector<std::string> users;
  auto collect = [&](const AccessRecord& record, const std::string&) {
    users.push_back(record.user());
    return users.size() < 301;
  };
  ASSERT_TRUE(log_->ReadBack(0, collect).ok());
  ASSERT_EQ(users.size(), 301u);
  EXPECT_EQ(users[0] + users[1] + users[2] + users[300], "cbaa");
}

TEST_F(AccessLogTest, WhatIsChangedOrDroppedIsSeen) {
  struct {
    const char* what;
    std::function<void(Batch*)> change;
  } table[] = {
      {"dropped in the middle", [](Batch* batch) { batch->Delete(Record(2)); }},
      {"the last dropped", [](Batch* batch) { batch->Delete(Record(3)); }},
      {"changed",
       [this](Batch* batch) {
         AccessRecord record;
         record.ParseFromString(**workplace_->database().Get(Record(2)));
         record.set_user("somebody else");
         batch->Put(Record(2), record.SerializeAsString());
       }},
      {"the last changed",
       [this](Batch* batch) {
         AccessRecord record;
         record.ParseFromString(**workplace_->database().Get(Record(3)));
         record.clear_subjects();
         batch->Put(Record(3), record.SerializeAsString());
       }},
      {"unreadable", [](Batch* batch) { batch->Put(Record(1), "\xff"); }},
  };
  for (const char* user : {"a", "b", "c"}) See(user);
  for (const auto& row : table) {
    std::vector<std::string> kept;
    for (uint64_t n = 1; n <= 3; ++n) kept.push_back(**workplace_->database().Get(Record(n)));
    Change(row.change);
    EXPECT_GT(Problems(), 0u) << row.what;
    Change([&](Batch* batch) {
      for (uint64_t n = 1; n <= 3; ++n) batch->Put(Record(n), kept[n - 1]);
    });
    EXPECT_EQ(Problems(), 0u) << row.what;
  }
}

TEST_F(AccessLogTest, ManyAtOnceStayOneChain) {
  std::vector<std::thread> people;
  for (int p = 0; p < 8; ++p) {
    people.emplace_back([this] {
      for (int i = 0; i < 50; ++i) See("x");
    });
  }
  for (std::thread& one : people) one.join();
  EXPECT_EQ(Problems(), 0u);
  EXPECT_EQ(VerifyAccessLog(workplace_->database())->records, 400u);
}

TEST_F(AccessLogTest, AReasonGoesAndTheChainHolds) {
  See("a", "waarneming voor een collega", "2026-05-19T09:00:00Z");
  See("b", "een recente reden", "2026-05-21T09:00:00Z");
  Change([](Batch* batch) {
    Draft old, fresh;
    old.set_text("oud");
    fresh.set_text("nieuw");
    fresh.set_saved_ms(MillisOf(At("2026-11-20T08:00:00Z")));
    batch->Put(std::string("da\0000080-1-1", 11), old.SerializeAsString());
    batch->Put(std::string("db\0000080-1-1", 11), fresh.SerializeAsString());
    batch->Put(std::string("dc\0000080-2-1", 11), fresh.SerializeAsString());
  });
  auto open = [](const std::string& case_id) { return case_id == "0080-1-1"; };
  ASSERT_TRUE(workplace_->Expire(At("2026-11-20T09:00:00Z"), open).ok());
  std::vector<std::string> reasons;
  ASSERT_TRUE(log_->ReadBack(0,
                             [&](const AccessRecord&, const std::string& reason) {
                               reasons.push_back(reason);
                               return true;
                             })
                  .ok());
  EXPECT_EQ(reasons, (std::vector<std::string>{"een recente reden", ""}));
  EXPECT_EQ(Problems(), 0u);
  size_t drafts = 0;
  ASSERT_TRUE(workplace_->database()
                  .Scan("d", "e",
                        [&](std::string_view, std::string_view) {
                          ++drafts;
                          return true;
                        })
                  .ok());
  EXPECT_EQ(drafts, 1u) << "neither the old one nor that of a closed case";
}

class WebFilesTest : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) {
    std::filesystem::path path = root_ / ("web/" + name);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  HttpResponse Get(const std::string& path, std::vector<HttpField> headers = {},
                   const char* method = "GET") {
    auto files = WebFiles::Load(root_ / "web");
    VROEGSEIN_CHECK(files.ok());
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.headers = std::move(headers);
    return files->Answer(request);
  }
  static std::string HeaderOf(const HttpResponse& response, const std::string& name) {
    for (const auto& [known, value] : response.headers) {
      if (known == name) return value;
    }
    return "";
  }

  TemporaryFolder root_;
};

TEST_F(WebFilesTest, EachInTheFormThatTheBrowserTakes) {
  EXPECT_EQ(WebFiles::Load(root_ / "web").status().code(), StatusCode::kNotFound);
  std::string script(5'000, 'x');
  Write("index.html", "<!doctype html>");
  Write("assets/app-1.js", script);
  Write("assets/app-1.js.br", "brotli");
  struct {
    const char* accept;
    const char* encoding;
  } table[] = {{"", ""},         {"gzip", "gzip"},         {"gzip, deflate, br", "br"},
               {"identity", ""}, {"br;q=0, gzip", "gzip"}, {"gzip;q=0", ""},
               {"gzipx", ""},    {"gzip;q=0.5", "gzip"}};
  std::set<std::string> tags;
  for (const auto& row : table) {
    HttpResponse response = Get("/assets/app-1.js", {{"Accept-Encoding", row.accept}});
    EXPECT_EQ(HeaderOf(response, "Content-Encoding"), row.encoding) << row.accept;
    EXPECT_EQ(response.content_type, "text/javascript; charset=utf-8");
    EXPECT_NE(HeaderOf(response, "Cache-Control").find("immutable"), std::string::npos);
    EXPECT_EQ(response.body == script, row.encoding == std::string());
    tags.insert(HeaderOf(response, "ETag"));
  }
  EXPECT_EQ(tags.size(), 3u) << "each form has a tag of its own";
  EXPECT_LT(Get("/assets/app-1.js", {{"Accept-Encoding", "gzip"}}).body.size(), 200u);
}

TEST_F(WebFilesTest, APathOfTheApplicationIsItsPage) {
  Write("index.html", "<!doctype html>");
  Write("favicon.svg", "<svg/>");
  for (const char* path : {"/", "/taken", "/zaken/0080-1-1", "/index.html"}) {
    HttpResponse page = Get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.body, "<!doctype html>");
    EXPECT_EQ(HeaderOf(page, "Cache-Control"), "no-cache");
    std::string policy = HeaderOf(page, "Content-Security-Policy");
    EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  }
  EXPECT_EQ(Get("/favicon.svg").content_type, "image/svg+xml");
  for (const char* path : {"/favicon.ico", "/assets/old-1.js", "/../secret.txt"}) {
    EXPECT_EQ(Get(path).status, 404) << path;
  }
  EXPECT_EQ(Get("/", {}, "POST").status, 405);
  HttpResponse page = Get("/");
  std::string tag = HeaderOf(page, "ETag");
  HttpResponse known = Get("/", {{"If-None-Match", "\"x\", " + tag}});
  EXPECT_EQ(known.status, 304);
  EXPECT_TRUE(known.body.empty());
  EXPECT_EQ(HeaderOf(known, "ETag"), tag);
  EXPECT_EQ(Get("/", {{"If-None-Match", "\"x\""}}).status, 200);
}

TEST(BulkAssignmentTest, IsReadStrictly) {
  std::vector<FieldError> errors;
  BulkAssignment read = ReadBulkAssignment(
      R"({"behandelaar":"b","zaken":[{"zaakId":"0080-1-1","verwachteBehandelaar":null}]})",
      &errors);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(read.assignee, "b");
  ASSERT_EQ(read.cases.size(), 1u);
  EXPECT_EQ(read.cases[0].case_id, "0080-1-1");
  const std::string one = R"({"zaakId":"x","verwachteBehandelaar":""})";
  std::string many = one;
  for (size_t i = 0; i < kBulkCasesMax; ++i) many += "," + one;
  for (const std::string& wrong :
       {std::string(), std::string("[]"), std::string("{}"), std::string("{\"behandelaar\":null"),
        R"({"behandelaar":null,"zaken":[)" + many + "]}",
        R"({"behandelaar":null,"behandelaar":null,"zaken":[)" + one + "]}",
        R"({"behandelaar":null,"zaken":[)" + one + R"(],"x":1})",
        std::string(R"({"behandelaar":null,"zaken":[{"zaakId":"x"}]})"),
        std::string(
            R"({"behandelaar":null,"zaken":[{"zaakId":null,"verwachteBehandelaar":null}]})"),
        std::string(kBulkBytesMax + 1, ' '), std::string(10'000, '[')}) {
    errors.clear();
    ReadBulkAssignment(wrong, &errors);
    EXPECT_FALSE(errors.empty()) << wrong.substr(0, 80);
  }
}

}  // namespace
}  // namespace vroegsein
