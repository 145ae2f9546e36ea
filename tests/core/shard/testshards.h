// TestShards: real shards behind a real acceptor on a free port; the test plays the hub.
// Thread: the test's. Owner: the test.
#pragma once

#include "core/shard/acceptor.h"
#include "tests/core/shard/fakepast.h"
#include "tests/core/shard/testdoor.h"
#include "tests/core/shard/testframes.h"

namespace odin {

class TestShards
{
public:
    explicit TestShards(int count = 1, int connectionsMax = 1000, Guard guard = {}) : acceptor(shards, state.census(), connectionsMax)
    {
        QLoggingCategory::setFilterRules(QStringLiteral("odin.*.debug=false"));
        (void)tls.load();
        for (int number = 0; number < count; ++number)
            shards.push_back(std::make_unique<Shard>(number, state, past, [] { return std::make_unique<HelloHttp>(); }, guard, &tls));
        isOpen = acceptor.open(QHostAddress(QHostAddress::LocalHost), 0).ok();
    }

    std::unique_ptr<TestClient> client(const QByteArray &query = {})
    {
        auto client = std::make_unique<TestClient>(port());
        client->open(query);
        return client;
    }

    /// The bus is live, in this epoch.
    void live(const QByteArray &epoch, Durability durability = Durability::JetStream)
    {
        const UpstreamStatus status{UpstreamState::Live, durability, epoch, {}, {}};
        state.setUpstream(status);
        for (const auto &shard : shards)
            shard->upstreamChanged(status);
    }

    /// Posts the next price of a token to every shard; gives its sequence.
    Seq post(const QByteArray &token, qsizetype padding = 0)
    {
        const auto frame = priceFrame(token, ++seq, newest[token], padding);
        newest[token] = seq;
        post(frame);
        return seq;
    }
    /// Posts a batch: its updates share a sequence.
    Seq postBatch(const std::vector<QByteArray> &tokens)
    {
        ++seq;
        std::vector<FramePtr> frames;
        for (const auto &token : tokens)
            frames.push_back(batchFrame(token, seq, std::exchange(newest[token], seq)));
        for (const auto &shard : shards)
            shard->post(frames);
        return seq;
    }
    void post(const FramePtr &frame)
    {
        for (const auto &shard : shards)
            shard->post(std::span(&frame, 1));
    }

    quint16 port() const { return acceptor.serverPort(); }
    const ShardCounters &counters() const { return shards.front()->counters(); }
    std::uint64_t closes(CloseReason reason) const { return counters().closes[closeIndex(reason)].load(); }

    GatewayState state{"node"};
    FakePast past;
    TlsPort tls{testTls()};
    std::vector<std::unique_ptr<Shard>> shards;
    Acceptor acceptor;
    bool isOpen = false;
    Seq seq = 0;
    std::map<QByteArray, Seq> newest;
};

} // namespace odin
