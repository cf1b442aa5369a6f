#include "results/row_split.hpp"

namespace flywheel {

namespace {

bool is_wide(const ColumnSpec& spec) {
  return spec.dimensions[1] != Dimension::none || spec.dimensions[0] == Dimension::rotation;
}

}  // namespace

RowSplit::RowSplit(const OutcomeLayout& layout) : layout_{layout} {
  const bool is_split = layout.row_size() * sizeof(double) > widest_row_bytes;
  for (const ColumnSpec& spec : column_specs()) {
    const auto place = static_cast<std::size_t>(spec.column);
    is_detail_[place] = is_split && is_wide(spec);
    std::size_t& size = is_detail_[place] ? detail_size_ : dense_size_;
    offsets_[place] = size;
    size += layout.size(spec.column);
  }
}

std::vector<double> RowSplit::dense(std::span<const double> row) const {
  std::vector<double> part;
  if (row.empty()) return part;
  part.reserve(dense_size_);
  for (const ColumnSpec& spec : column_specs()) {
    if (is_detail(spec.column)) continue;
    const auto entries = row.subspan(layout_.offset(spec.column), layout_.size(spec.column));
    part.insert(part.end(), entries.begin(), entries.end());
  }
  return part;
}

std::vector<double> RowSplit::detail(std::span<const double> row) const {
  std::vector<double> part;
  if (row.empty()) return part;
  part.reserve(detail_size_);
  for (const ColumnSpec& spec : column_specs()) {
    if (!is_detail(spec.column)) continue;
    const auto entries = row.subspan(layout_.offset(spec.column), layout_.size(spec.column));
    part.insert(part.end(), entries.begin(), entries.end());
  }
  return part;
}

std::vector<double> RowSplit::whole(std::span<const double> dense,
                                    std::span<const double> detail) const {
  std::vector<double> row;
  row.reserve(layout_.row_size());
  for (const ColumnSpec& spec : column_specs()) {
    const std::span<const double> part = is_detail(spec.column) ? detail : dense;
    const auto entries = part.subspan(offset(spec.column), layout_.size(spec.column));
    row.insert(row.end(), entries.begin(), entries.end());
  }
  return row;
}

}  // namespace flywheel
