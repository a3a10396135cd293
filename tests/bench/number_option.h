// NumberOption: an option of a bench that takes a whole number from `least` to `most`; `number`
// holds its default, which --help shows.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace vroegsein {

void NumberOption(CLI::App* app, const std::string& name, int* number, const std::string& what,
                  int least = 1, int most = 1'000'000'000);

}  // namespace vroegsein
