// A disk that fails, for RocksDB: full, broken, or without power.
//
// It stands before the real one and writes through. It counts every call that changes or opens
// something; FailAt(n) lets the n-th fail, and what comes after it too, or not, as told. For a
// power cut it remembers what was synced: the bytes of each file, and the names in each folder
// (made, renamed, deleted). LosePower() then takes away what was not: names as a suffix of what
// happened in that folder, bytes as a suffix of the file, whole or torn, or with whole pages of it
// unwritten.
//
// Threads: any. Chance comes from the seed alone.
#pragma once

#include <cstdint>
#include <memory>

namespace rocksdb {
class Env;
}

namespace vroegsein::faults {

enum class Fault { kPowerCut, kNoSpace, kInputOutput };

class FaultyDisk {
 public:
  explicit FaultyDisk(uint64_t seed);
  ~FaultyDisk();

  rocksdb::Env* env() const;
  // From the n-th call on (from 1), `times` calls fail; 0: all. A power cut is for good.
  void FailAt(uint64_t call, Fault fault, uint64_t times = 0);
  uint64_t calls() const;
  // Whether a call was failed.
  bool failed() const;
  // REQUIRES: every file is closed, and this disk is not used again.
  void LosePower();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vroegsein::faults
