// Shared<T>: an immutable value that one thread replaces and any thread reads. Thread: any. Owner: whoever replaces it.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace odin {

template<class T>
class Shared
{
public:
    std::shared_ptr<const T> get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_value;
    }
    void set(T value)
    {
        auto next = std::make_shared<const T>(std::move(value));
        const std::lock_guard lock(m_mutex);
        m_value.swap(next); // the old one ends behind the lock
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value = std::make_shared<const T>();
};

} // namespace odin
