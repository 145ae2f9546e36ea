#include "core/feed/pastreader.h"

#include "core/base/log.h"
#include "core/model/limits.h"

#include <pthread.h>

#include <algorithm>

namespace odin {

using std::chrono::steady_clock;

PastReader::~PastReader() { stop(); }

void PastReader::start(const QStringList &urls)
{
    if (m_thread.joinable() || urls.isEmpty())
        return;
    m_urls = urls;
    m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void PastReader::stop() { m_thread = {}; }

template<class T>
bool PastReader::Kept<T>::isFresh(const QByteArray &wanted) const
{
    return what && epoch == wanted && steady_clock::now() - readAt < limits::pastKeptMs;
}

template<class Request>
void PastReader::enqueue(std::vector<Request> &queue, Request request)
{
    {
        const std::lock_guard lock(m_mutex);
        if (queue.size() < std::size_t(limits::pastWaitingMax)) {
            queue.push_back(std::move(request));
            m_wake.notify_one();
            return;
        }
    }
    m_counters.failures.fetch_add(1, std::memory_order_relaxed);
    request.answer({});
}

void PastReader::readRange(const QByteArray &epoch, Seq after, Seq upTo, RangeAnswer answer)
{
    enqueue(m_ranges, {epoch, after, upTo, std::move(answer)});
}

void PastReader::readHistory(const QByteArray &epoch, const QByteArray &token, HistoryAnswer answer)
{
    enqueue(m_waiting, {epoch, token, std::move(answer)});
}

void PastReader::run(std::stop_token stop)
{
    pthread_setname_np(pthread_self(), "odin-past");
    while (!stop.stop_requested()) {
        std::vector<RangeRequest> ranges;
        std::vector<HistoryRequest> histories;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, stop, limits::pastKeptMs, [this] { return !m_ranges.empty() || !m_waiting.empty(); });
            ranges.swap(m_ranges);
            histories.swap(m_waiting);
        }
        forgetTheOld();
        const bool readsRange = !ranges.empty();
        serve(std::move(ranges), std::move(histories), stop);
        if (readsRange) { // the next read is for all who ask meanwhile
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, stop, limits::pastRestMs, [] { return false; });
        }
    }
}

// One visit to the bus for everything that what is kept does not answer.
void PastReader::serve(std::vector<RangeRequest> ranges, std::vector<HistoryRequest> histories, std::stop_token stop)
{
    std::erase_if(ranges, [this](const auto &request) { return answerFromKept(request); });
    std::erase_if(histories, [this](const auto &request) { return answerFromKept(request); });
    if (stop.stop_requested() || (ranges.empty() && histories.empty()))
        return;
    Connection connection({m_urls[m_nextUrl++ % m_urls.size()], m_security}, "odin-past", limits::busConnectMsMax);
    const auto facts = connection.status() == NATS_OK ? findStream(connection.jetStream(), m_stream) : std::nullopt;
    const PastVisit visit{connection, m_stream, facts.value_or(StreamFacts{}), m_counters, stop};
    if (!ranges.empty())
        read(ranges, visit);
    for (const auto &request : histories) {
        if (!answerFromKept(request))
            read(request, visit);
    }
}

bool PastReader::answerFromKept(const RangeRequest &request) const
{
    const bool has = m_range.isFresh(request.epoch) && m_range.what->frames.isCompleteAfter(request.after)
        && m_range.what->upTo >= request.upTo;
    if (has)
        request.answer(m_range.what);
    return has;
}

bool PastReader::answerFromKept(const HistoryRequest &request) const
{
    const auto kept = m_histories.constFind(request.token);
    const bool has = kept != m_histories.cend() && kept->isFresh(request.epoch);
    if (has)
        request.answer(kept->what);
    return has;
}

void PastReader::read(const std::vector<RangeRequest> &requests, const PastVisit &visit)
{
    Seq after = std::numeric_limits<Seq>::max();
    Seq upTo = 0;
    for (const auto &request : requests) {
        if (request.epoch == visit.facts.epoch) {
            after = std::min(after, request.after);
            upTo = std::max(upTo, request.upTo);
        }
    }
    const bool isWanted = upTo > 0;
    m_range = {isWanted ? odin::readRange(visit, after, upTo) : nullptr, visit.facts.epoch, steady_clock::now()};
    if (!m_range.what)
        bump(m_counters.failures);
    else
        qCInfo(lcFeed) << "read the stream from" << *m_range.what->frames.completeAfter() + 1 << "to" << m_range.what->upTo
                       << "for" << requests.size() << "requests of clients that resume";
    for (const auto &request : requests)
        request.answer(request.epoch == visit.facts.epoch ? m_range.what : nullptr);
}

void PastReader::read(const HistoryRequest &request, const PastVisit &visit)
{
    if (request.epoch != visit.facts.epoch || request.epoch.isEmpty()) {
        bump(m_counters.failures);
        return request.answer({});
    }
    if (!m_batches.isFresh(request.epoch))
        m_batches = {readTail(visit, batchSubject, limits::historyUpdatesMax), request.epoch, steady_clock::now()};
    const auto prices = readTail(visit, priceSubject(request.token), limits::historyUpdatesMax);
    bump(m_counters.historiesRead);
    if (!m_batches.what || !prices) {
        bump(m_counters.failures);
        return request.answer({});
    }
    const auto history = joinHistory(request.token, *prices, *m_batches.what);
    if (m_histories.size() < limits::historyTokensMax)
        m_histories.insert(request.token, {history, request.epoch, steady_clock::now()});
    request.answer(history);
}

void PastReader::forgetTheOld()
{
    if (!m_range.isFresh(m_range.epoch))
        m_range = {};
    if (!m_batches.isFresh(m_batches.epoch))
        m_batches = {};
    m_histories.removeIf([](const auto &kept) { return !kept.value().isFresh(kept.value().epoch); });
}

} // namespace odin
