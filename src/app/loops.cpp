#include "app/loops.hpp"

#include <utility>

#include <CLI/CLI.hpp>

#include "report/loops_page.hpp"
#include "study/loop_image.hpp"

namespace flywheel {

namespace {

class LoopsStudy : public Study {
 public:
  LoopsStudy(const ScenarioSource& source, std::uint64_t seed)
      : source_{source},
        seed_{seed},
        design_{loop_design(source.plan())},
        worth_{design_, outcome_layout(source)} {
    if (!design_.names.empty()) return;
    throw NothingToPlay{
        "no loop of the plan does anything; turn one on, by --set loops.targeting=true for "
        "example"};
  }

  [[nodiscard]] std::uint64_t futures() const override { return design_.futures(); }
  [[nodiscard]] OutcomeSink& collector() override { return worth_; }
  [[nodiscard]] RunReport play(const RunRequest& draws, OutcomeSink& sink,
                               Interrupt& interrupt) const override {
    return play_loops({.source = source_, .design = design_, .seed = seed_}, draws, sink,
                      interrupt);
  }
  [[nodiscard]] std::size_t whole_draws() const override { return worth_.whole_draws(); }
  [[nodiscard]] std::vector<std::byte> image(const RunDescription& run) const override {
    return loop_image(run, worth_.result(), median_next_generation(source_));
  }
  [[nodiscard]] std::string page(const Result& image, const PageStyle& style) const override {
    return loops_page(read_loops_summary(image), style);
  }
  [[nodiscard]] std::string json(const Result& image) const override {
    return loops_json(read_loops_summary(image));
  }

 private:
  const ScenarioSource& source_;
  std::uint64_t seed_;
  LoopDesign design_;
  LoopCollector worth_;
};

}  // namespace

ExitCode run_loops(const StudyOptions& options, const Streams& streams) {
  return run_study_command(
      options, {.command = "loops", .lack = "there is no worth to tell"},
      [](const ScenarioSource& source, std::uint64_t seed) {
        return std::make_unique<LoopsStudy>(source, seed);
      },
      streams);
}

void add_loops(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("loops", "what each loop of a plan is worth");
  const auto options = std::make_shared<StudyOptions>();
  add_study_options(*command, *options,
                    {.name = "--replications",
                     .meaning = "to play, each with all loops, with none, without each and with "
                                "each alone; default 100",
                     .low = 3,
                     .high = 1'000'000});
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_loops(*options, streams); };
  });
}

}  // namespace flywheel
