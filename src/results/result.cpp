#include "results/result.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fcntl.h>

#include "core/version.hpp"
#include "results/file_descriptor.hpp"
#include "results/file_error.hpp"
#include "results/hdf5_file.hpp"
#include "results/seal.hpp"

namespace flywheel {
namespace {

constexpr const char* broken_seal =
    "not a result file, or damaged, or changed by another program: its seal (the SHA-256 in its "
    "last line) is missing or does not match";

constexpr std::size_t short_commit = 12;

/// "by flywheel 0.1.0 (84ef829b2cbb) in format 1", as far as the file says so.
std::string origin_of(const Result& result) {
  const auto text = [&](const char* name) {
    const auto value = result.attribute("/", name);
    const auto* typed = value ? std::get_if<std::string>(&*value) : nullptr;
    return typed == nullptr ? std::string{} : *typed;
  };
  const std::string version = text("program_version");
  const std::string commit = text("git_commit").substr(0, short_commit);
  const auto format = result.attribute("/", "format_version");
  const auto* number = format ? std::get_if<std::int32_t>(&*format) : nullptr;
  return "by " + (version.empty() ? "another program" : "flywheel " + version) +
         (commit.empty() ? "" : " (" + commit + ")") +
         (number == nullptr ? "" : " in format " + std::to_string(*number));
}

constexpr const char* what_to_do = "run the plan again, or read it with the program that wrote it";

Result checked_version(Result result, const std::filesystem::path& name) {
  const auto version = result.attribute("/", "format_version");
  const auto* number = version ? std::get_if<std::int32_t>(&*version) : nullptr;
  if (number == nullptr) throw FileError{name, "not a result file: it has no format_version"};
  if (*number != result_format_version) {
    throw FileError{name, "was written " + origin_of(result) + ", but this program reads format " +
                              std::to_string(result_format_version) + ": " + what_to_do};
  }
  return result;
}

bool is_integer(StoredType type) {
  return type == StoredType::int64 || type == StoredType::int32 || type == StoredType::int8;
}

/// The missing value of an integer variable, if it has one.
std::optional<std::int64_t> missing_value(const std::optional<AttributeValue>& fill) {
  if (!fill) return std::nullopt;
  if (const auto* value = std::get_if<std::int64_t>(&*fill)) return *value;
  if (const auto* value = std::get_if<std::int32_t>(&*fill)) return *value;
  if (const auto* value = std::get_if<std::int8_t>(&*fill)) return *value;
  return std::nullopt;
}

}  // namespace

Result::Result(std::unique_ptr<Hdf5File> file, std::filesystem::path name)
    : name_{std::move(name)}, file_{std::move(file)} {}
Result::~Result() = default;
Result::Result(Result&& other) noexcept = default;
Result& Result::operator=(Result&& other) noexcept = default;

std::vector<std::string> Result::groups() const { return file_->groups(); }

std::vector<std::string> Result::variables() const {
  std::vector<std::string> paths;
  for (const StoredDataset& dataset : file_->datasets()) paths.push_back(dataset.path);
  return paths;
}

bool Result::has(const std::string& variable) const {
  return std::ranges::any_of(
      file_->datasets(), [&](const StoredDataset& dataset) { return dataset.path == variable; });
}

const StoredDataset& Result::find(const std::string& variable) const {
  const auto found = std::ranges::find(file_->datasets(), variable, &StoredDataset::path);
  if (found == file_->datasets().end()) throw lacks(variable);
  return *found;
}

FileError Result::lacks(const std::string& what) const {
  return FileError{name_, "has no " + what + ": it was written " + origin_of(*this) +
                              ", this is flywheel " + std::string{program_version} + " (" +
                              std::string{git_commit.substr(0, short_commit)} + "): " + what_to_do};
}

StoredType Result::type(const std::string& variable) const { return find(variable).type; }

std::vector<std::size_t> Result::shape(const std::string& variable) const {
  return find(variable).shape;
}

std::vector<std::string> Result::dimensions(const std::string& variable) const {
  const StoredDataset& dataset = find(variable);
  if (dataset.dimensions.size() == dataset.shape.size()) return dataset.dimensions;
  return {variable.substr(variable.rfind('/') + 1)};
}

std::vector<double> Result::doubles(const std::string& variable, RowRange rows) const {
  const StoredDataset& dataset = find(variable);
  if (dataset.type == StoredType::text) throw FileError{name_, variable + " holds text"};
  const auto missing =
      is_integer(dataset.type) ? missing_value(attribute(variable, "_FillValue")) : std::nullopt;
  std::vector<double> values = file_->doubles(dataset, rows);
  if (missing) {
    std::ranges::replace(values, static_cast<double>(*missing),
                         std::numeric_limits<double>::quiet_NaN());
  }
  return values;
}

std::vector<std::int64_t> Result::integers(const std::string& variable, RowRange rows) const {
  const StoredDataset& dataset = find(variable);
  if (!is_integer(dataset.type)) throw FileError{name_, variable + " does not hold integers"};
  return file_->integers(dataset, rows);
}

std::vector<std::string> Result::texts(const std::string& variable, RowRange rows) const {
  const StoredDataset& dataset = find(variable);
  if (dataset.type != StoredType::text) throw FileError{name_, variable + " does not hold text"};
  return file_->texts(dataset, rows);
}

std::optional<AttributeValue> Result::attribute(const std::string& path,
                                                const std::string& name) const {
  return file_->attribute(path, name);
}

ResultIdentity Result::identity() const {
  const auto get = [this]<class Value>(const char* name, Value) {
    const auto value = attribute("/", name);
    const auto* typed = value ? std::get_if<Value>(&*value) : nullptr;
    if (typed == nullptr) throw FileError{name_, std::string{"has no root attribute "} + name};
    return *typed;
  };
  return {.file_type = get("file_type", std::string{}),
          .program_version = get("program_version", std::string{}),
          .git_commit = get("git_commit", std::string{}),
          .seed = get("seed", std::uint64_t{}),
          .plan_sha256 = get("plan_sha256", std::string{}),
          .complete = get("complete", std::int8_t{})};
}

Result read_result(const std::filesystem::path& path) {
  FileDescriptor file{path, O_RDONLY | O_NONBLOCK};
  if (!is_sealed(file)) throw FileError{path, broken_seal};
  auto hdf5 = std::make_unique<Hdf5File>(path);
  if (!file.is_still(path)) throw FileError{path, "was replaced while it was being opened"};
  return checked_version(Result{std::move(hdf5), path}, path);
}

Result read_image(std::span<const std::byte> image, const std::filesystem::path& name) {
  const std::span<const std::byte> content = sealed_content(image);
  if (content.empty()) throw FileError{name, broken_seal};
  return checked_version(Result{std::make_unique<Hdf5File>(content, name), name}, name);
}

}  // namespace flywheel
