// Expected: a value that the gateway was told to take: shown at once, until a snapshot says the same or a few do not.
// Thread: any. Owner: a value, of the model or widget that shows it.
#pragma once

#include <optional>
#include <utility>

namespace odin {

template<class T>
class Expected
{
public:
    void expect(T value)
    {
        m_value = std::move(value);
        m_snapshotsLeft = snapshotsUntilDoubt;
    }

    /// What is to be shown, once per snapshot: what it says, unless it may be older than our command.
    T settle(const T &said)
    {
        if (!m_value || *m_value == said || --m_snapshotsLeft < 0) {
            m_value.reset();
            return said;
        }
        return *m_value;
    }

private:
    static constexpr int snapshotsUntilDoubt =
        3; // one may have been taken before the command, one while it was on its way

    std::optional<T> m_value;
    int m_snapshotsLeft = 0;
};

} // namespace odin
