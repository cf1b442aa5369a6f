#include "app/ranks.hpp"

#ifdef FLYWHEEL_MPI

#include <algorithm>
#include <stdexcept>
#include <string>

#include <mpi.h>

namespace flywheel {

namespace {

constexpr int tag{1};

/// Calls end the process by themselves where they fail (MPI_ERRORS_ARE_FATAL).
class MpiRanks : public Ranks {
 public:
  MpiRanks() {
    int level = MPI_THREAD_SINGLE;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &count_);
    if (level < MPI_THREAD_SERIALIZED) {
      throw std::runtime_error{"this MPI cannot be called by one thread after the other"};
    }
  }
  ~MpiRanks() override { MPI_Finalize(); }

  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int count() const override { return count_; }

  void send(int to, std::span<const std::byte> bytes) override {
    MPI_Send(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, to, tag, MPI_COMM_WORLD);
  }

  [[nodiscard]] std::optional<RankMessage> try_receive() override {
    int is_there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &is_there, &status);
    if (is_there == 0) return std::nullopt;
    int bytes = 0;
    MPI_Get_count(&status, MPI_BYTE, &bytes);
    RankMessage message{status.MPI_SOURCE, std::vector<std::byte>(static_cast<std::size_t>(bytes))};
    MPI_Recv(message.bytes.data(), bytes, MPI_BYTE, message.from, tag, MPI_COMM_WORLD,
             MPI_STATUS_IGNORE);
    return message;
  }

 private:
  int rank_{0};
  int count_{1};
};

}  // namespace

std::string mpi_version() {
  std::string text(MPI_MAX_LIBRARY_VERSION_STRING, '\0');
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  return text.substr(0, std::min(text.find_first_of(",\n"), static_cast<std::size_t>(length)));
}

std::unique_ptr<Ranks> join_ranks(const Environment& environment) {
  if (started_together(environment) == 1) return nullptr;
  return std::make_unique<MpiRanks>();
}

}  // namespace flywheel

#else

#include <stdexcept>

namespace flywheel {

std::string mpi_version() { return {}; }

std::unique_ptr<Ranks> join_ranks(const Environment& environment) {
  if (started_together(environment) == 1) return nullptr;
  throw std::runtime_error{
      "started by mpirun, but built without MPI, so that every process would play the same run: "
      "build with -DFLYWHEEL_MPI=ON, or play parts by --shard"};
}

}  // namespace flywheel

#endif
