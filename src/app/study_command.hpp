#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/loop_options.hpp"
#include "app/whole_option.hpp"
#include "report/page.hpp"
#include "results/result.hpp"
#include "results/run_description.hpp"
#include "simulation/run.hpp"

namespace flywheel {

enum class StudyFormat { text, json };

/// What every command takes that plays several futures for each draw of the parameters.
struct StudyOptions {
  std::filesystem::path plan;
  std::filesystem::path output{};       ///< empty: nothing is stored
  std::uint64_t draws{100};             ///< of the parameters, at least 3
  std::optional<std::uint64_t> seed{};  ///< default 1
  int threads{0};                       ///< 0: as many as the machine has
  std::vector<std::string> settings{};  ///< "key=value", over what the plan says
  std::string sweep_case{};             ///< of the plan's sweep, if it has one
  LoopOptions loops{};                  ///< switched off, above the settings
  StudyFormat format{StudyFormat::text};
  bool quiet{false};
};

/// What such a command plays, keeps and shows.
class Study {
 public:
  Study() = default;
  Study(Study&&) = delete;
  virtual ~Study() = default;

  /// Of each draw.
  [[nodiscard]] virtual std::uint64_t futures() const = 0;

  /// Takes the futures that `play` plays, directly or behind another sink.
  [[nodiscard]] virtual OutcomeSink& collector() = 0;
  [[nodiscard]] virtual RunReport play(const RunRequest& draws, OutcomeSink& sink,
                                       Interrupt& interrupt) const = 0;

  /// Collected so far; the image needs three.
  [[nodiscard]] virtual std::size_t whole_draws() const = 0;
  [[nodiscard]] virtual std::vector<std::byte> image(const RunDescription& run) const = 0;

  /// The page of an image, for a terminal and as JSON.
  [[nodiscard]] virtual std::string page(const Result& image, const PageStyle& style) const = 0;
  [[nodiscard]] virtual std::string json(const Result& image) const = 0;
};

/// What a command is called, and what there is not without three whole draws.
struct StudyWords {
  std::string command;  ///< "drivers"
  std::string lack;     ///< "there is nothing to split"
};

/// Thrown where the plan has nothing that the study is about; says so in a sentence.
struct NothingToPlay : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using MakeStudy = std::function<std::unique_ptr<Study>(const ScenarioSource&, std::uint64_t seed)>;

/// Plays the study of a plan and prints its page; stores it with `output`, which must be a free
/// name. Three whole draws at least.
[[nodiscard]] ExitCode run_study_command(const StudyOptions& options, const StudyWords& words,
                                         const MakeStudy& make, const Streams& streams);

/// Describes the options to the parser, `draws` by `count`. They must outlive the parsing.
void add_study_options(CLI::App& command, StudyOptions& options, const WholeOption& count);

}  // namespace flywheel
