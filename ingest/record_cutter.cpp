#include "ingest/record_cutter.h"

namespace vroegsein {

void RecordCutter::Release() {
  window_.Consume(held_);
  held_ = 0;
}

Cut RecordCutter::Hold(Cut::Kind kind, size_t text_bytes, size_t held_bytes) {
  held_ = held_bytes;
  return {kind, row_, window_.view().substr(0, text_bytes)};
}

Result<Cut> LineCutter::Next() {
  Release();
  size_t scanned = 0;
  while (true) {
    std::string_view view = window_.view();
    size_t end = view.find('\n', scanned);
    if (end != std::string_view::npos || (window_.at_end() && !view.empty())) {
      bool newline = end != std::string_view::npos;
      std::string_view line = view.substr(0, end);
      ++row_;
      size_t held = line.size() + (newline ? 1 : 0);
      bool blank = line.find_first_not_of(" \t\r") == std::string_view::npos;
      if (!blank && line.size() > record_bytes_max_) return Hold(Cut::Kind::kTooLarge, 0, held);
      if (!blank) return Hold(Cut::Kind::kRecord, line.size(), held);
      window_.Consume(held);
      scanned = 0;
      continue;
    }
    if (window_.at_end()) return Cut{};
    if (view.size() > record_bytes_max_) return PassOver();
    scanned = view.size();
    auto more = window_.More();
    if (!more.ok()) return more.status();
  }
}

Result<Cut> LineCutter::PassOver() {
  ++row_;
  while (true) {
    std::string_view view = window_.view();
    size_t end = view.find('\n');
    if (end != std::string_view::npos) return Hold(Cut::Kind::kTooLarge, 0, end + 1);
    window_.Consume(view.size());
    auto more = window_.More();
    if (!more.ok()) return more.status();
    if (!*more) return Hold(Cut::Kind::kTooLarge, 0, 0);
  }
}

Result<Cut> ArrayCutter::Next() {
  Release();
  if (!open_) {
    window_.Consume(1);
    open_ = true;
  }
  while (true) {
    if (done_) return Behind();
    auto found = window_.SkipSpace();
    if (!found.ok()) return found.status();
    if (!*found) return AtEnd();
    char c = window_.view().front();
    if (c != ',' && c != ']')
      return Element(element_due_ ? Cut::Kind::kRecord : Cut::Kind::kNoComma);
    bool hole = element_due_ && (c == ',' || after_comma_);
    done_ = c == ']';
    element_due_ = after_comma_ = c == ',';
    if (hole) {
      // `[a,,b]` or `[a,]`: an element that is no text at all, for the decoder to refuse.
      ++row_;
      return Hold(Cut::Kind::kRecord, 0, 1);
    }
    window_.Consume(1);
  }
}

// The stream ended inside the array: said once, unless the last element already says so.
Result<Cut> ArrayCutter::AtEnd() {
  if (cut_short_) return Cut{};
  cut_short_ = true;
  ++row_;
  return Hold(Cut::Kind::kUnclosed, 0, 0);
}

Result<Cut> ArrayCutter::Behind() {
  auto found = window_.SkipSpace();
  if (!found.ok()) return found.status();
  if (!*found || cut_short_) return Cut{};
  cut_short_ = true;
  ++row_;
  return Hold(Cut::Kind::kTrailing, 0, 0);
}

bool ArrayCutter::Ends(char c, bool* taken) {
  *taken = false;
  bool between = scan_.depth() == 0 && !scan_.in_string();
  if (between && (c == ',' || c == ']')) return true;
  switch (scan_.Feed(c)) {
    case JsonScan::Event::kInside: return false;
    case JsonScan::Event::kClosed: *taken = true; return true;
    case JsonScan::Event::kMisplacedOpen: element_due_ = true; return true;
    case JsonScan::Event::kEnclosingClose: break;
  }
  return c == ']';
}

Result<Cut> ArrayCutter::Element(Cut::Kind kind) {
  ++row_;
  scan_.Reset();
  element_due_ = after_comma_ = false;
  bool too_large = false;
  size_t at = 0;
  while (true) {
    std::string_view view = window_.view();
    for (; at < view.size(); ++at) {
      at += scan_.PlainBytes(view.data() + at, view.data() + view.size());
      if (at == view.size()) break;
      bool taken = false;
      if (!Ends(view[at], &taken)) continue;
      if (taken) ++at;
      if (too_large || at > record_bytes_max_) return Hold(Cut::Kind::kTooLarge, 0, at);
      return Hold(kind, at, at);
    }
    if (at > record_bytes_max_) {
      too_large = true;
      window_.Consume(at);
      at = 0;
    }
    auto more = window_.More();
    if (!more.ok()) return more.status();
    if (*more) continue;
    cut_short_ = true;
    return Hold(too_large ? Cut::Kind::kTooLarge : kind, at, at);
  }
}

Result<Cut> SequenceCutter::Next() {
  Release();
  auto found = window_.SkipSpace();
  if (!found.ok()) return found.status();
  if (!*found) return Cut{};
  ++row_;
  scan_.Reset();
  bool too_large = false;
  bool begun = false;
  size_t at = 0;
  while (true) {
    std::string_view view = window_.view();
    for (; at < view.size(); ++at) {
      at += scan_.PlainBytes(view.data() + at, view.data() + view.size());
      if (at == view.size()) break;
      bool between = begun && scan_.depth() == 0 && !scan_.in_string();
      bool ends = between && (view[at] == '\n' || view[at] == '{');
      if (!ends) {
        auto event = scan_.Feed(view[at]);
        begun = true;
        if (event == JsonScan::Event::kClosed) {
          ++at;
          ends = true;
        }
        ends = ends || event == JsonScan::Event::kMisplacedOpen;
      }
      if (!ends) continue;
      if (too_large || at > record_bytes_max_) return Hold(Cut::Kind::kTooLarge, 0, at);
      return Hold(Cut::Kind::kRecord, at, at);
    }
    if (at > record_bytes_max_) {
      too_large = true;
      window_.Consume(at);
      at = 0;
    }
    auto more = window_.More();
    if (!more.ok()) return more.status();
    if (!*more) return Hold(too_large ? Cut::Kind::kTooLarge : Cut::Kind::kRecord, at, at);
  }
}

}  // namespace vroegsein
