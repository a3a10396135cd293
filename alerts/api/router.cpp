#include "alerts/api/router.h"

#include <algorithm>
#include <optional>

#include "alerts/api/problem.h"

namespace vroegsein {
namespace {

// The next segment of a path that begins with `/`; moves `*rest` behind it.
std::string_view TakeSegment(std::string_view* rest) {
  rest->remove_prefix(1);
  size_t end = std::min(rest->find('/'), rest->size());
  std::string_view segment = rest->substr(0, end);
  rest->remove_prefix(end);
  return segment;
}

std::optional<std::vector<std::string>> Match(std::string_view wanted, std::string_view path) {
  std::vector<std::string> values;
  while (!wanted.empty() && !path.empty() && path[0] == '/') {
    std::string_view expected = TakeSegment(&wanted);
    std::string_view found = TakeSegment(&path);
    if (expected.starts_with('{')) {
      if (found.empty()) return std::nullopt;
      values.emplace_back(found);
    } else if (expected != found) {
      return std::nullopt;
    }
  }
  if (!wanted.empty() || !path.empty()) return std::nullopt;
  return values;
}

std::vector<FieldError> CheckQuery(const Route& route, const HttpRequest& request) {
  std::vector<FieldError> errors;
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : request.query) {
    auto known = std::find(route.query.begin(), route.query.end(), name);
    if (known == route.query.end() && route.ignores_unknown) continue;
    if (known == route.query.end()) {
      // The name is not repeated: anything may stand in it.
      errors.push_back({"parameter-onbekend", "", "Deze parameter bestaat hier niet."});
    } else if (std::find(seen.begin(), seen.end(), *known) != seen.end()) {
      errors.push_back({"parameter-dubbel", name, "Geef deze parameter één keer."});
    } else {
      seen.push_back(*known);
    }
  }
  return errors;
}

HttpResponse Unauthorized() {
  HttpResponse response =
      Problem(401, "niet-aangemeld", "Niet aangemeld",
              "Meld u aan, of geef een sleutel mee in de header Authorization: Bearer SLEUTEL.");
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"vroegsein\"");
  return response;
}

bool IsRead(std::string_view method) { return method == "GET" || method == "HEAD"; }

}  // namespace

Router::Router(std::vector<Route> routes, Door* door, Hooks hooks)
    : routes_(std::move(routes)), door_(door), hooks_(std::move(hooks)) {}

HttpResponse Router::Dispatch(const HttpRequest& request) const {
  std::string allowed;
  std::string_view known_path;
  for (const Route& route : routes_) {
    auto values = Match(route.path, request.path);
    if (!values) continue;
    bool same = route.method == request.method || (IsRead(request.method) && IsRead(route.method));
    if (same) return Answer(route, Call{request, nullptr, std::move(*values), {}, nullptr});
    known_path = route.path;
    allowed += allowed.empty() ? "" : ", ";
    allowed += route.method == "GET" ? "GET, HEAD" : std::string(route.method);
  }
  if (allowed.empty()) return NotFoundProblem("Dit adres");
  HttpResponse response = Problem(405, "methode-onbekend", "Methode niet toegestaan",
                                  "Dit adres kent alleen wat in de header Allow staat.");
  response.headers.emplace_back("Allow", allowed);
  response.route = known_path;
  return response;
}

HttpResponse Router::Answer(const Route& route, Call call) const {
  AccessNote note;
  call.note = &note;
  HttpResponse response = Handle(route, &call);
  if (call.identity != nullptr && route.traced) {
    Status traced = Trace(route, call, response.status);
    if (!traced.ok()) response = UnavailableProblem("Het toegangslog is niet te schrijven.");
  }
  response.route = route.path;
  auto is_cache = [](const HttpField& field) { return field.first == "Cache-Control"; };
  if (std::none_of(response.headers.begin(), response.headers.end(), is_cache)) {
    response.headers.emplace_back("Cache-Control", "no-store");
  }
  return response;
}

HttpResponse Router::Handle(const Route& route, Call* call) const {
  if (!route.roles.empty()) {
    call->visitor = door_->Admit(call->request, route.counts_as_use);
    call->identity = call->visitor.identity;
    if (call->identity == nullptr) {
      hooks_.refused();
      return Unauthorized();
    }
    if (call->visitor.forged) return ForgedProblem();
    bool may = std::find(route.roles.begin(), route.roles.end(), call->identity->role) !=
               route.roles.end();
    if (!may) return ForbiddenProblem("Met deze rol mag dit niet.");
  }
  std::vector<FieldError> errors = CheckQuery(route, call->request);
  return errors.empty() ? route.handler(*call) : InvalidInput(errors);
}

Status Router::Trace(const Route& route, const Call& call, int status) const {
  AccessEntry entry;
  entry.user = call.identity->name;
  entry.role = NameOf(call.identity->role);
  entry.operation = route.operation;
  entry.subjects = std::move(call.note->subjects);
  entry.status = status;
  entry.reason = std::move(call.note->reason);
  return hooks_.trace(entry);
}

std::string DescribeRoutes(const std::vector<Route>& routes) {
  std::string text;
  for (const Route& route : routes) {
    std::string roles;
    for (Role role : route.roles) roles += (roles.empty() ? "" : ",") + std::string(NameOf(role));
    std::string query;
    for (std::string_view name : route.query)
      query += (query.empty() ? "" : ",") + std::string(name);
    text += std::string(route.method) + " " + std::string(route.path) + " " +
            std::string(route.operation) + " " + (roles.empty() ? "-" : roles) + " " +
            (query.empty() ? "-" : query) + "\n";
  }
  return text;
}

}  // namespace vroegsein
