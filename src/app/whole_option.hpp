#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include <CLI/CLI.hpp>

namespace flywheel {

/// An option whose value is a whole number from `low` to `high`.
struct WholeOption {
  std::string name;     ///< "--seed"
  std::string meaning;  ///< for the page of help
  std::uint64_t low{0};
  std::uint64_t high{std::numeric_limits<std::uint64_t>::max()};
};

/// What every command that plays futures has: "--seed" and "--threads".
[[nodiscard]] WholeOption seed_option();
[[nodiscard]] WholeOption threads_option();

/// The number that the whole text is: decimal digits and nothing else, so neither a sign nor a
/// prefix nor white space. Throws CLI::ValidationError that names option, text and range.
[[nodiscard]] std::uint64_t read_whole(const std::string& text, const WholeOption& option);

/// Adds the option to a command. The parser's own reading would take -1 for 2^64 - 1 and 010 for 8.
/// `value` must outlive the parsing and hold `high`.
template <typename Whole>
void add_whole_option(CLI::App& command, Whole& value, const WholeOption& option) {
  command
      .add_option_function<std::string>(
          option.name,
          [&value, option](const std::string& text) {
            value = static_cast<Whole>(read_whole(text, option));
          },
          option.meaning)
      ->type_name("NUMBER");
}

}  // namespace flywheel
