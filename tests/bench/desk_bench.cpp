// The desk's screens under load: the open cases of a whole country, and workers who click.
//
//   build/release/tests/bench/bin/desk_bench [--cases N] [--municipalities M] [--workers W]
//   [--clicks C]
//
// Puts N open cases of M municipalities in a store, serves it, and lets W workers click C times
// each over HTTP, without a pause: the list of their team, its second page, a search by name, a
// household page, a case page; a coordinator's overview among them. Printed per kind: how many, and
// the 50th, 95th and 99th percentile in milliseconds. Nothing is asserted about time; every answer
// is 200.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "alerts/access/key.h"
#include "alerts/api/service.h"
#include "tests/bench/number_option.h"

namespace vroegsein {
namespace {

constexpr size_t kAnswerBytesMax = 4u << 20;
constexpr int kFirstMunicipality = 1'000;
constexpr const char* kNow = "2026-11-20T09:00:00Z";

struct Options {
  int cases = 100'000;
  int municipalities = 340;
  int workers = 50;
  int clicks = 100;
};

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stdout, "desk_bench: %s\n", what);
  std::exit(1);
}

std::string CodeOf(int municipality) { return std::to_string(kFirstMunicipality + municipality); }
std::string UserOf(int worker) { return "worker-" + std::to_string(worker); }
std::string KeyOf(int worker) {
  std::string chance = std::to_string(worker);
  chance.resize(kKeyChanceBytes, 'k');
  return MakeKey(chance);
}

// One team a municipality; the first worker of ten is a coordinator.
Installation CountryOf(const Options& options) {
  auto country = DefaultInstallation();
  Require(country.ok(), "no installation");
  MunicipalityConfig pattern = country->municipalities[0];
  country->municipalities.clear();
  country->identities.clear();
  country->is_default = false;
  country->listen = country->management = "127.0.0.1:0";
  for (int m = 0; m < options.municipalities; ++m) {
    MunicipalityConfig config = pattern;
    config.settings.set_code(CodeOf(m));
    while (config.settings.teams_size() > 1) config.settings.mutable_teams()->RemoveLast();
    config.settings.mutable_teams(0)->set_code("team");
    config.settings.mutable_teams(0)->set_capacity(0);
    config.settings.clear_zones();
    country->municipalities.push_back(std::move(config));
  }
  for (int w = 0; w < options.workers; ++w) {
    Identity worker;
    worker.name = UserOf(w);
    worker.role = w % 10 == 0 ? Role::kCoordinator : Role::kWorker;
    worker.municipalities = {CodeOf(w % options.municipalities)};
    if (worker.role == Role::kWorker) worker.team = "team";
    worker.key_hashes = {HashKey(KeyOf(w))};
    country->identities.push_back(std::move(worker));
  }
  return *country;
}

Event SignalOf(int number, const Options& options) {
  constexpr const char* kNames[] = {"Vries", "Jansen", "Bakker", "Visser", "Smit", "Meijer"};
  Event event;
  event.set_recorded_ms(MillisOf(*ParseInstant(kNow)));
  event.set_municipality(CodeOf(number % options.municipalities));
  Signal* signal = event.mutable_signal()->mutable_signal();
  signal->set_partner("vitens");
  signal->set_id("B-" + std::to_string(number));
  signal->set_municipality(event.municipality());
  signal->set_sector("Water");
  signal->set_customer_number("K-" + std::to_string(number));
  signal->set_arrears_cents(9'000 + number % 500 * 100);
  signal->set_signal_day(DaysOf(*ParseDate("2026-11-19")));
  signal->set_origin_day(DaysOf(*ParseDate("2026-08-01")) + number % 60);
  if (number % 20 == 0) signal->set_threat(THREAT_WATER_CUTOFF);
  Client* client = signal->mutable_client();
  client->set_initials("J.");
  client->set_surname(std::string(kNames[number % 6]) + std::to_string(number % 97));
  client->set_street("Lange Marktstraat");
  client->set_town("Leeuwarden");
  client->set_postcode("8911A" + std::string(1, static_cast<char>('A' + number % 26)));
  client->set_house_number(std::to_string(number / 26 + 1));
  return event;
}

void Fill(const std::string& data, const Installation& country, const Options& options) {
  DataFolder::Options how;
  how.database.sync = false;  // made again when it is lost
  auto folder = DataFolder::Open(data, country, *ParseInstant(kNow), how);
  Require(folder.ok(), "the folder cannot be opened");
  for (int number = 0; number < options.cases; ++number) {
    Require((*folder)->log().Append(SignalOf(number, options), nullptr).ok(), "the log is full");
    if (number % 10'000 == 9'999) Require((*folder)->Drain().ok(), "the desk failed");
  }
  Require((*folder)->Drain().ok(), "the desk failed");
}

// One worker's connection.
class Browser {
 public:
  Browser(const Service& service, std::string key) : key_(std::move(key)) {
    std::string address = service.public_address();
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port =
        htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    link_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    ::setsockopt(link_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Require(::connect(link_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0,
            "no connection");
  }
  ~Browser() { ::close(link_); }
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  // The body of a 200; nothing else is acceptable.
  std::string Get(const std::string& target) { return Ask("GET " + target, ""); }
  std::string Post(const std::string& target, const std::string& body) {
    return Ask("POST " + target, body);
  }

 private:
  std::string Ask(const std::string& what, const std::string& body) {
    std::string request = what + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key_ +
                          "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    Require(
        ::send(link_, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size()),
        "a request could not be sent");
    std::string answer = Receive();
    Require(answer.starts_with("HTTP/1.1 200"), "an answer is not 200");
    return answer;
  }
  std::string Receive() {
    std::string answer;
    char buffer[16'384];
    size_t whole = std::string::npos;
    while (answer.size() < whole && answer.size() < kAnswerBytesMax) {
      ssize_t size = ::recv(link_, buffer, sizeof buffer, 0);
      Require(size > 0, "an answer broke off");
      answer.append(buffer, static_cast<size_t>(size));
      size_t end = answer.find("\r\n\r\n"), length = answer.find("Content-Length: ");
      if (end != std::string::npos && length < end) {
        whole = end + 4 + std::stoul(answer.substr(length + 16));
      }
    }
    return answer;
  }

  int link_ = -1;
  std::string key_;
};

class Figures {
 public:
  void Add(const std::string& kind, std::chrono::steady_clock::duration took) {
    std::lock_guard lock(mutex_);
    millis_[kind].push_back(std::chrono::duration<double, std::milli>(took).count());
  }
  void Print() {
    std::printf("%-12s %8s %8s %8s %8s  ms\n", "kind", "number", "p50", "p95", "p99");
    for (auto& [kind, all] : millis_) {
      std::sort(all.begin(), all.end());
      auto at = [&](double share) {
        return all[static_cast<size_t>(share * static_cast<double>(all.size() - 1))];
      };
      std::printf("%-12s %8zu %8.2f %8.2f %8.2f\n", kind.c_str(), all.size(), at(0.5), at(0.95),
                  at(0.99));
    }
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<double>> millis_;
};

std::string TextAfter(const std::string& text, const std::string& mark) {
  size_t at = text.find(mark);
  if (at == std::string::npos) return "";
  at += mark.size();
  return text.substr(at, text.find('"', at) - at);
}

void Click(const Service& service, int worker, int clicks, Figures* figures) {
  Browser browser(service, KeyOf(worker));
  auto timed = [&](const char* kind, auto&& ask) {
    auto begin = std::chrono::steady_clock::now();
    std::string answer = ask();
    figures->Add(kind, std::chrono::steady_clock::now() - begin);
    return answer;
  };
  for (int click = 0; click < clicks; ++click) {
    std::string page = timed("list", [&] { return browser.Get("/v1/taken?aantal=25"); });
    std::string next = TextAfter(page, "\"next\":{\"href\":\"");
    if (!next.empty()) timed("next page", [&] { return browser.Get(next); });
    std::string words = R"({"zoek":"vries)" + std::to_string(click % 97) + R"(","aantal":25})";
    timed("search", [&] { return browser.Post("/v1/taken/zoeken", words); });
    std::string household = TextAfter(page, "\"huishoudenId\":\"");
    timed("household", [&] { return browser.Get("/v1/huishoudens/" + household); });
    std::string id = TextAfter(page, "\"zaakId\":\"");
    timed("case", [&] { return browser.Get("/v1/zaken/" + id); });
    if (worker % 10 == 0) timed("overview", [&] { return browser.Get("/v1/werkvoorraad"); });
  }
}

void Run(const std::string& data, const Options& options) {
  Installation country = CountryOf(options);
  auto begin = std::chrono::steady_clock::now();
  Fill(data, country, options);
  std::chrono::duration<double> filled = std::chrono::steady_clock::now() - begin;
  std::printf("%d open cases of %d municipalities, made in %.1f s\n", options.cases,
              options.municipalities, filled.count());
  Journal journal;
  ServiceOptions how;
  how.data = data;
  how.now = [] { return *ParseInstant(kNow); };
  how.chance = [](size_t bytes) { return std::string(bytes, 'c'); };
  how.failed = [] {};
  auto service = Service::Start(std::move(country), how, &journal);
  Require(service.ok(), "the service does not start");
  Figures figures;
  std::vector<std::thread> workers;
  begin = std::chrono::steady_clock::now();
  for (int w = 0; w < options.workers; ++w) {
    workers.emplace_back([&, w] { Click(**service, w, options.clicks, &figures); });
  }
  for (std::thread& worker : workers) worker.join();
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::printf("%d workers, without a pause, for %.1f s\n", options.workers, took.count());
  figures.Print();
  Require((*service)->Stop().ok(), "the desk failed");
}

}  // namespace
}  // namespace vroegsein

int main(int argc, char** argv) {
  using namespace vroegsein;
  Require(sodium_init() >= 0, "no libsodium");
  Options options;
  const char* length = std::getenv("VROEGSEIN_TEST_LENGTH");
  if (length != nullptr && std::string(length) == "short") options = {3'000, 10, 10, 5};
  CLI::App app("The desk's screens under load: open cases, and workers who click.");
  NumberOption(&app, "--cases", &options.cases, "open, in the store");
  NumberOption(&app, "--municipalities", &options.municipalities, "that have them");
  NumberOption(&app, "--workers", &options.workers, "who click at the same time");
  NumberOption(&app, "--clicks", &options.clicks, "of each");
  CLI11_PARSE(app, argc, argv);
  std::string folder = std::filesystem::temp_directory_path().string() + "/vroegsein-XXXXXX";
  Require(mkdtemp(folder.data()) != nullptr, "no temporary folder");
  // The log goes nowhere, and costs what it costs.
  int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  Require(::dup2(nowhere, STDERR_FILENO) >= 0, "no /dev/null");
  Run(folder + "/data", options);
  std::filesystem::remove_all(folder);
  return 0;
}
