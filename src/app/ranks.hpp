#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/environment.hpp"

namespace flywheel {

/// What one process of a run sent to another.
struct RankMessage {
  int from{0};
  std::vector<std::byte> bytes;
};

/// The processes that mpirun started together. Rank 0 leads; the others serve it.
class Ranks {
 public:
  Ranks() = default;
  Ranks(Ranks&&) = delete;
  virtual ~Ranks() = default;

  [[nodiscard]] virtual int rank() const = 0;
  [[nodiscard]] virtual int count() const = 0;
  /// Returns when the bytes are no longer needed here; messages to one rank arrive in order.
  virtual void send(int to, std::span<const std::byte> bytes) = 0;
  /// The next message of anybody, nothing if none is there yet.
  [[nodiscard]] virtual std::optional<RankMessage> try_receive() = 0;
};

/// Joins the processes that this one was started with; none where it was started alone. Throws
/// std::runtime_error where it was built without MPI and was not started alone. Of all calls of
/// Ranks only one may happen at a time; the first and the last one on the thread that joined.
[[nodiscard]] std::unique_ptr<Ranks> join_ranks(const Environment& environment);

/// How many processes were started together, as Open MPI, MPICH and PMIx say; 1 where nobody does.
[[nodiscard]] int started_together(const Environment& environment);

/// The MPI this was built with; empty where it was built without.
[[nodiscard]] std::string mpi_version();

}  // namespace flywheel
