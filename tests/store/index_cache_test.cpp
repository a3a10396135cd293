#include "store/index_cache.h"

#include <gtest/gtest.h>

#include <vector>

namespace vroegsein {
namespace {

using Numbers = std::vector<uint64_t>;

Numbers Known(IndexCache* cache, const keys::IndexKey& key) {
  auto sharers = cache->Find(key);
  return sharers ? Numbers(sharers->begin(), sharers->end()) : Numbers{0};
}

TEST(IndexCache, OneSeveralAndNobody) {
  IndexCache cache(100);
  keys::IndexKey key = keys::Person("0080", 7);
  EXPECT_EQ(cache.Find(key), std::nullopt);
  cache.Keep(key, {});
  EXPECT_EQ(Known(&cache, key), Numbers{});
  cache.AddTo(key, 5);
  EXPECT_EQ(Known(&cache, key), Numbers{5});
  cache.AddTo(key, 3);
  cache.AddTo(key, 9);
  EXPECT_EQ(Known(&cache, key), (Numbers{5, 3, 9})) << "in order of arrival";
  EXPECT_TRUE(cache.Find(key)->Contains(3));
  EXPECT_FALSE(cache.Find(key)->Contains(4));
  cache.Keep(key, Numbers{3});
  EXPECT_EQ(Known(&cache, key), Numbers{3});
  cache.Keep(key, Numbers{});
  EXPECT_EQ(Known(&cache, key), Numbers{});
}

TEST(IndexCache, AKeyIsOfItsKindAndMunicipality) {
  IndexCache cache(100);
  keys::IndexKey key = keys::Person("0080", 7);
  cache.AddTo(key, 5);
  EXPECT_EQ(cache.Find(keys::Person("0081", 7)), std::nullopt);
  EXPECT_EQ(cache.Find({keys::IndexKind::kAddress, 80, 7}), std::nullopt);
  EXPECT_EQ(cache.Find({keys::IndexKind::kCustomer, 80, 7}), std::nullopt);
  cache.AddTo(keys::Person("0000", 0), 6);
  EXPECT_EQ(Known(&cache, keys::Person("0000", 0)), Numbers{6});
}

TEST(IndexCache, KeepsWhatIsUsedAndIsCompleteUntilSomethingIsDropped) {
  constexpr uint64_t kMost = 2'000;
  IndexCache cache(kMost);
  cache.SetComplete();
  keys::IndexKey used = keys::Person("0080", 1'000'000), several = keys::Person("0080", 1'000'001);
  cache.AddTo(used, 1);
  cache.AddTo(several, 1);
  cache.AddTo(several, 2);
  uint64_t added = 2;
  for (uint64_t number = 0; number < 5 * kMost; ++number) {
    cache.AddTo(keys::Person("0080", number), number + 1);
    cache.Trim();
    ++added;
    EXPECT_EQ(Known(&cache, used), Numbers{1});
    EXPECT_EQ(Known(&cache, several), (Numbers{1, 2}));
    EXPECT_LE(cache.size(), kMost + 4);
    if (added + 2 <= kMost) {  // the used ones are in both tables for a while
      EXPECT_TRUE(cache.Complete());
      EXPECT_EQ(Known(&cache, keys::Person("0080", 0)), Numbers{1});
    }
  }
  EXPECT_FALSE(cache.Complete());
  EXPECT_EQ(cache.Find(keys::Person("0080", 3)), std::nullopt) << "long ago";
}

}  // namespace
}  // namespace vroegsein
