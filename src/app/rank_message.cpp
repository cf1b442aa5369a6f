#include "app/rank_message.hpp"

#include <cstring>
#include <type_traits>

#include "core/check.hpp"

namespace flywheel {

namespace {

/// Writes what `fields` names, in that order.
class Writer {
 public:
  template <class Number>
  requires std::is_arithmetic_v<Number>
  void operator()(const Number& number) {
    const auto* first = reinterpret_cast<const std::byte*>(&number);
    bytes_.insert(bytes_.end(), first, first + sizeof number);
  }
  void operator()(const std::string& text) { put(std::span{text}); }
  template <class Number>
  void operator()(const std::vector<Number>& numbers) {
    put(std::span{numbers});
  }
  [[nodiscard]] std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  template <class Element>
  void put(std::span<const Element> elements) {
    (*this)(std::uint64_t{elements.size()});
    const auto bytes = std::as_bytes(elements);
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }

  std::vector<std::byte> bytes_;
};

/// Reads the same.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : rest_{bytes} {}

  template <class Number>
  requires std::is_arithmetic_v<Number>
  void operator()(Number& number) { take(&number, sizeof number); }
  void operator()(std::string& text) { get(text); }
  template <class Number>
  void operator()(std::vector<Number>& numbers) {
    get(numbers);
  }
  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

 private:
  template <class Elements>
  void get(Elements& elements) {
    std::uint64_t count = 0;
    (*this)(count);
    using Element = typename Elements::value_type;
    expect(count <= rest_.size() / sizeof(Element), "a message holds what it announces");
    elements.resize(count);
    take(elements.data(), count * sizeof(Element));
  }
  void take(void* target, std::size_t count) {
    expect(count <= rest_.size(), "a message is whole");
    if (count > 0) std::memcpy(target, rest_.data(), count);
    rest_ = rest_.subspan(count);
  }

  std::span<const std::byte> rest_;
};

// The fields of each message, once for writing and reading.
void fields(auto& way, auto& message) {
  using Kind = std::remove_cvref_t<decltype(message)>;
  if constexpr (std::is_same_v<Kind, JobMessage>) {
    way(message.paper);
    way(message.lines);
  } else if constexpr (std::is_same_v<Kind, ReadyMessage>) {
    way(message.threads);
  } else if constexpr (std::is_same_v<Kind, RefusalMessage>) {
    way(message.why);
  } else if constexpr (std::is_same_v<Kind, PlayMessage>) {
    way(message.replication);
  } else if constexpr (std::is_same_v<Kind, Outcome>) {
    way(message.replication);
    way(message.failed);
    way(message.failure);
    way(message.row);
    way(message.parameters);
    way(message.calendar_roas);
    way(message.cash);
    way(message.events);
  }
}

template <std::size_t candidate = 0>
Message message_of(std::size_t kind) {
  if constexpr (candidate < std::variant_size_v<Message>) {
    if (kind == candidate) return Message{std::in_place_index<candidate>};
    return message_of<candidate + 1>(kind);
  } else {
    expect(false, "a message is of a kind that there is");
    return {};
  }
}

}  // namespace

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::vector<std::byte> to_bytes(const Message& message) {
  Writer writer;
  writer(static_cast<std::uint8_t>(message.index()));
  std::visit([&](const auto& one) { fields(writer, one); }, message);
  return writer.take();
}

Message to_message(std::span<const std::byte> bytes) {
  Reader reader{bytes};
  std::uint8_t kind = 0;
  reader(kind);
  Message message = message_of(kind);
  std::visit([&](auto& one) { fields(reader, one); }, message);
  expect(reader.is_at_end(), "a message ends where its fields do");
  return message;
}

}  // namespace flywheel
