#include <iostream>
#include <string>
#include <vector>

#include "app/program.hpp"

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + (count > 0 ? 1 : 0), arguments + count);
  const flywheel::Streams streams{.results = std::cout, .messages = std::cerr};
  return static_cast<int>(flywheel::run_program(words, streams));
}
