// Router: from a request to the one handler that answers it, past sign-in, role and parameters.
//
// The table of routes is the whole API: openapi.json is compared with it, and nothing answers that
// is not in it. A route says who may use it; what of a municipality or team they may see is the
// handler's.
//
// Answers by itself, always as a problem: 404 (no such path), 405 with Allow, 401 with
// WWW-Authenticate, 403 (role), 400 (unknown, repeated or empty parameters). HEAD is GET without a
// body. Immutable once made; Dispatch() from any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/access/gate.h"
#include "alerts/settings/installation.h"
#include "ingest/http/http_message.h"

namespace vroegsein {

// What a handler is given.
struct Call {
  const HttpRequest& request;
  const Identity* identity = nullptr;  // nullptr on a route that is open to all
  std::vector<std::string> path;       // the values of the template's {parameters}, in order

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
};

class Router {
 public:
  // `refused` is told of every failed sign-in. All must outlive the router.
  Router(std::vector<Route> routes, const Gate* gate, std::function<void()> refused);

  HttpResponse Dispatch(const HttpRequest& request) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  HttpResponse Answer(const Route& route, Call call) const;

  std::vector<Route> routes_;
  const Gate* gate_;
  std::function<void()> refused_;
};

// One line per route: `GET /v1/taken takenOphalen wijkteamlid,coordinator status,team`; `-` for
// none.
std::string DescribeRoutes(const std::vector<Route>& routes);

}  // namespace vroegsein
