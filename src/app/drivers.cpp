#include "app/drivers.hpp"

#include <CLI/CLI.hpp>

#include "report/levels_page.hpp"
#include "study/levels_image.hpp"

namespace flywheel {

namespace {

class DriversStudy : public Study {
 public:
  DriversStudy(const ScenarioSource& source, std::uint64_t seed)
      : source_{source}, seed_{seed}, design_{level_design(source)} {}

  [[nodiscard]] std::uint64_t futures() const override { return design_.futures(); }
  [[nodiscard]] OutcomeSink& collector() override { return levels_; }
  [[nodiscard]] RunReport play(const RunRequest& draws, OutcomeSink& sink,
                               Interrupt& interrupt) const override {
    return play_levels(source_, seed_, draws, sink, interrupt);
  }
  [[nodiscard]] std::size_t whole_draws() const override { return levels_.whole_draws(); }
  [[nodiscard]] std::vector<std::byte> image(const RunDescription& run) const override {
    return levels_image(run, levels_.result());
  }
  [[nodiscard]] std::string page(const Result& image, const PageStyle& style) const override {
    return levels_page(read_levels_summary(image), style);
  }
  [[nodiscard]] std::string json(const Result& image) const override {
    return levels_json(read_levels_summary(image));
  }

 private:
  const ScenarioSource& source_;
  std::uint64_t seed_;
  LevelDesign design_;
  LevelCollector levels_{design_};
};

}  // namespace

ExitCode run_drivers(const StudyOptions& options, const Streams& streams) {
  return run_study_command(
      options, {.command = "drivers", .lack = "there is nothing to split"},
      [](const ScenarioSource& source, std::uint64_t seed) {
        return std::make_unique<DriversStudy>(source, seed);
      },
      streams);
}

void add_drivers(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("drivers", "where the uncertainty of a plan comes from");
  const auto options = std::make_shared<StudyOptions>();
  options->draws = 200;
  add_study_options(
      *command, *options,
      {.name = "--draws",
       .meaning =
           "of the parameters, nine futures each and one for each basis of numbers; default 200",
       .low = 3,
       .high = 1'000'000});
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_drivers(*options, streams); };
  });
}

}  // namespace flywheel
