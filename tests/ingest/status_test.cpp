#include "ingest/status.h"

#include <gtest/gtest.h>

#include <memory>

namespace vroegsein {
namespace {

Status Failing() { return Status::Unavailable("the disk is away"); }

Status Pass(const Status& status) {
  VROEGSEIN_RETURN_IF_ERROR(status);
  return Status::Conflict("behind it");
}

TEST(StatusTest, AnOkSaysNothing) {
  Status status;
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(status.code(), StatusCode::kOk);
  EXPECT_EQ(status.message(), "");
  EXPECT_TRUE(status.Within("write").ok());
  EXPECT_TRUE(Status(StatusCode::kOk, "dropped").ok());
  EXPECT_EQ(sizeof(Status), sizeof(void*));
}

TEST(StatusTest, AFailureSaysWhatAndWhere) {
  Status status = Failing().Within("sync").Within("commit");
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  EXPECT_EQ(status.message(), "commit: sync: the disk is away");
}

TEST(StatusTest, ACopyIsItsOwn) {
  Status first = Failing();
  Status copy = first;
  first = Status::NotFound("something else");
  EXPECT_EQ(copy.message(), "the disk is away");
  const Status& same = copy;
  copy = same;
  EXPECT_EQ(copy.message(), "the disk is away");
  copy = Status::Ok();
  EXPECT_TRUE(copy.ok());
  EXPECT_EQ(first.code(), StatusCode::kNotFound);
}

TEST(StatusTest, WhatIsMovedIsThereOnce) {
  Status first = Failing();
  Status second = std::move(first);
  EXPECT_EQ(second.message(), "the disk is away");
  first = std::move(second);
  EXPECT_EQ(first.code(), StatusCode::kUnavailable);
}

TEST(StatusTest, TheFirstFailureIsReturned) {
  EXPECT_EQ(Pass(Failing()).code(), StatusCode::kUnavailable);
  EXPECT_EQ(Pass(Status::Ok()).code(), StatusCode::kConflict);
}

TEST(ResultTest, IsAValueOrAFailure) {
  Result<std::unique_ptr<int>> value = std::make_unique<int>(3);
  ASSERT_TRUE(value.ok());
  EXPECT_TRUE(value.status().ok());
  EXPECT_EQ(**value, 3);
  std::unique_ptr<int> taken = std::move(value).value();
  EXPECT_EQ(*taken, 3);
  Result<std::unique_ptr<int>> failed = Failing();
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.status().message(), "the disk is away");
}

TEST(ResultDeathTest, AFailureHasNoValueAndAnOkIsNone) {
  EXPECT_DEATH(static_cast<void>(Result<int>(Failing()).value()), "assertion failed");
  EXPECT_DEATH(static_cast<void>(Result<int>{Status()}), "assertion failed");
}

}  // namespace
}  // namespace vroegsein
