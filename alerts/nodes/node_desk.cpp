#include "alerts/nodes/node_desk.h"

#include <google/protobuf/message_lite.h>

#include "alerts/access/key.h"
#include "alerts/api/submission.h"
#include "alerts/nodes/change_notes.h"
#include "alerts/nodes/node_call.pb.h"
#include "alerts/nodes/outcome_record.h"

namespace vroegsein {
namespace {

constexpr std::string_view kScheme = "Bearer ";
constexpr int kMalformed = 400;
constexpr int kNotHere = 421;
constexpr int kNothingDone = 503;

HttpResponse Refuse(int status) {
  HttpResponse response;
  response.status = status;
  return response;
}

HttpResponse Give(const google::protobuf::MessageLite& answer) {
  HttpResponse response;
  response.content_type = "application/octet-stream";
  response.body = answer.SerializeAsString();
  return response;
}

// Rows of a scan, as many as were asked for and fit.
Status Collect(const Database& database, const ReadCall& call, ReadAnswer* answer) {
  size_t bytes = 0;
  return database.Scan(call.begin(), call.end(), [&](std::string_view key, std::string_view value) {
    bool full =
        answer->rows_size() > 0 && (answer->rows_size() >= static_cast<int>(call.rows_max()) ||
                                    bytes >= NodeDesk::kReadBytesMax);
    if (full) {
      answer->set_more(true);
      return false;
    }
    ReadRow* row = answer->add_rows();
    row->set_key(std::string(key));
    row->set_value(std::string(value));
    bytes += key.size() + value.size();
    return true;
  });
}

Status GetOne(const Database& database, const std::string& key, ReadAnswer* answer) {
  auto value = database.Get(key);
  if (!value.ok()) return value.status();
  if (value->has_value()) *answer->add_rows()->mutable_value() = std::move(**value);
  return Status::Ok();
}

}  // namespace

NodeDesk::NodeDesk(std::vector<Held> held, std::string secret, std::function<bool()> desk_works,
                   std::function<bool()> in_touch, Shows shows, ChangeNotes* notes)
    : held_(std::move(held)),
      secret_hash_(HashKey(secret)),
      desk_works_(std::move(desk_works)),
      in_touch_(std::move(in_touch)),
      shows_(std::move(shows)),
      notes_(notes) {}

HttpResponse NodeDesk::Answer(const HttpRequest& request) const {
  if (!Knows(request)) return Refuse(401);
  if (request.method != "POST") return Refuse(405);
  if (request.path == "/lees") return Read(request.body);
  if (request.path == "/voeg-toe") return Append(request.body);
  if (request.path == "/wijzigingen") return Notes(request.body);
  return Refuse(404);
}

bool NodeDesk::Knows(const HttpRequest& request) const {
  std::string_view shown = request.Header("authorization").value_or("");
  if (!shown.starts_with(kScheme)) return false;
  return SameHash(HashKey(shown.substr(kScheme.size())), secret_hash_);
}

const NodeDesk::Held* NodeDesk::Find(uint32_t partition) const {
  bool here = partition < held_.size() && held_[partition].database != nullptr;
  return here ? &held_[partition] : nullptr;
}

HttpResponse NodeDesk::Read(const std::string& body) const {
  ReadCall call;
  if (!call.ParseFromString(body)) return Refuse(kMalformed);
  const Held* held = Find(call.partition());
  if (held == nullptr) return Refuse(kNotHere);
  if (!shows_(call.partition())) return Refuse(kNothingDone);
  ReadAnswer answer;
  Status read = call.has_end() ? Collect(*held->database, call, &answer)
                               : GetOne(*held->database, call.begin(), &answer);
  return read.ok() ? Give(answer) : Refuse(kNothingDone);
}

HttpResponse NodeDesk::Append(const std::string& body) const {
  AppendCall call;
  if (!call.ParseFromString(body)) return Refuse(kMalformed);
  const Held* held = Find(call.partition());
  if (held == nullptr) return Refuse(kNotHere);
  if (!in_touch_()) return Refuse(kNothingDone);
  Submission submission(held->log, &desk_works_, Submission::Clock::now() + kAppendMax);
  int added = 0;
  Status status;
  for (; added < call.events_size() && status.ok(); ++added) {
    status = submission.Add(std::move(*call.mutable_events(added)));
  }
  if (!status.ok() && added == 1) return Refuse(kNothingDone);
  AppendAnswer answer;
  for (const Outcome& outcome : submission.Gather()) *answer.add_outcomes() = RecordOf(outcome);
  // Of the rest it is not known whether they are in the log; what is wrong with one is not with the
  // others.
  Outcome unknown;
  unknown.status = Status::Unavailable(status.message());
  while (answer.outcomes_size() < call.events_size()) *answer.add_outcomes() = RecordOf(unknown);
  return Give(answer);
}

HttpResponse NodeDesk::Notes(const std::string& body) const {
  NotesCall call;
  if (!call.ParseFromString(body)) return Refuse(kMalformed);
  return Give(notes_->After(call));
}

}  // namespace vroegsein
