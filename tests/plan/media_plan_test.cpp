#include "plan/media_plan.hpp"

#include "plan/sample_plan.hpp"
#include "support/catch.hpp"

namespace flywheel::test {

namespace {

// Channels ads and more; flight of three days from 2027-03-01.
Plan plan_of_two() {
  Plan plan;
  plan.campaign.currency = "USD";
  plan.campaign.start = {2027, 3, 1};
  plan.campaign.end = {2027, 3, 3};
  plan.campaign.flight_days = 3;
  plan.channels.resize(2);
  plan.channels[0].name = "ads";
  plan.channels[1].name = "more";
  return plan;
}

MediaPlan read(const std::string& text) {
  const CsvReading csv = read_csv(text, "media.csv");
  REQUIRE(csv.faults.empty());
  return read_media_plan(csv.table, plan_of_two());
}

std::string only_fault(const std::string& rows) {
  const MediaPlan media = read("date,channel,amount\n" + rows);
  REQUIRE(media.faults.size() == 1);
  return to_line(media.faults.front());
}

}  // namespace

TEST_CASE("amounts of a media plan go to their channel and day, others are zero", "[plan][media]") {
  const MediaPlan media =
      read("channel;amount;date\nads;\"$1,200.50\";2027-03-03\nads;7;2027-03-01\n");
  REQUIRE(media.faults.empty());
  REQUIRE(media.daily_budget.at(0) == std::vector<double>{7, 0, 1200.5});
  REQUIRE(media.daily_budget.at(1).empty());  // not named: has a budget of its own
}

TEST_CASE("decimal commas are read where commas do not part the cells", "[plan][media][comma]") {
  const std::vector<double> expected{100.5, 1234.5, 1234.5};
  REQUIRE(read("date;channel;amount\n2027-03-01;ads;100,5\n2027-03-02;ads;1.234,50\n"
               "2027-03-03;ads;1234,50\n")
              .daily_budget.at(0) == expected);
  REQUIRE(read("date\tchannel\tamount\n2027-03-01\tads\t100,5\n2027-03-02\tads\t1,234.5\n"
               "2027-03-03\tads\t1234.50 USD\n")
              .daily_budget.at(0) == expected);
}

TEST_CASE("an amount that can be read two ways is refused where commas do not part the cells",
          "[plan][media][comma]") {
  const MediaPlan media = read("date;channel;amount\n2027-03-01;ads;1.500\n2027-03-02;ads;1,234\n");
  REQUIRE(media.faults.size() == 2);
  REQUIRE(to_line(media.faults[0]) ==
          "media.csv:2:16: \"1.500\": amount: can mean 1500 or 1.50; write it one of these ways "
          "(delimiter: semicolon)");
  REQUIRE(to_line(media.faults[1]) ==
          "media.csv:3:16: \"1,234\": amount: can mean 1234 or 1.2340; write it one of these ways "
          "(delimiter: semicolon)");
}

TEST_CASE("in a table with commas a comma parts thousands and a point begins decimals",
          "[plan][media][comma]") {
  REQUIRE(read("date,channel,amount\n2027-03-01,ads,\"1,234\"\n2027-03-02,ads,1.500\n")
              .daily_budget.at(0) == std::vector<double>{1234, 1.5, 0});
  REQUIRE(only_fault("2027-03-01,ads,\"100,5\"\n").find("is not a number") != std::string::npos);
}

TEST_CASE("days of a channel without a row are asked about in one line", "[plan][media]") {
  const MediaPlan media = read(
      "date,channel,amount\n2027-03-01,ads,5\n2027-03-01,more,5\n2027-03-02,more,0\n"
      "2027-03-03,more,2\n");
  REQUIRE(media.warnings.size() == 1);  // a written 0 is meant
  REQUIRE(to_line(media.warnings[0]) ==
          "media.csv: warning: channel.ads: money on 1 of 3 days; 2 without a row, which get "
          "nothing: write 0 where that is meant");
  REQUIRE(read("date,channel,amount\n2027-03-01,ads,5\n2027-03-03,ads,0\n")
              .warnings.at(0)
              .message.starts_with("money on 1 of 3 days; 1 without a row, which gets nothing"));
}

TEST_CASE("a table without a header lacks every column", "[plan][media]") {
  const MediaPlan media =
      read_media_plan({.name = "media.csv", .header = {}, .rows = {}}, plan_of_two());
  REQUIRE(media.faults.size() == 3);
  REQUIRE(to_line(media.faults.front()).starts_with("media.csv:1:1: the column date is missing"));
}

TEST_CASE("every wrong cell of a media plan is told with line and column", "[plan][media]") {
  REQUIRE(only_fault("2027-03-01,adds,5\n") ==
          "media.csv:2:12: \"adds\": the plan has no such channel; the nearest known is ads");
  REQUIRE(only_fault("2027-03-04,ads,5\n") ==
          "media.csv:2:1: \"2027-03-04\": the date is outside the flight, 2027-03-01 to "
          "2027-03-03");
  REQUIRE(only_fault("2027-02-28,ads,5\n").find("outside the flight") != std::string::npos);
  REQUIRE(only_fault("2027-02-30,ads,5\n").find("is no day of the calendar") != std::string::npos);
  REQUIRE(only_fault("1.3.2027,ads,5\n").find("is no day of the calendar") != std::string::npos);
  REQUIRE(only_fault("2027-03-01,ads,-5\n") ==
          "media.csv:2:16: \"-5\": amount: is out of range; allowed is 0 to 1e+12");
  REQUIRE(only_fault("2027-03-01,ads,\n") ==
          "media.csv:2:16: the amount is missing; write 0 for a day without ads");
  REQUIRE(only_fault("2027-03-01,ads,many\n").find("is not a number") != std::string::npos);
  REQUIRE(only_fault("2027-03-01,ads,5\n2027-03-01,ads,6\n") ==
          "media.csv:3:1: \"2027-03-01\": ads has this date in line 2 already");
}

TEST_CASE("all faults of a media plan come at once", "[plan][media]") {
  REQUIRE(read("date,channel,amount\nx,y,z\n2027-03-01,ads,-1\n").faults.size() == 4);
}

TEST_CASE("a media plan has its three columns, no others, and a row", "[plan][media]") {
  REQUIRE(
      to_line(read("date,channel,money\n").faults.at(0)) ==
      "media.csv:1:14: the column amount is missing; a media plan has the columns date, channel, "
      "amount (delimiter found: comma)");
  REQUIRE(to_line(read("date,channel,amount,note\n").faults.at(0)) ==
          "media.csv:1:21: \"note\": unknown column; a media plan has the columns date, channel, "
          "amount");
  REQUIRE(to_line(read("date,channel,amount\n").faults.at(0)) ==
          "media.csv:1:14: the media plan has no rows");
}

}  // namespace flywheel::test
