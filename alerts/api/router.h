// Router: from a request to the one handler that answers it, past sign-in, role and parameters.
//
// The table of routes is the whole API: openapi.json is compared with it, and nothing answers that
// is not in it. A route says who may use it; what of a municipality or team they may see is the
// handler's.
// No view without a trace: when the access log cannot be written, the answer is 503.
//
// Answers by itself, always as a problem: 404 (no such path), 405 with Allow, 401 with
// WWW-Authenticate, 403 (role, or a change with a cookie and without its CSRF token), 400 (unknown,
// repeated or empty parameters). HEAD is GET without a body. Immutable once made; Dispatch() from
// any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/access/access_log.h"
#include "alerts/session/door.h"
#include "alerts/settings/installation.h"
#include "ingest/http/http_message.h"

namespace vroegsein {

// What the access log is to say of a call, beside who and what.
struct AccessNote {
  std::vector<std::string> subjects;  // the cases and households that were shown or changed
  std::string reason;                 // why, where they are another team's
};

// What a handler is given.
struct Call {
  const HttpRequest& request;
  const Identity* identity = nullptr;  // nullptr on a route that is open to all
  std::vector<std::string> path;       // the values of the template's {parameters}, in order
  Visitor visitor;                     // how they came in; it holds identity

  AccessNote* note = nullptr;

  // To be called with the id of every case or household that the answer shows or changes.
  void Saw(std::string id) const {
    if (note != nullptr) note->subjects.push_back(std::move(id));
  }
  // REQUIRES: the route is not open to all.
  const Identity& who() const { return *identity; }
};

struct Route {
  std::string_view method;              // GET or POST
  std::string_view path;                // `/v1/zaken/{zaakId}`
  std::string_view operation;           // operationId
  std::vector<Role> roles;              // empty: open to all, without sign-in
  std::vector<std::string_view> query;  // the parameters it knows
  std::function<HttpResponse(const Call&)> handler;
  // False where nothing of a resident is seen or changed: it stays out of the access log.
  bool traced = true;
  // False: it is no sign of somebody being there, and does not keep a session alive.
  bool counts_as_use = true;
  // True: others' parameters beside its own are let be, as the caller's standard prescribes.
  bool ignores_unknown = false;
};

class Router {
 public:
  struct Hooks {
    std::function<void()> refused;                    // a failed sign-in
    std::function<Status(const AccessEntry&)> trace;  // for the access log
  };

  // All must outlive the router.
  Router(std::vector<Route> routes, Door* door, Hooks hooks);

  HttpResponse Dispatch(const HttpRequest& request) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  HttpResponse Answer(const Route& route, Call call) const;
  HttpResponse Handle(const Route& route, Call* call) const;
  Status Trace(const Route& route, const Call& call, int status) const;

  std::vector<Route> routes_;
  Door* door_;
  Hooks hooks_;
};

// One line per route: `GET /v1/taken takenOphalen wijkteamlid,coordinator status,team`; `-` for
// none.
std::string DescribeRoutes(const std::vector<Route>& routes);

}  // namespace vroegsein
