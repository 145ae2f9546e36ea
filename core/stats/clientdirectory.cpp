#include "core/stats/clientdirectory.h"

#include "core/model/limits.h"

#include <iterator>

namespace odin {

namespace {

using std::chrono::steady_clock;

ClientDetails goneClient(const QByteArray &id)
{
    ClientDetails details;
    details.id = id;
    details.takenMs = wallMs();
    return details;
}

} // namespace

void ClientDirectory::watch(std::vector<ClientSource *> sources)
{
    m_thread.call([&] { m_sources = std::move(sources); });
}

void ClientDirectory::stop()
{
    m_thread.call([this] { m_sources.clear(); });
}

ClientListingPtr ClientDirectory::clients(const ClientQuery &query)
{
    const std::lock_guard lock(m_mutex);
    m_query = query;
    const bool isDue = steady_clock::now() - m_gatheredAt >= limits::clientsListMs;
    const bool isOther = m_listing && !m_listing->answers(query);
    if ((isDue || isOther) && !std::exchange(m_isAsked, true))
        m_thread.post([this] { serve(); });
    return m_listing;
}

void ClientDirectory::serve()
{
    bool isDue = false;
    bool isOther = false;
    {
        const std::lock_guard lock(m_mutex);
        m_isAsked = false;
        const auto now = steady_clock::now();
        isDue = m_missing == 0 && now - m_gatheredAt >= limits::clientsListMs;
        isOther = m_listing && !m_listing->answers(m_query);
        if (isDue)
            m_gatheredAt = now;
    }
    if (isOther)
        publish(); // of the rows that there are
    if (isDue)
        gather();
}

void ClientDirectory::gather()
{
    m_missing = m_sources.size();
    for (auto *source : m_sources) {
        source->listClients(
            [this](const ClientSource::Rows &rows) { m_thread.post([this, rows] { gathered(rows); }); });
    }
}

void ClientDirectory::gathered(const ClientSource::Rows &rows)
{
    if (rows)
        m_gathered.insert(m_gathered.end(), std::make_move_iterator(rows->begin()),
                          std::make_move_iterator(rows->end()));
    if (--m_missing > 0)
        return;
    m_order.setRows(std::exchange(m_gathered, {}), wallMs());
    publish();
}

void ClientDirectory::publish()
{
    const auto query = [this] {
        const std::lock_guard lock(m_mutex);
        return m_query;
    }();
    auto listing = std::make_shared<const ClientListing>(m_order.list(query));
    const std::lock_guard lock(m_mutex);
    m_listing.swap(listing);
}

ClientDetailsPtr ClientDirectory::client(const QByteArray &id)
{
    const std::lock_guard lock(m_mutex);
    const auto now = steady_clock::now();
    if (id != m_detailsId || now - m_detailsAt >= limits::clientDetailsMs) {
        m_detailsId = id;
        m_detailsAt = now;
        m_thread.post([this, id] { lookAt(id); });
    }
    return m_details && m_details->id == id ? m_details : nullptr;
}

void ClientDirectory::lookAt(const QByteArray &id)
{
    const auto count = std::make_shared<Count>();
    count->missing = m_sources.size();
    for (auto *source : m_sources) {
        source->readClient(id, [this, id, count](const std::optional<ClientDetails> &details) {
            if (details)
                publish(*details);
            const std::lock_guard lock(count->mutex);
            count->found = count->found || details;
            if (--count->missing == 0 && !count->found)
                publish(goneClient(id));
        });
    }
}

void ClientDirectory::publish(ClientDetails details)
{
    auto made = std::make_shared<const ClientDetails>(std::move(details));
    const std::lock_guard lock(m_mutex);
    if (made->id == m_detailsId)
        m_details.swap(made);
}

void ClientDirectory::disconnectClient(const QByteArray &id, Answer answer)
{
    command(
        id,
        [id](ClientSource &source, ClientSource::FoundAnswer found) { source.disconnectClient(id, std::move(found)); },
        std::move(answer));
}

void ClientDirectory::limitClient(const QByteArray &id, std::optional<double> maxHz, Answer answer)
{
    if (maxHz && !(*maxHz >= limits::latestHzMin && *maxHz <= limits::latestHzMax))
        return answer(Error{QStringLiteral("A limit is from %1 to %2 updates a second.")
                                .arg(limits::latestHzMin)
                                .arg(limits::latestHzMax)});
    command(
        id,
        [id, maxHz](ClientSource &source, ClientSource::FoundAnswer found) {
            source.limitClient(id, maxHz, std::move(found));
        },
        std::move(answer));
}

// Every source is asked; at most one has the client.
void ClientDirectory::command(const QByteArray &id, ToSource toSource, Answer answer)
{
    const Error gone{QStringLiteral("%1 is not connected any more.").arg(QString::fromLatin1(id))};
    const auto taken = m_thread.post([this, toSource, answer, gone] {
        const auto count = std::make_shared<Count>();
        count->missing = m_sources.size();
        if (m_sources.empty())
            answer(gone);
        for (auto *source : m_sources) {
            toSource(*source, [count, answer, gone](bool found) {
                bool isLast = false;
                {
                    const std::lock_guard lock(count->mutex);
                    count->found = count->found || found;
                    isLast = --count->missing == 0;
                }
                if (isLast)
                    answer(count->found ? Result<Done>(Done{}) : Result<Done>(gone));
            });
        }
    });
    if (taken == Offer::Overflow)
        answer(Error{QStringLiteral("The gateway is too busy to be told anything: try again.")});
}

} // namespace odin
