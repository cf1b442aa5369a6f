#include "app/response.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/error_text.hpp"
#include "report/response_page.hpp"
#include "study/response_image.hpp"
#include "tables/number_text.hpp"

namespace flywheel {

namespace {

const std::string factors_name{"--factors"};
constexpr double largest_factor = 1000.0;

class ResponseStudy : public Study {
 public:
  ResponseStudy(const ScenarioSource& source, std::uint64_t seed, ResponseDesign design)
      : source_{source},
        seed_{seed},
        design_{std::move(design)},
        response_{design_, outcome_layout(source)} {}

  [[nodiscard]] std::uint64_t futures() const override { return design_.futures(); }
  [[nodiscard]] OutcomeSink& collector() override { return response_; }
  [[nodiscard]] RunReport play(const RunRequest& draws, OutcomeSink& sink,
                               Interrupt& interrupt) const override {
    return play_response({.source = source_, .design = design_, .seed = seed_}, draws, sink,
                         interrupt);
  }
  [[nodiscard]] std::size_t whole_draws() const override { return response_.whole_draws(); }
  [[nodiscard]] std::vector<std::byte> image(const RunDescription& run) const override {
    return response_image(run, response_.result());
  }
  [[nodiscard]] std::string page(const Result& image, const PageStyle& style) const override {
    return response_page(read_response_summary(image), style);
  }
  [[nodiscard]] std::string json(const Result& image) const override {
    return response_json(read_response_summary(image));
  }

 private:
  const ScenarioSource& source_;
  std::uint64_t seed_;
  ResponseDesign design_;
  ResponseCollector response_;
};

double read_factor(std::string_view text) {
  const std::optional<double> factor = parse_number(trim(text));
  if (factor && *factor > 0.0 && *factor <= largest_factor) return *factor;
  throw CLI::ValidationError{
      factors_name, fmt::format("{} is no number above 0 and up to {}",
                                text.empty() ? "nothing" : escape_text(text), largest_factor)};
}

}  // namespace

std::vector<double> read_factors(const std::string& text) {
  std::vector<double> factors;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    factors.push_back(read_factor(std::string_view{text}.substr(begin, end - begin)));
    begin = end + 1;
  }
  std::ranges::sort(factors);
  const auto twice = std::ranges::adjacent_find(factors);
  if (twice != factors.end()) {
    throw CLI::ValidationError{factors_name, fmt::format("{} is there twice", *twice)};
  }
  constexpr std::size_t fewest = 4;
  if (factors.size() < fewest) {
    throw CLI::ValidationError{
        factors_name, "a curve takes four factors or more on the budgets, 0.5,1,1.5,2 for example"};
  }
  return factors;
}

ExitCode run_response(const ResponseOptions& options, const Streams& streams) {
  return run_study_command(
      options.study, {.command = "response", .lack = "there is no response to tell"},
      [&](const ScenarioSource& source, std::uint64_t seed) {
        return std::make_unique<ResponseStudy>(source, seed, options.design);
      },
      streams);
}

void add_response(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("response", "what more or less budget brings, and its Hill curves");
  const auto options = std::make_shared<ResponseOptions>();
  add_study_options(*command, options->study,
                    {.name = "--futures",
                     .meaning = "to play, each with every factor on the budgets; default 100",
                     .low = 3,
                     .high = 1'000'000});
  command
      ->add_option_function<std::string>(
          factors_name,
          [options](const std::string& text) { options->design.factors = read_factors(text); },
          "on the budgets of all channels and retargeting, four or more; default "
          "0.25,0.5,0.75,1,1.5,2,3")
      ->type_name("NUMBER,NUMBER,...");
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_response(*options, streams); };
  });
}

}  // namespace flywheel
