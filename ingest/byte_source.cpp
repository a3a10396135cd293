#include "ingest/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace vroegsein {
namespace {

Status FromErrno(int error, const std::string& what) {
  std::string message = what + ": " + std::generic_category().message(error);
  if (error == ENOENT) return Status::NotFound(std::move(message));
  if (error == EACCES) return Status::Forbidden(std::move(message));
  return Status::Unavailable(std::move(message));
}

}  // namespace

Result<size_t> MemorySource::Read(char* buffer, size_t size) {
  size_t bytes = std::min(size, rest_.size());
  std::memcpy(buffer, rest_.data(), bytes);
  rest_.remove_prefix(bytes);
  return bytes;
}

Result<std::unique_ptr<FileSource>> FileSource::Open(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return FromErrno(errno, "open " + path);
  return std::unique_ptr<FileSource>(new FileSource(descriptor, true, path));
}

std::unique_ptr<FileSource> FileSource::StandardInput() {
  return std::unique_ptr<FileSource>(new FileSource(STDIN_FILENO, false, "standard input"));
}

FileSource::~FileSource() {
  if (owned_) ::close(descriptor_);
}

Result<size_t> FileSource::Read(char* buffer, size_t size) {
  while (true) {
    ssize_t bytes = ::read(descriptor_, buffer, size);
    if (bytes >= 0) return static_cast<size_t>(bytes);
    if (errno != EINTR) return FromErrno(errno, "read " + name_);
  }
}

}  // namespace vroegsein
