// PastReader: reads the stream's past for all shards, over connections of its own, so that the live feed is not held up.
// Thread: start() and stop() on the owner's, the reads are asked for from any, the work is done on "odin-past".
// Owner: core/gateway.
#pragma once

#include "core/feed/past.h"

#include <QHash>
#include <QStringList>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace odin {

class PastReader final : public PastSource
{
public:
    explicit PastReader(BusSecurity security = {}, QByteArray streamName = "ODIN")
        : m_security(std::move(security)), m_stream(std::move(streamName))
    {
    }
    ~PastReader() override;

    /// Begins to answer; before that everything waits. Nothing when it runs already.
    void start(const QStringList &urls);
    /// No answer is given after this returns. Waits for a read under way to notice.
    void stop();

    void readRange(const QByteArray &epoch, Seq after, Seq upTo, RangeAnswer answer) override;
    void readHistory(const QByteArray &epoch, const QByteArray &token, HistoryAnswer answer) override;

    const PastCounters &counters() const { return m_counters; }

private:
    struct RangeRequest
    {
        QByteArray epoch;
        Seq after;
        Seq upTo;
        RangeAnswer answer;
    };
    struct HistoryRequest
    {
        QByteArray epoch;
        QByteArray token;
        HistoryAnswer answer;
    };
    template<class T>
    struct Kept
    {
        T what;
        QByteArray epoch;
        SteadyTime readAt;
        bool isFresh(const QByteArray &wanted) const;
    };

    template<class Request>
    void enqueue(std::vector<Request> &queue, Request request);
    void run(std::stop_token stop);
    void serve(std::vector<RangeRequest> ranges, std::vector<HistoryRequest> histories, std::stop_token stop);
    bool answerFromKept(const RangeRequest &request) const;
    bool answerFromKept(const HistoryRequest &request) const;
    void read(const std::vector<RangeRequest> &requests, const PastVisit &visit);
    void read(const HistoryRequest &request, const PastVisit &visit);
    void forgetTheOld();

    const BusSecurity m_security;
    const QByteArray m_stream;
    PastCounters m_counters;

    // Confined to odin-past
    QStringList m_urls; // constant while the thread runs
    qsizetype m_nextUrl = 0;
    Kept<PastRangePtr> m_range;
    Kept<std::optional<Tail>> m_batches;
    QHash<QByteArray, Kept<TokenHistoryPtr>> m_histories;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<RangeRequest> m_ranges;       // guarded by m_mutex, like the one below
    std::vector<HistoryRequest> m_waiting;
    std::jthread m_thread; // last: ends before what it uses
};

} // namespace odin
