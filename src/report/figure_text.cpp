#include "report/figure_text.hpp"

#include <cmath>

#include <fmt/format.h>

namespace flywheel {

namespace {

std::string significant(double value) {
  const double size = std::abs(value);
  if (size >= 99.95) return grouped(value);
  // {:#.3g} keeps the trailing zeros that say how much is known.
  const std::string text = fmt::format("{:#.3g}", value);
  return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::string grouped(double value) {
  std::string text = fmt::format("{:.0f}", std::abs(value));
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return value < 0 && text != "0" ? '-' + text : text;
}

std::string counted(double number, std::string_view noun) {
  const std::string text = grouped(number);
  return fmt::format("{} {}{}", text, noun, text == "1" ? "" : "s");
}

std::string figure_text(double value, FigureKind kind) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "∞" : "-∞";
  switch (kind) {
    case FigureKind::ratio:
      return std::abs(value) < 1000 ? fmt::format("{:.2f}", value) : grouped(value);
    case FigureKind::share:
      return value == 0.0 ? "0 %" : significant(100 * value) + " %";
    case FigureKind::money:
      return std::abs(value) < 99.995 ? fmt::format("{:.2f}", value) : grouped(value);
    case FigureKind::count:
    case FigureKind::days:
      return grouped(value);
    case FigureKind::amount:
      break;
  }
  return value == 0.0 ? "0" : significant(value);
}

std::string error_text(double error, FigureKind kind) {
  if (std::isnan(error)) return "";
  if (std::isinf(error)) return "±?";
  switch (kind) {
    case FigureKind::ratio:
      return fmt::format("±{:.3f}", error);
    case FigureKind::share:
      return fmt::format("±{:.2g} %", 100 * error);
    case FigureKind::days:
      return fmt::format("±{:.1f}", error);
    default:
      return "±" + figure_text(error, kind);
  }
}

FigureKind kind_of_column(const std::string& name, const std::string& unit) {
  if (unit == "day") return FigureKind::days;
  if (unit == "s") return FigureKind::count;
  if (unit != "1") return FigureKind::money;
  if (name.find("roas") != std::string::npos || name == "ltv_to_cac" || name == "mean_stars" ||
      name == "displayed_rating") {
    return FigureKind::ratio;
  }
  const bool is_share = name.find("_rate") != std::string::npos ||
                        name.find("_share") != std::string::npos || name.ends_with("abandonment") ||
                        name.find("abandonment_by") != std::string::npos;
  if (is_share && name != "referral_rewards") return FigureKind::share;
  constexpr const char* means[] = {"frequency_by_channel",    "frequency_by_channel_segment",
                                   "pages_per_session",       "net_promoter_score",
                                   "referred_per_customer",   "reproduction_number",
                                   "reproduction_number_180", "largest_reproduction_number"};
  for (const char* mean : means) {
    if (name == mean) return FigureKind::amount;
  }
  return FigureKind::count;
}

}  // namespace flywheel
