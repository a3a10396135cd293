// vroegsein households: who belongs together in a file, how sure that is, and why.
//
// match, train, explain and measure work on files alone; no data folder is touched. Each sets
// *exit_code: 0 done, 1 found problems, 2 wrong use.
#pragma once

namespace CLI {
class App;
}

namespace vroegsein {

void RegisterHouseholds(CLI::App& app, int* exit_code);

}  // namespace vroegsein
