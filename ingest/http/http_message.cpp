#include "ingest/http/http_message.h"

#include <algorithm>

#include "ingest/receipt.h"

namespace vroegsein {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace

std::optional<std::string_view> HttpRequest::Query(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> HttpRequest::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (SameName(key, name)) return value;
  }
  return std::nullopt;
}

HttpBodyStream::HttpBodyStream(size_t waiting_bytes_max) : waiting_bytes_max_(waiting_bytes_max) {}

bool HttpBodyStream::Write(std::string_view bytes) {
  std::lock_guard lock(mutex_);
  if (gone_ || finished_ || bytes.size() > waiting_bytes_max_ - waiting_.size()) return false;
  waiting_.append(bytes);
  if (wake_) wake_();
  return true;
}

void HttpBodyStream::Finish() {
  std::lock_guard lock(mutex_);
  finished_ = true;
  if (wake_) wake_();
}

bool HttpBodyStream::gone() const {
  std::lock_guard lock(mutex_);
  return gone_;
}

void HttpBodyStream::Attach(std::function<void()> wake) {
  std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

std::string HttpBodyStream::Take(bool* finished) {
  std::lock_guard lock(mutex_);
  *finished = finished_;
  return std::exchange(waiting_, std::string());
}

void HttpBodyStream::Abandon() {
  std::function<void()>
      dropped;  // destroyed outside the lock: it may hold the last of a connection
  std::lock_guard lock(mutex_);
  gone_ = true;
  waiting_.clear();
  dropped.swap(wake_);
}

HttpResponse ProblemResponse(int status, std::string_view title, std::string_view detail,
                             std::string_view type) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  std::string& out = response.body;
  out = "{\"type\":";
  AppendJsonString(type, &out);
  out += ",\"title\":";
  AppendJsonString(title, &out);
  out += ",\"status\":" + std::to_string(status) + ",\"detail\":";
  AppendJsonString(detail, &out);
  out += "}";
  return response;
}

}  // namespace vroegsein
