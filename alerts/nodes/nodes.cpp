#include "alerts/nodes/nodes.h"

#include <arpa/inet.h>

#include <charconv>

#include "ingest/http/http_server.h"
#include "store/kafka/kafka_members.h"

namespace vroegsein {
namespace {

constexpr size_t kWorkersMin = 16;
constexpr size_t kBodyBytesMax = 64u << 20;
constexpr size_t kBodiesBytesMax = 256u << 20;
constexpr std::chrono::seconds kDrain{10};

// On the address itself; for a name on every one that this machine has.
HttpServerOptions ListenOn(const std::string& address, size_t others) {
  HttpServerOptions options;
  size_t colon = address.rfind(':');
  options.address = address.substr(0, colon);
  in_addr four;
  if (inet_pton(AF_INET, options.address.c_str(), &four) != 1) options.address = "0.0.0.0";
  std::from_chars(address.data() + colon + 1, address.data() + address.size(), options.port);
  options.workers = kWorkersMin + others;  // each of the others waits for changes all the time
  options.body_bytes_max = kBodyBytesMax;
  options.bodies_bytes_max = kBodiesBytesMax;
  return options;
}

}  // namespace

Nodes::Nodes(Options options) : options_(std::move(options)), notes_(options_.start) {}
Nodes::~Nodes() { Stop(); }

Result<std::unique_ptr<Nodes>> Nodes::Open(Options options) {
  auto placement = NodePlacement::Make(options.settings.nodes, options.partitions);
  if (!placement.ok()) return placement.status();
  if (placement->Find(options.self) == nullptr) {
    return Status::Invalid("kafka.knooppunten has no node '" + options.self +
                           "': say who this is with --node");
  }
  std::unique_ptr<Nodes> nodes(new Nodes(std::move(options)));
  const Options& own = nodes->options_;
  nodes->told_owned_.resize(own.partitions);
  nodes->roster_ =
      std::make_unique<Roster>(std::move(*placement), own.self, own.settings.nodes_secret);
  nodes->comeback_ = std::make_unique<Comeback>(&nodes->roster_->placement(), own.self);
  KafkaMembers::Options member;
  member.settings = own.settings;
  member.name = own.self;
  member.complain = own.complain;
  member.told = [self = nodes.get()](const auto& present, auto until) {
    self->SetPresent(present, until);
  };
  member.in_vain = [roster = nodes->roster_.get()](auto until) { roster->InVain(until); };
  auto members = KafkaMembers::Open(std::move(member));
  if (!members.ok()) return members.status();
  nodes->members_ = std::move(*members);
  return nodes;
}

std::vector<bool> Nodes::Owned() const {
  std::vector<bool> owns;
  for (uint32_t one = 0; one < options_.partitions; ++one) owns.push_back(roster_->Owns(one));
  return owns;
}

// Also when what it owned it did not own for a while.
void Nodes::SetPresent(const std::set<std::string>& present, BootClock::time_point until) {
  bool lapsed = Owned() != told_owned_;
  bool hung = roster_->Hung();
  bool comes_back = lapsed || hung || comeback_->waits() || !comeback_->shows();
  Backlog backlog = comes_back ? backlog_() : std::nullopt;
  if (lapsed) comeback_->Begin(backlog);
  comeback_->Hear(present, hung, backlog);
  catching_up_ = comeback_->waits();
  Settle();
  roster_->Now(present, until, comeback_->shows());
  std::vector<bool> now = Owned();
  bool same = now == told_owned_;
  told_owned_ = std::move(now);
  if (lapsed || !same) turned_();
}

void Nodes::StandAside(bool stuck) {
  stuck_ = stuck;
  Settle();
}

void Nodes::Settle() {
  std::lock_guard lock(aside_mutex_);
  bool aside = stuck_ || catching_up_;
  roster_->StandAside(aside);
  members_->StandAside(aside);
}

const Database* Nodes::DatabaseOf(uint32_t partition, const Database* here) {
  const Roster* roster = roster_.get();
  std::unique_ptr<Database> database = std::make_unique<RemoteDatabase>(roster, partition);
  if (here != nullptr) {
    database = std::make_unique<HeldDatabase>(roster, partition, here, std::move(database));
  }
  databases_.push_back(std::move(database));
  return databases_.back().get();
}

Appender* Nodes::LogOf(uint32_t partition, Appender* here) {
  const Roster* roster = roster_.get();
  remote_logs_.push_back(std::make_unique<RemoteLog>(roster, partition, options_.waiting_max));
  RemoteLog* remote = remote_logs_.back().get();
  if (here == nullptr) return remote;
  held_logs_.push_back(std::make_unique<HeldLog>(roster, partition, here, remote));
  return held_logs_.back().get();
}

Status Nodes::Serve(std::vector<NodeDesk::Held> held, std::function<bool()> desk_works,
                    std::function<Backlog()> backlog) {
  backlog_ = std::move(backlog);
  desk_ = std::make_unique<NodeDesk>(
      std::move(held), options_.settings.nodes_secret, std::move(desk_works),
      [roster = roster_.get()] { return roster->InTouch(); },
      [roster = roster_.get()](uint32_t partition) { return !roster->OthersKnowBetter(partition); },
      &notes_);
  const KafkaNode& self = *roster_->placement().Find(options_.self);
  auto answer = [this](const HttpRequest& request) { return desk_->Answer(request); };
  auto server = HttpServer::Start(ListenOn(self.address, roster_->others().size()), answer);
  if (!server.ok()) {
    return Status::Conflict("cannot listen on " + self.address + ": " + server.status().message());
  }
  server_ = std::move(*server);
  for (const auto& log : remote_logs_) log->Start();
  return Status::Ok();
}

void Nodes::Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes) {
  notes_.Note(entries, outcomes);
}

void Nodes::Follow(const ChangeFollower::Hear& hear, std::function<void()> turned) {
  turned_ = std::move(turned);
  for (const auto& [name, link] : roster_->others()) {
    followers_.push_back(std::make_unique<ChangeFollower>(roster_.get(), link.get(),
                                                          &options_.municipalities, hear));
    followers_.back()->Start();
  }
  comeback_->Begin(backlog_());
  catching_up_ = comeback_->waits();
  Settle();
  members_->Start();
}

void Nodes::Stop() {
  if (members_) members_->Stop();
  for (const auto& follower : followers_) follower->Stop();
  for (const auto& log : remote_logs_) log->Stop();
  notes_.Stop();
  if (server_) server_->Drain(kDrain);
}

}  // namespace vroegsein
