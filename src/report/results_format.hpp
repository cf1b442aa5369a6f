#pragma once

#include <string_view>

namespace flywheel {

/// The prose at the head of docs/results_format.md.
inline constexpr std::string_view results_format_opening{
    R"(# The result file

Printed by `flywheel columns --markdown`; a test compares this page with the program.

A result is one HDF5 file that is valid netCDF-4 at the same time: xarray, h5py, netCDF4, R and ncdump
read it with names, units, labels and dates. The same plan, seed and version give the same bytes on any
number of threads; host, times and threads stand beside it in `<result>.log.json`. The last line of the
file is a seal, the SHA-256 of all bytes before it, by which damage is noticed.

```python
import xarray
futures = xarray.open_dataset("result.h5", group="replications")
futures.cohort_roas_180.quantile([.05, .5, .95])
drawn = xarray.open_dataset("result.h5", group="parameters")     # the same rows: what was drawn
summary = xarray.open_dataset("result.h5", group="summary")
summary["quantile"].sel(column="cohort_roas_180", share=.5)
```

`pandas.read_hdf` reads only files of pandas' own layout; `futures.to_dataframe()` gives the same.

## Groups

| Group | Dimensions | Holds |
|---|---|---|
| `/replications` | replication and those of each column | every figure of every future; `failed` and `failure` |
| `/detail` | as `/replications` | only where a row would exceed 4 kB: the columns of two dimensions and of rotations, for the replications of `/paths`; their breakdowns in `/summary` are of these |
| `/parameters` | replication | the value drawn for every uncertain number; attributes `key`, `basis` (given, or the mark of the default), `source` |
| `/paths` | replication, day | `calendar_roas` and `cash` by day, float32; of all futures up to 2,000, else of every second, fourth, ... row (attribute `sample`) |
| `/summary` | column, share, bin, day | quantiles with Monte Carlo error, means, target, risk, payback, histogram, fans; breakdowns as `<column>_mean`, `<column>_mean_error` and `<column>_quantile`, ranges published for their entries as `<column>_benchmark_low` and `_high` |
| `/sensitivity` | parameter | first-order share of the variance of net cohort ROAS, its error, what the number rests on; without numbers of programs that are off. `share_by_chance`: what the largest share of so many idle numbers exceeds in one run out of twenty; `replications_for_a_tenth`: how many take it below 0.1 |
| `/chain` | step | from the plan's benchmarks to net cohort ROAS: arithmetic of the plan, mean and median of the futures |
| `/provenance` | line | `plan` as written, `plan_full` with all defaults, `settings`, `versions`; `run`: the lines that make a run this run; `inputs/`: the CSV files |

Root attributes: `Conventions`, `file_type`, `format_version`, `program_version`, `git_commit`, `seed`,
`plan_sha256` (of the plan with all its defaults and of its CSV files), `complete` (0 in the preview of a
run that is going or was ended; then the file holds the replications up to there, of a long run every 2nd,
4th, 8th ..., which the attribute `sample` of its groups says).

`format_version` is a whole number. It stays the same while a reader of that version finds in newer files
all it found in older ones: groups, variables and attributes may be added, and figures may change with
the model, which `program_version` tells. It grows when a name, a dimension, a unit or a meaning changes
or goes. A program reads the version it writes, and refuses others by name: a run is resumed and
extended by the program that began it, whose commit is part of the run.

While a run is going, `<result>.run` lies beside the result to be, for its owner alone: `run.id` (the lines
that make the run this run), `plan.json` (the plan with its files, for `merge`), `lock`, `shards/` (finished
replications, files of `file_type` "shard", which only the program reads), `quarantine/` (what was no sound
shard), `status.json` and `preview.h5`, a file of this format. The same command goes on from it; when the
result is whole, the folder goes.

`flywheel drivers --output` writes a file of the same kind (`file_type` "drivers"):

| Group | Dimensions | Holds |
|---|---|---|
| `/variance_split` | level | variance of net cohort ROAS by level of randomness, its share, errors |
| `/frozen_levels` | setting | mean and standard deviation with some levels standing still, errors |
| `/basis_split` | basis | share of the variance of all numbers that rest on the same, interactions among them included; `rest` |
| `/draws` | draw, setting, basis | the ROAS behind all: `first`, `other_shoppers`, `other_market`, `frozen`, `kept` |
| `/provenance` | line | as above |

`flywheel response --output` does too (`file_type` "response"):

| Group | Dimensions | Holds |
|---|---|---|
| `/response` | factor, channel | with each factor on the budgets: means over draws of media spend, net revenue of the cohort, net cohort ROAS, root customers, and of spend, reach and first orders by channel; `marginal_roas` from the factor before; errors |
| `/response_curves` | curve | Hill curves through the means: `top`, `half`, `slope`, errors, `largest_deviation` of a mean; `shape`: open where the means determine none, and then without numbers |
| `/draws` | draw, factor | the figures behind the means |
| `/provenance` | line | as above |

`flywheel loops --output` does too (`file_type` "loops"):

| Group | Dimensions | Holds |
|---|---|---|
| `/loops` | loop | of net cohort ROAS, contribution, cohort contribution and customers won: means with all loops and with none, `taken_away` and `alone` by loop, `whole` and `synergy`; errors, 95 % intervals as `_low` and `_high`. Attribute `left_out`: loops that do nothing |
| `/loop_turns` | rotation | gain of customers won, engaged visits and media: with all loops over with none; errors |
| `/next_generation` | brought, bringing | customers of one kind whom a customer of another brings; `spectral_radius`, `multiplier` (infinite from a radius of 1 on) |
| `/draws` | draw, world, turning, rotation | the figures behind the means, of every world; by rotation with all loops and with none |
| `/provenance` | line | as above |

Missing values are NaN. Money is in the plan's currency, days count from the plan's start. A failed
replication keeps its row: `failed` is 1, `failure` says why, its figures are missing, and it is left
out of the summary.

## Columns of /replications
)"};

}  // namespace flywheel
