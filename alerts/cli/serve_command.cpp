// `vroegsein serve`: the API on one address, management on another, until it is told to stop.
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <climits>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "alerts/api/api.h"
#include "alerts/api/service.h"
#include "alerts/cli/command_line.h"
#include "alerts/cli/installation_option.h"

namespace vroegsein {
namespace {

struct ServeOptions {
  std::string data;
  std::string listen;
  std::string manage;
  std::string config;
  std::string web;
  std::string kafka;
  std::string node;
  bool no_web = false;
};

// Waits for SIGTERM, SIGINT, or for somebody to say that it cannot go on. To be made before any
// thread is, so that all of them leave these signals alone.
class Ending {
 public:
  Ending() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    asked_ = ::signalfd(-1, &signals, SFD_CLOEXEC);
    failed_ = ::eventfd(0, EFD_CLOEXEC);
    VROEGSEIN_CHECK(asked_ >= 0 && failed_ >= 0);
  }
  ~Ending() {
    ::close(asked_);
    ::close(failed_);
  }
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;

  // From any thread.
  void Fail() {
    uint64_t one = 1;
    VROEGSEIN_CHECK(::write(failed_, &one, sizeof one) == sizeof one);
  }

  void Wait() {
    pollfd ends[] = {{asked_, POLLIN, 0}, {failed_, POLLIN, 0}};
    while (::poll(ends, 2, -1) < 0) {
    }
  }

 private:
  int asked_;
  int failed_;
};

void SayWhere(const Service& service) {
  std::printf("luistert op http://%s\n", service.public_address().c_str());
  std::printf("beheer op http://%s\n", service.management_address().c_str());
  if (!service.key_folder().empty()) {
    std::printf("sleutels van de demo in %s\n", service.key_folder().c_str());
  }
  std::fflush(stdout);
}

// Where the built web application is found when nobody says: in the build folder, or installed.
std::string DefaultWeb() {
  std::error_code failed;
  std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
  std::filesystem::path above = program.parent_path().parent_path();
  for (const char* place : {"web", "share/vroegsein/web"}) {
    if (std::filesystem::is_regular_file(above / place / "index.html", failed)) {
      return (above / place).string();
    }
  }
  return "";
}

std::string HostName() {
  char name[HOST_NAME_MAX + 1] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

int Serve(const ServeOptions& options, const Machine& machine) {
  auto installation = ReadInstallation(options.config);
  if (!installation.ok()) return Fail(installation.status());
  if (!options.listen.empty()) installation->listen = options.listen;
  if (!options.manage.empty()) installation->management = options.manage;
  if (!options.kafka.empty()) installation->kafka.brokers = options.kafka;
  Ending ending;
  Journal journal;
  ServiceOptions service_options;
  service_options.data = options.data;
  service_options.node = options.node.empty() ? HostName() : options.node;
  if (!options.no_web) service_options.web = options.web.empty() ? DefaultWeb() : options.web;
  service_options.folder = FolderOptions(*installation);
  service_options.now = machine.now;
  service_options.chance = machine.chance;
  service_options.failed = [&ending] { ending.Fail(); };
  auto service = Service::Start(std::move(*installation), service_options, &journal);
  if (!service.ok()) return Fail(service.status());
  SayWhere(**service);
  journal.Info("gestart");
  ending.Wait();
  journal.Info("stopt");
  Status worked = (*service)->Stop();
  if (!worked.ok()) {
    journal.Error("balie-gestopt", {{"reden", worked.message()}});
    return 1;
  }
  journal.Info("gestopt");
  return 0;
}

}  // namespace

void RegisterServe(CLI::App& app, const Machine& machine, int* exit_code) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* verb =
      app.add_subcommand("serve", "Serve the API until SIGTERM or Ctrl-C; the log is on stderr");
  verb->add_option("--data", options->data, "The data folder; made when it is not there")
      ->required();
  verb->add_option("--listen", options->listen,
                   "Address and port of the API (default 127.0.0.1:8080; port 0: a free one)");
  verb->add_option("--manage", options->manage,
                   "Address and port of /metrics, /healthz and /readyz (default 127.0.0.1:9090)");
  verb->add_option("--config", options->config, "The configuration file; default: the demo's");
  verb->add_option("--kafka", options->kafka,
                   "Brokers (host:port,...) that have the log; without it the log is in the data "
                   "folder. Make the topics first: vroegsein topics");
  verb->add_option("--node", options->node,
                   "Which of kafka.knooppunten this is, where nodes share the partitions "
                   "(default: this machine's name)");
  verb->add_option("--web", options->web,
                   "Folder of the built web application; default: web beside the program's folder");
  verb->add_flag("--no-web", options->no_web, "Serve the API alone");
  verb->footer("Exit: 0 stopped as asked, 1 could not go on or a port is taken, 2 wrong use.");
  verb->callback([options, &machine, exit_code] { *exit_code = Serve(*options, machine); });
  // For the test that compares the table of routes with openapi.json; not in --help.
  CLI::App* routes = app.add_subcommand("routes", "")->group("");
  routes->callback([exit_code] {
    std::fputs(DescribeRoutes(ApiRoutes(ApiContext(), nullptr)).c_str(), stdout);
    *exit_code = 0;
  });
}

}  // namespace vroegsein
