// A temporary folder per test, and small readers for what is in it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace vroegsein::simulator {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "simulator-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::vector<std::string> Split(const std::string& line, char separator) {
  std::vector<std::string> cells(1);
  for (char c : line) {
    if (c == separator) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

// The lines behind the header; for files of which no cell is quoted.
inline std::vector<std::vector<std::string>> ReadCells(const std::filesystem::path& path) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream text(ReadFile(path));
  for (std::string line; std::getline(text, line);) rows.push_back(Split(line, ';'));
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

inline std::vector<std::filesystem::path> FilesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// FNV-1a over the names and the bytes of all files in the folder.
inline uint64_t HashOf(const std::filesystem::path& folder) {
  uint64_t hash = 0xCBF29CE484222325ULL;
  for (const std::filesystem::path& file : FilesIn(folder)) {
    std::string text = std::filesystem::relative(file, folder).string() + '\n' + ReadFile(file);
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return hash;
}

}  // namespace vroegsein::simulator
