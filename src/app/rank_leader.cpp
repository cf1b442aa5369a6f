#include "app/rank_leader.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace flywheel {

namespace {

constexpr int here{0};

/// Where replications can be played, one each; a rank has a seat more than threads, so that it
/// need not wait for the next number.
class Seats {
 public:
  void add(int rank, int count) {
    for (int k = 0; k < count; ++k) free_.push_back(rank);
  }
  [[nodiscard]] std::size_t count() const { return free_.size(); }

  [[nodiscard]] int take() {
    std::unique_lock lock{mutex_};
    any_.wait(lock, [&] { return !free_.empty(); });
    const int rank = free_.front();
    free_.pop_front();
    return rank;
  }
  void give_back(int rank) {
    {
      const std::lock_guard lock{mutex_};
      free_.push_back(rank);
    }
    any_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable any_;
  std::deque<int> free_;
};

/// A seat taken for as long as this lives.
class TakenSeat {
 public:
  explicit TakenSeat(Seats& seats) : seats_{seats}, rank_{seats.take()} {}
  TakenSeat(TakenSeat&&) = delete;
  ~TakenSeat() { seats_.give_back(rank_); }

  [[nodiscard]] int rank() const { return rank_; }

 private:
  Seats& seats_;
  int rank_;
};

/// The one thread that talks to the other processes while a run is going.
class Post {
 public:
  explicit Post(Ranks& ranks) : ranks_{ranks}, carrier_{[this] { carry(); }} {}
  Post(Post&&) = delete;
  ~Post() {
    is_over_ = true;
    carrier_.join();
  }

  /// What the rank makes of the replication; waits for it.
  [[nodiscard]] Outcome ask(int rank, std::uint64_t replication) {
    std::future<Outcome> answer;
    {
      const std::lock_guard lock{mutex_};
      answer = answers_[replication].get_future();
      outgoing_.emplace_back(rank, to_bytes(PlayMessage{replication}));
    }
    return answer.get();
  }

 private:
  using Letter = std::pair<int, std::vector<std::byte>>;

  /// Polls, since a process that waits inside MPI takes a whole core.
  void carry() {
    using namespace std::chrono_literals;
    constexpr auto longest = 500us;
    auto pause = 20us;
    while (!is_over_) {
      const bool has_sent = send_all();
      const bool has_received = receive_all();
      pause = has_sent || has_received ? 20us : std::min(2 * pause, longest);
      std::this_thread::sleep_for(pause);
    }
  }

  bool send_all() {
    std::deque<Letter> letters;
    {
      const std::lock_guard lock{mutex_};
      letters.swap(outgoing_);
    }
    for (const Letter& letter : letters) ranks_.send(letter.first, letter.second);
    return !letters.empty();
  }

  bool receive_all() {
    bool has_any = false;
    while (auto received = ranks_.try_receive()) {
      has_any = true;
      Message message = to_message(received->bytes);
      auto& outcome = std::get<Outcome>(message);
      const std::lock_guard lock{mutex_};
      const auto asked = answers_.find(outcome.replication);
      asked->second.set_value(std::move(outcome));
      answers_.erase(asked);
    }
    return has_any;
  }

  Ranks& ranks_;
  std::mutex mutex_;
  std::deque<Letter> outgoing_;
  std::map<std::uint64_t, std::promise<Outcome>> answers_;
  std::atomic<bool> is_over_{false};
  std::thread carrier_;  ///< last: it uses the others
};

RankMessage receive(Ranks& ranks) {
  while (true) {
    if (auto message = ranks.try_receive()) return *std::move(message);
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}

}  // namespace

RankLeader::~RankLeader() {
  for (int rank = 1; rank < ranks_.count(); ++rank) ranks_.send(rank, to_bytes(StopMessage{}));
}

void RankLeader::begin(const JobMessage& job) {
  const std::vector<std::byte> bytes = to_bytes(job);
  for (int rank = 1; rank < ranks_.count(); ++rank) ranks_.send(rank, bytes);
  threads_.assign(static_cast<std::size_t>(ranks_.count()), 0);
  std::string refusals;
  for (int answers = 1; answers < ranks_.count(); ++answers) {
    const RankMessage received = receive(ranks_);
    const Message message = to_message(received.bytes);
    if (const auto* ready = std::get_if<ReadyMessage>(&message)) {
      threads_[static_cast<std::size_t>(received.from)] = static_cast<int>(ready->threads);
    } else {
      refusals += fmt::format("{}process {} cannot take part: {}", refusals.empty() ? "" : "; ",
                              received.from, std::get<RefusalMessage>(message).why);
    }
  }
  if (!refusals.empty()) throw std::runtime_error{refusals};
}

int RankLeader::threads_elsewhere() const {
  return std::accumulate(threads_.begin(), threads_.end(), 0);
}

RunReport RankLeader::run(const RunRequest& request, const PlayReplication& play, OutcomeSink& sink,
                          Interrupt& interrupt) {
  Seats seats;
  seats.add(here, request.threads);
  for (int rank = 1; rank < ranks_.count(); ++rank) {
    seats.add(rank, threads_[static_cast<std::size_t>(rank)] + 1);
  }
  Post post{ranks_};
  const PlayReplication deal = [&](std::uint64_t replication) {
    const TakenSeat seat{seats};
    return seat.rank() == here ? play(replication) : post.ask(seat.rank(), replication);
  };
  RunRequest together = request;
  together.threads = static_cast<int>(seats.count());
  return run_replications(together, deal, sink, interrupt);
}

}  // namespace flywheel
