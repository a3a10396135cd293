// One signal over HTTP until its receipt: parsed, through the desk, synced to disk, answered. With
// one client, and with many at once, who share a sync. Prints percentiles in microseconds.
#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "alerts/api/service.h"

namespace vroegsein {
namespace {

constexpr size_t kAnswerBytesMax = 64u << 10;

// A server in a folder of its own, for as long as the program runs.
class Bench {
 public:
  Bench() {
    std::string pattern = std::filesystem::temp_directory_path().string() + "/vroegsein-XXXXXX";
    VROEGSEIN_CHECK(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    // The log goes nowhere, and costs what it costs.
    int nowhere = ::open("/dev/null", O_WRONLY);
    VROEGSEIN_CHECK(::dup2(nowhere, STDERR_FILENO) >= 0);
    journal_ = std::make_unique<Journal>();
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    installation->listen = "127.0.0.1:0";
    installation->management = "127.0.0.1:0";
    ServiceOptions options;
    options.data = folder_ + "/data";
    options.now = [] { return *ParseInstant("2026-11-20T09:00:00Z"); };
    options.chance = [this](size_t bytes) {
      return std::string(bytes, static_cast<char>(++chance_));
    };
    options.failed = [] {};
    auto service = Service::Start(std::move(*installation), options, journal_.get());
    VROEGSEIN_CHECK(service.ok());
    service_ = std::move(*service);
    std::ifstream(service_->key_folder() + "/vitens") >> key_;
  }
  ~Bench() {
    service_.reset();
    std::filesystem::remove_all(folder_);
  }

  int Connect() const {
    std::string address = service_->public_address();
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port =
        htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int link = ::socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    ::setsockopt(link, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    VROEGSEIN_CHECK(::connect(link, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
    return link;
  }

  std::string Request() {
    uint64_t number = ++signals_;
    std::string body =
        R"({"id":"WS-)" + std::to_string(number) +
        R"(","soort":"Water","gemeentecode":"0080","signaaldatum":"2026-11-19",)"
        R"("bedragCenten":9000,"ontstaansdatum":"2026-08-01","client":{"achternaam":)"
        R"("Proefpersoon","postcode":"8911AD","huisnummer":")" +
        std::to_string(number % 90'000 + 1) + "\"}}";
    return "POST /v1/vroegsignalen HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key_ +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

 private:
  std::string folder_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Service> service_;
  std::string key_;
  std::atomic<uint64_t> signals_ = 0;
  std::atomic<int> chance_ = 0;
};

Bench& TheBench() {
  static Bench bench;
  return bench;
}

// True when the answer to one request says that the signal was accepted.
bool ReadAnswer(int link) {
  std::string answer;
  char buffer[4096];
  size_t end = std::string::npos;
  size_t whole = std::string::npos;
  while (answer.size() < whole && answer.size() < kAnswerBytesMax) {
    ssize_t size = ::recv(link, buffer, sizeof buffer, 0);
    if (size <= 0) return false;
    answer.append(buffer, static_cast<size_t>(size));
    if (end == std::string::npos) end = answer.find("\r\n\r\n");
    size_t length = answer.find("Content-Length: ");
    if (end != std::string::npos && length < end) {
      whole = end + 4 + std::stoul(answer.substr(length + 16));
    }
  }
  return answer.find("\"aanvaard\":1") != std::string::npos;
}

double Percentile(const std::vector<double>& sorted, double share) {
  return sorted.empty()
             ? 0
             : sorted[static_cast<size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void OneSignalToItsReceipt(benchmark::State& state) {
  Bench& bench = TheBench();
  int link = bench.Connect();
  std::vector<double> micros;
  for (auto _ : state) {
    std::string request = bench.Request();
    auto begin = std::chrono::steady_clock::now();
    bool sent =
        ::send(link, request.data(), request.size(), 0) == static_cast<ssize_t>(request.size());
    if (!sent || !ReadAnswer(link)) {
      state.SkipWithError("a signal was not accepted");
      break;
    }
    std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
    micros.push_back(took.count());
  }
  ::close(link);
  std::sort(micros.begin(), micros.end());
  auto average = benchmark::Counter::kAvgThreads;
  state.counters["p50_us"] = benchmark::Counter(Percentile(micros, 0.5), average);
  state.counters["p95_us"] = benchmark::Counter(Percentile(micros, 0.95), average);
  state.counters["p99_us"] = benchmark::Counter(Percentile(micros, 0.99), average);
  state.counters["signals_per_s"] =
      benchmark::Counter(static_cast<double>(micros.size()), benchmark::Counter::kIsRate);
}
BENCHMARK(OneSignalToItsReceipt)->Threads(1)->Threads(16)->UseRealTime();

}  // namespace
}  // namespace vroegsein
