#include "journey/advertising.hpp"

#include "journey/exposure.hpp"
#include "journey/visits.hpp"
#include "random/stream.hpp"

namespace flywheel {

namespace {

/// Counts an impression; false when it is not served. Money follows from the counts by day. Capped
/// channels are counted for all shoppers together.
bool serve(Block& block, Record& record, const Event& event) {
  const World& world = block.world;
  if (record.standing == Standing::customer) return false;
  const bool capped = (*world.channels)[event.source].frequency_cap > 0;
  if (capped && !is_served(world, block.crowd, record, event.source, event.time)) {
    // Kept all the same: who has had a candidate is counted alone, not with the crowd.
    block.crowd.remember(record, {.time = event.time,
                                  .earlier = nobody,
                                  .channel = event.source,
                                  .clicked = false,
                                  .served = false,
                                  .candidate = true});
    return false;
  }
  if (!capped) {
    ++block.served[event.source][day_index(event.time)];
  }
  return true;
}

enum class Answer : std::uint8_t { none, click };

void remember_impression(Block& block, Record& record, const Event& event, Answer answer) {
  block.crowd.remember(record, {.time = event.time,
                                .earlier = nobody,
                                .channel = event.source,
                                .clicked = answer == Answer::click,
                                .served = true,
                                .candidate = true});
}

}  // namespace

void pay_click(Block& block, std::uint8_t channel, Days time) {
  const World& world = block.world;
  const std::size_t cell = block.tally.cell(channel, world.number);
  const Money price = Money::units(world.price(channel, day_index(time)));
  block.books.book(Account::media, time, price);
  block.books.spend[cell] += price;
}

void remember_click(Block& block, Record& record, const Touch& touch) {
  block.crowd.remember(record, {.time = touch.time,
                                .earlier = nobody,
                                .channel = touch.channel,
                                .clicked = true,
                                .served = false,
                                .candidate = false});
}

void play_impression(Block& block, const Event& event) {
  Record& record = block.crowd.record(event.person);
  if (!serve(block, record, event)) return;
  const ExposureTraits& channel = (*block.world.channels)[event.source];
  const bool clicked =
      event.mark < (channel.wears()
                        ? response(channel, remembered_impressions(block.world, block.crowd, record,
                                                                   event.source, event.time))
                        : 1.0);
  remember_impression(block, record, event, clicked ? Answer::click : Answer::none);
  if (!clicked) return;
  bill_click(block, event.source, event.time);
  play_visit_of(block, event, event.source);
}

void play_view(Block& block, const Event& event) {
  Record& record = block.crowd.record(event.person);
  if (!serve(block, record, event)) return;
  remember_impression(block, record, event, Answer::none);
  const auto words = draw_block(block.world.key, {Purpose::exposure, record.id.value, event.luck});
  const double mean = (*block.world.channels)[event.source].view_delay_days;
  schedule(block, {.time = event.time - mean * portable_log(to_open_uniform(words[0])),
                   .luck = event.luck,
                   .person = event.person,
                   .kind = EventKind::view_visit,
                   .source = event.source});
}

}  // namespace flywheel
