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
//
// Nearly every call succeeds, and nearly every call is asked whether it did. So an Ok is a null
// pointer, and what has to do with failure stands out of line, away from the instructions that run.
#pragma once

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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
  // Of kOk the message is dropped.
  [[gnu::cold]] Status(StatusCode code, std::string message);
  Status(const Status& other) : failure_(other.ok() ? nullptr : other.CopyOfFailure()) {}
  Status(Status&&) noexcept = default;
  Status& operator=(const Status& other) { return *this = Status(other); }
  Status& operator=(Status&&) noexcept = default;

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

  bool ok() const { return __builtin_expect(failure_ == nullptr, true); }
  StatusCode code() const { return ok() ? StatusCode::kOk : failure_->code; }
  const std::string& message() const;  // empty of an Ok

  // The same failure as seen from one layer up.
  Status Within(std::string_view layer) const { return ok() ? Status() : FailureWithin(layer); }

  // Makes an ignored failure visible to the reader.
  void IgnoreBecause(const char* /*reason*/) const {}

 private:
  struct Failure {
    StatusCode code;
    std::string message;
  };
  struct Drop {
    [[gnu::cold]] void operator()(Failure* failure) const;
  };

  [[gnu::cold]] Failure* CopyOfFailure() const;
  [[gnu::cold]] Status FailureWithin(std::string_view layer) const;

  std::unique_ptr<Failure, Drop> failure_;  // nullptr: Ok
};

// CHECK is for our own mistakes, on in production; never for input, configuration or a dependency.
[[noreturn, gnu::cold]] void CheckFailed(const char* expression, const char* file, int line);

#define VROEGSEIN_CHECK(expression)                                               \
  do {                                                                            \
    if (!(expression)) ::vroegsein::CheckFailed(#expression, __FILE__, __LINE__); \
  } while (false)

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}          // NOLINT: a value is a result
  Result(Status status) : failure_(std::move(status)) {  // NOLINT: and so is a failure
    VROEGSEIN_CHECK(!failure_.ok());
  }

  bool ok() const { return __builtin_expect(value_.has_value(), true); }
  Status status() const { return failure_; }

  // REQUIRES: ok()
  T& value() & {
    VROEGSEIN_CHECK(ok());
    return *value_;
  }
  const T& value() const& {
    VROEGSEIN_CHECK(ok());
    return *value_;
  }
  T&& value() && {
    VROEGSEIN_CHECK(ok());
    return *std::move(value_);
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  Status failure_;
  std::optional<T> value_;  // unless it failed
};

#define VROEGSEIN_RETURN_IF_ERROR(expression)                                      \
  do {                                                                             \
    if (::vroegsein::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

}  // namespace vroegsein
