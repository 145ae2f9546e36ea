// Result<T>: the value of a call that can fail, or the sentence that says why it did not work.
// A value; any thread.
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace odin {

/// Why a call failed, in words an operator can act on ("what happened: what to do").
struct Error
{
    QString text;
};

template<class T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// Only when ok().
    T &value() { return std::get<0>(m_state); }
    const T &value() const { return std::get<0>(m_state); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    /// Only when not ok().
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Result of a call that gives nothing back: Result<Done> f() { ... return Done{}; }
struct Done
{
};

} // namespace odin
