#include "alerts/api/service.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <filesystem>

#include "alerts/access/access_log.h"
#include "alerts/access/demo_keys.h"
#include "alerts/access/gate.h"
#include "alerts/api/api.h"
#include "alerts/api/case_texts.h"
#include "alerts/api/change_feed.h"
#include "alerts/api/desks.h"
#include "alerts/api/draft_handlers.h"
#include "alerts/api/management.h"
#include "alerts/api/tick_thread.h"
#include "alerts/api/web_files.h"
#include "alerts/mail/mail_round.h"
#include "alerts/metrics/desk_probe.h"
#include "alerts/metrics/http_probe.h"
#include "alerts/metrics/mail_probe.h"
#include "alerts/metrics/shadow_probe.h"
#include "alerts/metrics/work_probe.h"
#include "alerts/nodes/nodes.h"
#include "alerts/openid/openid_client.h"
#include "alerts/session/door.h"
#include "alerts/topics/outgoing_topics.h"
#include "alerts/topics/topic_intake.h"
#include "ingest/http/http_server.h"
#include "store/kafka/kafka_cluster.h"

namespace vroegsein {
namespace {

// Handlers mostly wait for one another's sync: more of them share one.
constexpr size_t kPublicWorkers = 32;
constexpr size_t kManagementWorkers = 2;
constexpr size_t kManagementConnectionsMax = 64;
constexpr size_t kManagementBodyBytesMax = 4'096;
constexpr size_t kBodiesAtOnce = 8;
// With this much of its room in use the log is behind: send signals elsewhere, or later.
constexpr size_t kReadyWaitingPercent = 50;
constexpr std::chrono::seconds kManagementDrain{2};

class PublicObserver final : public HttpObserver {
 public:
  PublicObserver(HttpProbe* probe, Journal* journal) : probe_(probe), journal_(journal) {}
  void OnExchange(const HttpExchange& exchange) override {
    probe_->Count(exchange);
    journal_->Request(exchange);
  }
  void OnConnections(size_t open) override { probe_->CountConnections(open); }

 private:
  HttpProbe* probe_;
  Journal* journal_;
};

// `127.0.0.1:8080`, `[::1]:8080`
Result<HttpServerOptions> ListenOn(const std::string& text) {
  HttpServerOptions options;
  size_t colon = text.rfind(':');
  Status wrong =
      Status::Invalid("'" + text + "' is no address with a port, such as 127.0.0.1:8080");
  if (colon == std::string::npos || colon == 0) return wrong;
  std::string_view port = std::string_view(text).substr(colon + 1);
  auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
  if (port.empty() || error != std::errc() || end != port.data() + port.size()) return wrong;
  options.address = text.substr(0, colon);
  if (options.address.front() == '[' && options.address.back() == ']') {
    options.address = options.address.substr(1, options.address.size() - 2);
  }
  return options;
}

std::string AddressOf(const std::string& address, uint16_t port) {
  bool six = address.find(':') != std::string::npos;
  return (six ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

std::vector<std::string> CodesOf(const Installation& installation) {
  std::vector<std::string> codes;
  for (const auto& config : installation.municipalities) codes.push_back(config.settings.code());
  return codes;
}

// A port that is taken is no folder that is in use: it has a code of its own.
Status OfPort(const Status& status) {
  if (status.code() != StatusCode::kUnavailable) return status;
  return Status::Conflict(status.message());
}

}  // namespace

// In the order in which they are made; what is lower may use what is higher.
struct Service::Parts {
  Installation installation;
  ServiceOptions options;
  Journal* journal = nullptr;
  MetricsRegistry registry;
  IntakeProbe intake{&registry};
  DeskProbe desk_probe{&registry};
  HttpProbe http_probe{&registry};
  WorkProbe work_probe{&registry};
  ShadowProbe shadow_probe{&registry};
  MailProbe mail_probe{&registry};
  PublicObserver observer{&http_probe, nullptr};
  std::string key_folder;
  std::unique_ptr<Desks> desks;
  std::unique_ptr<Workplace> workplace;
  std::unique_ptr<AccessLog> access;
  std::unique_ptr<ChangeFeed> feed;
  std::unique_ptr<CaseTexts> texts;
  WebFiles web;
  std::unique_ptr<Gate> gate;
  std::unique_ptr<Door> door;
  std::unique_ptr<OpenIdClient> openid;
  std::unique_ptr<TickThread> ticks;
  std::unique_ptr<MailRound> mail;
  ApiContext api;
  std::unique_ptr<DeadLetters> dead_letters;
  std::unique_ptr<TopicIntake> topic_intake;
  std::unique_ptr<OutgoingTopics> outgoing;
  std::unique_ptr<Router> router;
  ManagementSources management;
  std::atomic<bool> draining = false;
  std::atomic<size_t> receipt_bytes = 0;
  std::string public_host;
  std::string management_host;
  std::unique_ptr<HttpServer> public_server;
  std::unique_ptr<HttpServer> management_server;

  Status OpenFolder();
  Status OpenWorkplace();
  void Tidy();
  HttpResponse Answer(const HttpRequest& request) const;
  void MakeMail();
  void MakeApi();
  void MakeTopicIntake();
  Status MakeOutgoing();
  void FollowOthers();
  Status Listen();
  std::string MetricsText();
  bool Ready() const;
};

Status Service::Parts::OpenFolder() {
  Desks::Options how;
  how.data = options.data;
  how.folder = options.folder;
  how.instance = options.chance(8);
  how.node = options.node;
  how.complain = [this](const std::string& what) { journal->Error("kafka", {{"reden", what}}); };
  how.restored = [this](uint32_t partition, uint64_t offset) {
    journal->Info("hersteld", {{"partitie", std::to_string(partition)},
                               {"checkpoint", std::to_string(offset)}});
  };
  how.stuck = [this](uint32_t partition, bool stuck) {
    if (stuck) {
      journal->Error("balie-staat-stil", {{"partitie", std::to_string(partition)}});
    } else {
      journal->Info("balie-gaat-door", {{"partitie", std::to_string(partition)}});
    }
  };
  auto opened = Desks::Open(installation, options.now(), how);
  if (!opened.ok()) return opened.status();
  desks = std::move(*opened);
  if (desks->cluster() != nullptr) {
    dead_letters = std::make_unique<DeadLetters>(installation.kafka, &desks->cluster()->producer());
  }
  if (!installation.is_default) return Status::Ok();
  auto keys = UseDemoKeys(options.data, options.chance, &installation);
  if (!keys.ok()) return keys.status();
  key_folder = *keys;
  return Status::Ok();
}

Status Service::Parts::OpenWorkplace() {
  auto opened = Workplace::Open(options.data);
  if (!opened.ok()) return opened.status();
  workplace = std::move(*opened);
  auto log = AccessLog::Open(workplace.get(), options.chance);
  if (!log.ok()) return log.status();
  access = std::move(*log);
  if (options.web.empty()) return Status::Ok();
  auto files = WebFiles::Load(options.web);
  if (!files.ok()) return files.status();
  web = std::move(*files);
  return Status::Ok();
}

// What has had its time leaves the workplace.
void Service::Parts::Tidy() {
  Status expired = workplace->Expire(options.now(), [this](const std::string& case_id) {
    return IsOpenCase(desks->database(), case_id);
  });
  if (!expired.ok()) journal->Error("werkplek", {{"reden", expired.message()}});
  // By whole months, so that the files are rewritten once a month for it.
  Date oldest =
      AddMonths(DayInAmsterdam(options.now()), -static_cast<int>(installation.access_log_months));
  Status cut = access->Expire(FirstOfMonth(oldest));
  if (!cut.ok()) journal->Error("toegangslog", {{"reden", cut.message()}});
}

// Everything under /v1 is the API, the rest the web application.
HttpResponse Service::Parts::Answer(const HttpRequest& request) const {
  bool api_path = request.path == "/v1" || request.path.starts_with("/v1/");
  return api_path ? router->Dispatch(request) : web.Answer(request);
}

void Service::Parts::MakeMail() {
  if (installation.mail.server.host.empty()) return;
  MailRound::Parts with;
  with.database = &desks->database();
  with.workplace = workplace.get();
  with.accounts = &door->accounts();
  with.now = options.now;
  // One process sends them all: whose the first municipality is.
  with.ours = [this] { return desks->Owns(CodesOf(installation).front()); };
  with.send = [this](const DigestLetter& letter) { return SendLetter(installation.mail, letter); };
  with.sent = [this] { mail_probe.CountSent(); };
  with.failed = [this](std::string_view why) {
    mail_probe.CountFailed();
    journal->Error("mail", {{"reden", why}});
  };
  mail = std::make_unique<MailRound>(installation.mail, std::move(with));
}

void Service::Parts::MakeApi() {
  gate = std::make_unique<Gate>(installation.identities);
  Door::Options how;
  how.limits.idle = std::chrono::minutes(installation.session_minutes);
  how.limits.longest = std::chrono::hours(installation.session_hours);
  how.behind_tls = installation.behind_tls;
  door = std::make_unique<Door>(gate.get(), options.data, how, options.now, options.chance);
  if (!installation.openid.issuer.empty()) {
    openid = std::make_unique<OpenIdClient>(installation.openid, options.now, options.chance,
                                            OpenIdClient::Ways());
  }
  ticks = std::make_unique<TickThread>(
      &desks->log(), CodesOf(installation), options.now,
      [this](const auto& code) { return desks->Owns(code); }, [this] { Tidy(); });
  feed = std::make_unique<ChangeFeed>(&desks->database());
  texts = std::make_unique<CaseTexts>(&desks->database());
  desks->Observe([this](const auto& entries, const auto& outcomes, auto commit) {
    texts->Note(entries, outcomes);
    if (outgoing) outgoing->Note(entries, outcomes);
    feed->Note(entries, outcomes);
    desk_probe.Observe(entries, commit);
  });
  desks->ObserveShadow([this](const std::string& code, ShadowQuestion question, bool same) {
    shadow_probe.Count(code, question, same);
  });
  api.database = &desks->database();
  api.log = &desks->log();
  api.installation = &installation;
  api.door = door.get();
  api.openid = openid.get();
  api.openid_refused = [this](std::string_view refusal, std::string_view why) {
    http_probe.CountRefusedSignIn();
    journal->Error("openid", {{"code", refusal}, {"reden", why}});
  };
  api.workplace = workplace.get();
  api.access = access.get();
  api.feed = feed.get();
  api.texts = texts.get();
  api.intake = &intake;
  api.now = options.now;
  api.chance = options.chance;
  api.desk_works = [this] { return desks->running(); };
  api.receipt_bytes = &receipt_bytes;
  Router::Hooks hooks;
  hooks.refused = [this] { http_probe.CountRefusedSignIn(); };
  hooks.trace = [this](const AccessEntry& entry) { return access->Append(entry, options.now()); };
  router =
      std::make_unique<Router>(ApiRoutes(api, dead_letters.get()), door.get(), std::move(hooks));
  management.metrics = [this] { return MetricsText(); };
  management.healthy = [this] { return desks->healthy(); };
  management.ready = [this] { return Ready(); };
  management.readable = [this] { return !draining && desks->healthy(); };
}

// Partners may have topics of their own where the log is on Kafka.
void Service::Parts::MakeTopicIntake() {
  const auto& known = installation.identities;
  bool partners = std::any_of(known.begin(), known.end(), [](const Identity& identity) {
    return identity.role == Role::kPartner;
  });
  if (dead_letters == nullptr || !partners) return;
  // A process is known by its folder: no other has it at the same time.
  std::error_code failed;
  auto folder = std::filesystem::absolute(options.data, failed).lexically_normal();
  std::string member = options.node + ' ' + folder.string();
  topic_intake = std::make_unique<TopicIntake>(&api, dead_letters.get(), std::move(member),
                                               [this](const std::string& what) {
                                                 journal->Error("kafka-inname", {{"reden", what}});
                                               });
}

Status Service::Parts::MakeOutgoing() {
  if (desks->cluster() == nullptr || installation.kafka.source.empty()) return Status::Ok();
  OutgoingTopics::Parts with;
  with.api = &api;
  with.producer = &desks->cluster()->producer();
  with.data = options.data;
  with.owns = [this](const std::string& code) { return desks->Owns(code); };
  with.complain = [this](const std::string& what) {
    journal->Error("kafka-uitgave", {{"reden", what}});
  };
  auto opened = OutgoingTopics::Open(std::move(with));
  if (opened.ok()) outgoing = std::move(*opened);
  return opened.status();
}

// What other nodes applied of theirs, for the screens that are open here.
void Service::Parts::FollowOthers() {
  if (desks->nodes() == nullptr) return;
  auto hear = [this](const auto& entries, const auto& outcomes) {
    texts->Note(entries, outcomes);
    feed->Note(entries, outcomes);
  };
  auto turned = [this] {
    journal->Info("eigenaar", {{"partities", std::to_string(desks->owned().size())}});
    if (outgoing) outgoing->Turned();
    ticks->Hurry();
  };
  desks->nodes()->Follow(hear, turned);
}

Status Service::Parts::Listen() {
  auto outside = ListenOn(installation.listen);
  if (!outside.ok()) return outside.status();
  auto inside = ListenOn(installation.management);
  if (!inside.ok()) return inside.status();
  public_host = outside->address;
  management_host = inside->address;
  outside->body_bytes_max = installation.body_bytes_max;
  outside->bodies_bytes_max = kBodiesAtOnce * size_t{installation.body_bytes_max};
  outside->request_deadline = std::chrono::seconds(installation.request_seconds_max);
  outside->response_deadline = outside->request_deadline;
  outside->workers = kPublicWorkers;
  outside->default_headers = ApiHeaders();
  inside->workers = kManagementWorkers;
  inside->connections_max = kManagementConnectionsMax;
  inside->body_bytes_max = kManagementBodyBytesMax;
  auto management_started = HttpServer::Start(*inside, [this](const HttpRequest& request) {
    return AnswerManagement(management, request);
  });
  if (!management_started.ok()) return OfPort(management_started.status());
  management_server = std::move(*management_started);
  auto dispatch = [this](const HttpRequest& request) { return Answer(request); };
  auto public_started = HttpServer::Start(*outside, dispatch, &observer);
  if (!public_started.ok()) return OfPort(public_started.status());
  public_server = std::move(*public_started);
  return Status::Ok();
}

std::string Service::Parts::MetricsText() {
  if (topic_intake) intake.Refresh(topic_intake->waiting());
  desk_probe.Refresh(desks->running(), desks->waiting(), desks->stuck(),
                     desks->database().ApproximateBytes());
  Status read = work_probe.Refresh(desks->owned(), DayInAmsterdam(options.now()));
  if (!read.ok()) journal->Error("metrics", {{"reden", read.message()}});
  return registry.Text();
}

bool Service::Parts::Ready() const {
  size_t behind = options.folder.log.waiting_max * kReadyWaitingPercent / 100;
  return !draining && desks->waiting() <= behind && desks->ready();
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::~Service() { Stop().IgnoreBecause("whoever cares has stopped it before"); }

Result<std::unique_ptr<Service>> Service::Start(Installation installation,
                                                const ServiceOptions& options, Journal* journal) {
  auto parts = std::make_unique<Parts>();
  parts->installation = std::move(installation);
  parts->options = options;
  parts->journal = journal;
  parts->observer = PublicObserver(&parts->http_probe, journal);
  VROEGSEIN_RETURN_IF_ERROR(parts->OpenFolder());
  VROEGSEIN_RETURN_IF_ERROR(parts->OpenWorkplace());
  parts->MakeApi();
  parts->MakeMail();
  parts->MakeTopicIntake();
  VROEGSEIN_RETURN_IF_ERROR(parts->MakeOutgoing());
  Status listening = parts->Listen();
  if (!listening.ok()) return listening;
  VROEGSEIN_RETURN_IF_ERROR(parts->desks->Start(parts->options.failed));
  parts->FollowOthers();
  parts->ticks->Start();
  if (parts->mail) parts->mail->Start();
  parts->feed->Start();
  if (parts->topic_intake) parts->topic_intake->Start();
  if (parts->outgoing) parts->outgoing->Start();
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

Status Service::Stop() {
  Parts& parts = *parts_;
  parts.draining = true;
  if (parts.desks->cluster() != nullptr) parts.desks->cluster()->producer().Hurry();
  parts.ticks->Stop();
  if (parts.topic_intake) parts.topic_intake->Stop();
  if (parts.outgoing) parts.outgoing->Stop();
  if (parts.mail) parts.mail->Stop();
  parts.feed->Stop();
  auto patience = std::chrono::seconds(parts.installation.request_seconds_max);
  bool all_answered = parts.public_server->Drain(patience);
  if (!all_answered) parts.journal->Error("verzoeken-afgebroken");
  Status worked = parts.desks->Stop();
  parts.management_server->Drain(kManagementDrain);
  return worked;
}

std::string Service::public_address() const {
  return AddressOf(parts_->public_host, parts_->public_server->port());
}

std::string Service::management_address() const {
  return AddressOf(parts_->management_host, parts_->management_server->port());
}

const std::string& Service::key_folder() const { return parts_->key_folder; }

}  // namespace vroegsein
