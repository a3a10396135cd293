#include "alerts/api/journal.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "alerts/reading/json_writer.h"

namespace vroegsein {
namespace {

constexpr size_t kWaitingLinesMax = 8'192;

// The line's own members, without the braces: the pattern adds those, the time and the level.
std::string Members(std::string_view event, std::initializer_list<Journal::Field> fields) {
  std::string text;
  JsonWriter json(&text);
  json.Text("gebeurtenis", event);
  for (const auto& [name, value] : fields) json.Text(name, value);
  return text;
}

}  // namespace

Journal::Journal() {
  spdlog::init_thread_pool(kWaitingLinesMax, 1);
  logger_ = std::make_shared<spdlog::async_logger>(
      "vroegsein", std::make_shared<spdlog::sinks::stderr_sink_mt>(), spdlog::thread_pool(),
      spdlog::async_overflow_policy::overrun_oldest);
  logger_->set_pattern("{\"tijd\":\"%Y-%m-%dT%H:%M:%S.%eZ\",\"niveau\":\"%l\",%v}",
                       spdlog::pattern_time_type::utc);
}

Journal::~Journal() {
  logger_->flush();
  logger_.reset();
  spdlog::shutdown();
}

void Journal::Info(std::string_view event, std::initializer_list<Field> fields) {
  logger_->info(spdlog::string_view_t(Members(event, fields)));
}

void Journal::Error(std::string_view event, std::initializer_list<Field> fields) {
  logger_->error(spdlog::string_view_t(Members(event, fields)));
}

void Journal::Request(const HttpExchange& exchange) {
  std::string text;
  JsonWriter json(&text);
  json.Text("gebeurtenis", "verzoek").Text("methode", exchange.method);
  json.Text("route", exchange.route.empty() ? "-" : exchange.route);
  json.Integer("status", exchange.status).Integer("microseconden", exchange.duration.count());
  json.Integer("bytesIn", static_cast<int64_t>(exchange.bytes_in));
  json.Integer("bytesUit", static_cast<int64_t>(exchange.bytes_out));
  logger_->info(spdlog::string_view_t(text));
}

}  // namespace vroegsein
