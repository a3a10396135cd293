#include "ingest/status.h"

#include <cstdio>

namespace vroegsein {

Status::Status(StatusCode code, std::string message)
    : failure_(code == StatusCode::kOk ? nullptr : new Failure{code, std::move(message)}) {}

Status::Failure* Status::CopyOfFailure() const { return new Failure(*failure_); }

Status Status::FailureWithin(std::string_view layer) const {
  return {failure_->code, std::string(layer) + ": " + failure_->message};
}

void Status::Drop::operator()(Failure* failure) const { delete failure; }

const std::string& Status::message() const {
  static const std::string kNone;
  return ok() ? kNone : failure_->message;
}

void CheckFailed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "vroegsein: assertion failed: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace vroegsein
