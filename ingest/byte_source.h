// ByteSource: where the bytes of a delivery come from, and nothing about what they mean.
//
// Threads: one at a time. Errors: kUnavailable or kNotFound from the operating system, with the
// path.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/status.h"

namespace vroegsein {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // At most `size` bytes into `buffer`; 0 is the end, and stays the end.
  virtual Result<size_t> Read(char* buffer, size_t size) = 0;
};

// Bytes in memory that somebody else keeps. REQUIRES: `bytes` outlives the source.
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : rest_(bytes) {}
  Result<size_t> Read(char* buffer, size_t size) override;

 private:
  std::string_view rest_;
};

// An open file descriptor: a file, or the standard input. Closes what it opened itself.
class FileSource : public ByteSource {
 public:
  static Result<std::unique_ptr<FileSource>> Open(const std::string& path);
  static std::unique_ptr<FileSource> StandardInput();
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  Result<size_t> Read(char* buffer, size_t size) override;

 private:
  FileSource(int descriptor, bool owned, std::string name)
      : descriptor_(descriptor), owned_(owned), name_(std::move(name)) {}

  int descriptor_;
  bool owned_;
  std::string name_;
};

}  // namespace vroegsein
