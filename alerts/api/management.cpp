#include "alerts/api/management.h"

#include "alerts/api/problem.h"

namespace vroegsein {
namespace {

constexpr char kReadable[] = "/readyz/lezen";

HttpResponse Plain(int status, std::string text, const char* route) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = std::move(text);
  response.route = route;
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

HttpResponse AnswerManagement(const ManagementSources& sources, const HttpRequest& request) {
  bool read = request.method == "GET" || request.method == "HEAD";
  bool known = request.path == "/metrics" || request.path == "/healthz" ||
               request.path == "/readyz" || request.path == kReadable;
  if (!known) return NotFoundProblem("Dit adres");
  if (!read) {
    HttpResponse response = Problem(405, "methode-onbekend", "Methode niet toegestaan",
                                    "Dit adres kent alleen wat in de header Allow staat.");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (request.path == "/metrics") return Plain(200, sources.metrics(), "/metrics");
  if (request.path == "/healthz") {
    bool healthy = sources.healthy();
    return Plain(healthy ? 200 : 503, healthy ? "leeft\n" : "de balie staat stil\n", "/healthz");
  }
  bool only_reads = request.path == kReadable;
  bool ready = only_reads ? sources.readable() : sources.ready();
  return Plain(ready ? 200 : 503, ready ? "gereed\n" : "niet gereed\n",
               only_reads ? kReadable : "/readyz");
}

}  // namespace vroegsein
