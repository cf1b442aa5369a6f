#include "outcome/outcome.hpp"

#include "core/check.hpp"

namespace flywheel {

std::size_t DimensionSizes::of(Dimension dimension) const {
  switch (dimension) {
    case Dimension::none:
      return 1;
    case Dimension::channel:
      return channels;
    case Dimension::segment:
      return segments;
    case Dimension::device:
      return 2;
    case Dimension::reason:
      return 10;
    case Dimension::exposures:
      return exposure_class_count;
    case Dimension::flow:
      return flows;
    case Dimension::age:
      return repeat_ages_days.size();
    case Dimension::rotation:
      return rotations;
    case Dimension::source:
      return organic_source_count;
    case Dimension::pool:
      return leaver_pool_count;
  }
  throw ContractBroken{"a dimension is one of the list"};
}

OutcomeLayout::OutcomeLayout(const DimensionSizes& sizes) : sizes_{sizes} {
  std::size_t next = 0;
  for (const ColumnSpec& spec : column_specs()) {
    offsets_[static_cast<std::size_t>(spec.column)] = next;
    next += size(spec.column);
  }
  offsets_[column_count] = next;
}

std::size_t OutcomeLayout::size(Column column) const {
  const ColumnSpec& spec = spec_of(column);
  return sizes_.of(spec.dimensions[0]) * sizes_.of(spec.dimensions[1]);
}

std::size_t OutcomeLayout::offset(Column column, std::size_t first, std::size_t second) const {
  const ColumnSpec& spec = spec_of(column);
  expect(first < sizes_.of(spec.dimensions[0]), "the first index lies on its axis");
  expect(second < sizes_.of(spec.dimensions[1]), "the second index lies on its axis");
  return offset(column) + first * sizes_.of(spec.dimensions[1]) + second;
}

}  // namespace flywheel
