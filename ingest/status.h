// Status and Result: how every call outside rules/ says that it failed, and what to do about it.
//
// The code is chosen by what the caller does with it, not by where it came from:
//   kInvalid      the input is wrong: reject it, tell whoever sent it; trying again is useless
//   kNotFound     there is no such thing; often not an error at all
//   kConflict     somebody was first (a claimed task, a closed case): look again, then decide
//   kForbidden    whoever asks may not do this
//   kUnavailable  not now (log behind, folder in use, broker away): try again later
//   kExhausted    a named bound was reached (disk full, body too large)
//   kDataLoss     what was promised to be on disk is not there or not readable: stop the process
//   kInternal     our own mistake
//
// Context is added once per layer: `commit batch: write log: No space left on device`.
// Messages never carry anything about a person. Thread safety: values, as safe as std::string.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace vroegsein {

enum class StatusCode {
  kOk,
  kInvalid,
  kNotFound,
  kConflict,
  kForbidden,
  kUnavailable,
  kExhausted,
  kDataLoss,
  kInternal,
};

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, std::string message) : code_(code), message_(std::move(message)) {}

  static Status Ok() { return {}; }
  static Status Invalid(std::string message) { return {StatusCode::kInvalid, std::move(message)}; }
  static Status NotFound(std::string message) {
    return {StatusCode::kNotFound, std::move(message)};
  }
  static Status Conflict(std::string message) {
    return {StatusCode::kConflict, std::move(message)};
  }
  static Status Forbidden(std::string message) {
    return {StatusCode::kForbidden, std::move(message)};
  }
  static Status Unavailable(std::string message) {
    return {StatusCode::kUnavailable, std::move(message)};
  }
  static Status Exhausted(std::string message) {
    return {StatusCode::kExhausted, std::move(message)};
  }
  static Status DataLoss(std::string message) {
    return {StatusCode::kDataLoss, std::move(message)};
  }
  static Status Internal(std::string message) {
    return {StatusCode::kInternal, std::move(message)};
  }

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  const std::string& message() const { return message_; }

  // The same failure as seen from one layer up.
  Status Within(std::string_view layer) const {
    if (ok()) return {};
    return {code_, std::string(layer) + ": " + message_};
  }

  // Makes an ignored failure visible to the reader.
  void IgnoreBecause(const char* /*reason*/) const {}

 private:
  StatusCode code_ = StatusCode::kOk;
  std::string message_;
};

// CHECK is for our own mistakes, on in production; never for input, configuration or a dependency.
[[noreturn]] void CheckFailed(const char* expression, const char* file, int line);

#define VROEGSEIN_CHECK(expression)                                               \
  do {                                                                            \
    if (!(expression)) ::vroegsein::CheckFailed(#expression, __FILE__, __LINE__); \
  } while (false)

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::move(value)) {}        // NOLINT: a value is a result
  Result(Status status) : held_(std::move(status)) {  // NOLINT: and so is a failure
    VROEGSEIN_CHECK(!std::get<Status>(held_).ok());
  }

  bool ok() const { return std::holds_alternative<T>(held_); }
  Status status() const { return ok() ? Status::Ok() : std::get<Status>(held_); }

  // REQUIRES: ok()
  T& value() & {
    VROEGSEIN_CHECK(ok());
    return std::get<T>(held_);
  }
  const T& value() const& {
    VROEGSEIN_CHECK(ok());
    return std::get<T>(held_);
  }
  T&& value() && {
    VROEGSEIN_CHECK(ok());
    return std::get<T>(std::move(held_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Status> held_;
};

#define VROEGSEIN_RETURN_IF_ERROR(expression)                                      \
  do {                                                                             \
    if (::vroegsein::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

}  // namespace vroegsein
