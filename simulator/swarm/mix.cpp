#include "simulator/swarm/mix.h"

#include <QStringList>

#include <numeric>

namespace odin::swarm {

namespace {

const QStringList names{QStringLiteral("normal"), QStringLiteral("slow"), QStringLiteral("reconnect"), QStringLiteral("random"),
                        QStringLiteral("idle")};
constexpr int hundred = 100;
constexpr int stride = 37; // no divisor of a hundred: neighbours differ

} // namespace

Behaviour Mix::of(int n) const
{
    int place = n % hundred * stride % hundred;
    std::size_t kind = 0;
    while (place >= percent[kind] && kind + 1 < percent.size())
        place -= percent[kind++];
    return Behaviour(kind);
}

Result<Mix> mixOf(const QString &text)
{
    Mix mix{{}};
    for (const auto &share : text.split(QLatin1Char(','))) {
        bool isNumber = false;
        const auto name = share.section(QLatin1Char('='), 0, 0);
        const int percent = share.section(QLatin1Char('='), 1).toInt(&isNumber);
        const auto kind = names.indexOf(name);
        if (kind < 0 || !isNumber || percent < 0 || percent > hundred)
            return Error{QStringLiteral("--mix: \"%1\" is not a share like slow=5; there are %2").arg(share, names.join(QStringLiteral(", ")))};
        mix.percent[std::size_t(kind)] = percent;
    }
    if (std::accumulate(mix.percent.begin(), mix.percent.end(), 0) != hundred)
        return Error{QStringLiteral("--mix: the shares must add up to 100")};
    return mix;
}

} // namespace odin::swarm
