#include "app/slurm_script.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include "app/called_program.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

TEST_CASE("a word of the shell stands for any text", "[app][slurm]") {
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("it's $HOME `x` \"y\"") == "'it'\\''s $HOME `x` \"y\"'");
  CHECK(shell_word("") == "''");
}

TEST_CASE("a script is refused before anything is submitted", "[app][slurm]") {
  const std::string plan = std::string{FLYWHEEL_SOURCE_DIR} + "/configs/b1.toml";
  const auto call = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"slurm-script", plan, "-o", "out.h5"});
    return call_program(more);
  };
  CHECK(call({}).code == ExitCode::usage);
  for (const char* parts : {"1", "0", "10001", "two"}) {
    INFO(parts);
    CHECK(call({"--parts", parts}).code == ExitCode::usage);
  }
  CHECK(call({"--parts", "4", "--replications", "3"}).messages.find("more parts than") !=
        std::string::npos);
  CHECK(call({"--parts", "4", "--freeze", "nothing"}).code == ExitCode::usage);
  CHECK(call({"--parts", "4", "--sbatch", "partition=long"}).code == ExitCode::usage);
  CHECK(call({"--parts", "4", "--set", "no.such=1"}).code == ExitCode::refused);
  const Called broken = call({"--parts", "4", "--sbatch", "--comment=a\nEND_OF_PART\nrm x"});
  CHECK(broken.code == ExitCode::usage);
  CHECK(broken.results.empty());
  const Called sweep =
      call_program({"slurm-script", std::string{FLYWHEEL_SOURCE_DIR} + "/configs/night.toml", "-o",
                    "out.h5", "--parts", "4"});
  CHECK(sweep.messages.find("choose one of its cases by --case") != std::string::npos);
}

TEST_CASE("a script plays what was asked for", "[app][slurm]") {
  const SlurmOptions options{.run = {.plans = {"/a b/plan.toml"},
                                     .output = "/a b/out.h5",
                                     .sweep_case = "early",
                                     .replications = 400,
                                     .seed = 7,
                                     .threads = 3,
                                     .freeze = {"market", "shoppers"},
                                     .settings = {"campaign.name=it's"},
                                     .loops = {.without = {"referral", "targeting"}}},
                             .parts = 4,
                             .arguments = {"--partition=long"}};
  const std::string script = slurm_script(options, "/opt/fly wheel");
  for (const char* part :
       {"--array=1-4 --cpus-per-task=3 ", "exec '/opt/fly wheel' run '/a b/plan.toml' ",
        " --output '/a b/out.h5' --shard slurm/4 ", " --replications '400' ", " --threads '3' ",
        " --seed '7' ", " --case 'early' ", " --freeze 'market' --freeze 'shoppers' ",
        " --set 'campaign.name=it'\\''s' ", " --without 'referral,targeting'\n", " --chdir='/a b' ",
        " '--partition=long' ", "'/a b/out'.\"$part\"-of-4.run",
        "exec '/opt/fly wheel' merge \"$@\" --output '/a b/out.h5'"}) {
    INFO(part);
    CHECK(script.find(part) != std::string::npos);
  }
}

}  // namespace flywheel::test
