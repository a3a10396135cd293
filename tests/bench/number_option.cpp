#include "tests/bench/number_option.h"

#include <CLI/CLI.hpp>

namespace vroegsein {

void NumberOption(CLI::App* app, const std::string& name, int* number, const std::string& what,
                  int least, int most) {
  app->add_option(name, *number, what)->capture_default_str()->check(CLI::Range(least, most));
}

}  // namespace vroegsein
