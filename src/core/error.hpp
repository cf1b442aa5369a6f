#pragma once

#include <string>
#include <vector>

namespace flywheel {

/// Where in a file something stands. Lines and columns count from 1, columns in characters.
struct Place {
  std::string file;  ///< as the user wrote it, or "--set"
  int line{0};       ///< 0: the file as a whole
  int column{0};

  friend bool operator==(const Place&, const Place&) = default;
};

/// What kind of thing went wrong, which decides the program's exit code.
enum class FaultKind {
  content,  ///< what the file says is wrong: the plan is refused
  file,     ///< the file is missing or cannot be read
  warning,  ///< can be run as it is, but may not be meant so
};

/// One thing that is wrong with what the user wrote, told so that it can be mended.
struct Fault {
  Place place;
  std::string key;        ///< full key, "channel.search.click_rate"; empty where there is none
  std::string value;      ///< the offending text; empty where there is none
  std::string message;    ///< what is wrong, what is allowed, what to do
  std::string nearest{};  ///< the nearest known key; empty where there is none
  FaultKind kind{FaultKind::content};
};

using Faults = std::vector<Fault>;

/// The fault in one line: `plan.toml:12:7: key = value: message; the nearest known is ...`; a
/// warning has that word before the key.
///
/// Text of the user's is escaped and cut, so that a plan cannot write to the terminal what it
/// likes.
[[nodiscard]] std::string to_line(const Fault& fault);

}  // namespace flywheel
