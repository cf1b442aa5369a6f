#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/ranks.hpp"
#include "outcome/outcome.hpp"

/// What the processes of a run tell each other; all run the same program on machines alike.
namespace flywheel {

/// From the leader: what is to be played from now on.
struct JobMessage {
  std::string paper;  ///< a RunPaper
  std::string lines;  ///< of the run's identity, joined
};
/// To the leader: the job can be played by so many at a time.
struct ReadyMessage {
  std::uint64_t threads{1};
};
/// To the leader: it cannot, and why.
struct RefusalMessage {
  std::string why;
};
/// From the leader: play this replication.
struct PlayMessage {
  std::uint64_t replication{0};
};
/// From the leader: nothing more comes.
struct StopMessage {};

/// An Outcome is the answer to PlayMessage.
using Message =
    std::variant<JobMessage, ReadyMessage, RefusalMessage, PlayMessage, StopMessage, Outcome>;

/// Lines as one text.
[[nodiscard]] std::string joined(const std::vector<std::string>& lines);

[[nodiscard]] std::vector<std::byte> to_bytes(const Message& message);
/// Contract broken where these are no such bytes.
[[nodiscard]] Message to_message(std::span<const std::byte> bytes);

}  // namespace flywheel
