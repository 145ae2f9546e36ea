// ClientDirectory: the clients of all shards, for whoever looks at them. It works only when it is asked.
// Thread: every call from any; the work is done on its own, "odin-clients". Owner: core/gateway. It must outlive the
// sources' threads, because they answer to it.
#pragma once

#include "core/base/workerthread.h"
#include "core/flow/clientsource.h"
#include "core/model/result.h"
#include "core/stats/clientorder.h"

#include <mutex>

namespace odin {

class ClientDirectory
{
public:
    using Answer = std::function<void(const Result<Done> &)>;

    ClientDirectory() : m_thread(QStringLiteral("odin-clients")) {}

    /// Before the first question.
    void watch(std::vector<ClientSource *> sources);
    /// Then no source is asked any more.
    void stop();

    /// The newest listing, perhaps of another query or null, and never waits: asking has the next one made, so ask again.
    ClientListingPtr clients(const ClientQuery &query);
    /// The same for one client.
    ClientDetailsPtr client(const QByteArray &id);

    /// The answer comes once, on some thread.
    void disconnectClient(const QByteArray &id, Answer answer);
    void limitClient(const QByteArray &id, std::optional<double> maxHz, Answer answer);

private:
    struct Count // of the answers to one question
    {
        std::mutex mutex;
        std::size_t missing = 0;
        bool found = false;
    };
    using ToSource = std::function<void(ClientSource &, ClientSource::FoundAnswer)>;

    void serve();
    void gather();
    void gathered(const ClientSource::Rows &rows);
    void publish();
    void lookAt(const QByteArray &id);
    void publish(ClientDetails details);
    void command(const QByteArray &id, ToSource toSource, Answer answer);

    // Confined to the thread
    std::vector<ClientSource *> m_sources;
    ClientOrder m_order;
    std::vector<ClientRow> m_gathered;
    std::size_t m_missing = 0;          // sources that have not answered

    std::mutex m_mutex;                 // guards what follows
    ClientQuery m_query;
    ClientListingPtr m_listing;
    SteadyTime m_gatheredAt;
    bool m_isAsked = false;             // serve() is on its way
    ClientDetailsPtr m_details;
    QByteArray m_detailsId;
    SteadyTime m_detailsAt;

    WorkerThread m_thread;              // last: its commands find everything above
};

} // namespace odin
