// Journal: what the server has to say to whoever runs it, one JSON object a line on stderr.
//
// Nothing of a person comes in here: no address, no id of a signal, no path or query, no body;
// routes as their templates. Writing never waits for a slow reader: what does not fit in the
// bounded queue is dropped, oldest first. Threads: any.
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>

#include "ingest/http/http_server.h"

namespace spdlog {
class logger;
}

namespace vroegsein {

class Journal {
 public:
  Journal();
  ~Journal();

  // {"tijd":T,"niveau":"info","gebeurtenis":event, and the fields}
  using Field = std::pair<std::string_view, std::string_view>;
  void Info(std::string_view event, std::initializer_list<Field> fields = {});
  void Error(std::string_view event, std::initializer_list<Field> fields = {});
  void Request(const HttpExchange& exchange);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace vroegsein
