#include "journey/advertising.hpp"

#include "journey/exposure.hpp"
#include "journey/visits.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

double tracking_loss(const World& world, const Touch& touch) {
  const double own = touch.channel < world.channel_count()
                         ? (*world.channels)[touch.channel].tracking_loss
                         : world.retargeting->tracking_loss;
  return own +
         world.market->channels[touch.channel].tracking_loss[static_cast<std::size_t>(touch.time)];
}

/// Counts, bills and remembers an impression; false when it is not served.
bool serve(Block& block, Record& record, const Event& event) {
  const World& world = block.world;
  if (record.standing == Standing::customer) return false;
  if (!is_served(world, block.crowd, record, event.source, event.time)) return false;
  const ExposureTraits& channel = (*world.channels)[event.source];
  const std::size_t cell = block.tally.cell(event.source, world.number);
  if (channel.frequency_cap == 0) {  // capped channels are counted for all shoppers together
    ++block.tally.impressions[cell];
    if (!channel.pays_per_click) {
      const auto day = static_cast<std::size_t>(event.time);
      const Money price = Money::units(world.price(event.source, day));
      block.books.book(Account::media, event.time, price);
      block.books.spend[cell] += price;
    }
  }
  return true;
}

void bill_click(Block& block, const Event& event) {
  const World& world = block.world;
  const std::size_t cell = block.tally.cell(event.source, world.number);
  ++block.tally.clicks[cell];
  block.tally.add(Count::events);
  if (!(*world.channels)[event.source].pays_per_click) return;
  const Money price = Money::units(world.price(event.source, static_cast<std::size_t>(event.time)));
  block.books.book(Account::media, event.time, price);
  block.books.spend[cell] += price;
}

}  // namespace

bool is_visible(const World& world, const Record& record, const Touch& touch, std::uint64_t luck) {
  const double loss = tracking_loss(world, touch);
  if (loss <= 0.0) return true;
  const auto words = draw_block(world.key, {Purpose::tracking, record.id.value, luck});
  return to_uniform(words[0]) >= loss;
}

void touch(Block& block, Record& record, const Touch& touch, std::uint64_t luck) {
  const double window = block.world.attribution->click_days;
  record.last_click = touch;
  if (!(touch.time - record.first_click.time <= window)) record.first_click = touch;
  if (!is_visible(block.world, record, touch, luck)) return;
  record.visible_click = touch;
  if (!(touch.time - record.visible_first.time <= window)) record.visible_first = touch;
}

void play_impression(Block& block, const Event& event) {
  Record& record = block.crowd.record(event.person);
  if (!serve(block, record, event)) return;
  const ExposureTraits& channel = (*block.world.channels)[event.source];
  const std::uint64_t seen =
      remembered_impressions(block.world, block.crowd, record, event.source, event.time);
  block.crowd.remember(record, event.time, event.source);
  if (!(event.mark < response(channel, seen))) return;
  bill_click(block, event);
  touch(block, record, {event.time, event.source}, event.luck);
  play_visit_of(block, event, event.source);
}

void play_view(Block& block, const Event& event) {
  Record& record = block.crowd.record(event.person);
  if (!serve(block, record, event)) return;
  block.crowd.remember(record, event.time, event.source);
  const auto words = draw_block(block.world.key, {Purpose::exposure, record.id.value, event.luck});
  const double mean = (*block.world.channels)[event.source].view_delay_days;
  schedule(block, {.time = event.time - mean * portable_log(to_open_uniform(words[0])),
                   .luck = event.luck,
                   .person = event.person,
                   .kind = EventKind::view_visit,
                   .source = event.source});
}

}  // namespace flywheel
