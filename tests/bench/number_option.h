// NumberOption: an option of a bench that takes a whole number, from 1 unless `range` says
// otherwise; `number` holds its default, which --help shows.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace vroegsein {

inline void NumberOption(CLI::App* app, const std::string& name, int* number,
                         const std::string& what,
                         const CLI::Validator& range = CLI::Range(1, 1'000'000'000)) {
  app->add_option(name, *number, what)->capture_default_str()->check(range);
}

}  // namespace vroegsein
