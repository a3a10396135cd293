// What a partner puts on a topic: a CloudEvent, or a bare signal.
#include "ingest/cloud_event.h"

#include <gtest/gtest.h>

namespace vroegsein {
namespace {

TEST(CloudEvent, IsKnownByTheNameOfItsVersion) {
  EXPECT_TRUE(IsCloudEvent(R"({"specversion": "1.0", "data": {}})"));
  EXPECT_TRUE(IsCloudEvent(R"({"\u0073pecversion": "1.0", "data": {}})")) << "the name, escaped";
  EXPECT_FALSE(IsCloudEvent(R"({"id": "W1", "client": {"achternaam": "Specversie"}})"));
  EXPECT_FALSE(IsCloudEvent(R"({"id": "specversion"})")) << "a value is no name";
  EXPECT_FALSE(IsCloudEvent(R"({"id": "W1", "client": {"specversion": "1.0"}})"));
  EXPECT_FALSE(IsCloudEvent(R"({"id": "a\\b"})"));
  EXPECT_FALSE(IsCloudEvent("{ no json \\ specversion"));
  EXPECT_FALSE(IsCloudEvent(""));
}

}  // namespace
}  // namespace vroegsein
