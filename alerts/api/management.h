// The management port: /metrics, /healthz, /readyz. No sign-in: it listens where only operators
// come.
//
//   /healthz  200 while the desk gives signs of life, else 503: restart it
//   /readyz   200 while signals can be taken, 503 while draining, when the log is far behind, a
//             desk is stuck (watchdog.h), a node applies what it missed (comeback.h), or no broker
//             of the log answers
//   /readyz/lezen  200 while what is there can be read, also without brokers: for a balancer that
//             would otherwise take all nodes out at once
#pragma once

#include <functional>
#include <string>

#include "ingest/http/http_message.h"

namespace vroegsein {

struct ManagementSources {
  std::function<std::string()> metrics;
  std::function<bool()> healthy;
  std::function<bool()> ready;
  std::function<bool()> readable;
};

HttpResponse AnswerManagement(const ManagementSources& sources, const HttpRequest& request);

}  // namespace vroegsein
