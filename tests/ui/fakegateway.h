// FakeGateway: an OperatorPort that says what a test tells it to say.
// Thread: main. Owner: the test.
#pragma once

#include "core/flow/operatorport.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace odin {

class FakeGateway : public OperatorPort
{
public:
    FakeGateway()
    {
        GatewaySnapshot live;
        live.takenMs = 1'700'000'000'000;
        live.upstream.state = UpstreamState::Live;
        live.connectionsMax = 1000;
        say(live);
    }

    void say(const GatewaySnapshot &snapshot) { m_snapshot = std::make_shared<const GatewaySnapshot>(snapshot); }
    /// What it says now, as a start for what it says next, a second later.
    GatewaySnapshot next() const
    {
        auto copy = *m_snapshot;
        copy.takenMs += 1000;
        return copy;
    }

    SnapshotPtr snapshot() const override
    {
        ++asked;
        return m_snapshot;
    }

    std::vector<LogEntry> log(quint64 after) const override
    {
        std::vector<LogEntry> newer;
        std::ranges::copy_if(logged, std::back_inserter(newer), [=](const auto &entry) { return entry.number > after; });
        return newer;
    }

    Result<Done> changeSimulated(const QByteArray &token, const SimulatedTokenChange &change) override
    {
        changes.push_back({token, change});
        if (change.on)
            switched.push_back({token, *change.on});
        return answer();
    }

    Result<Done> simulate(const SimulatorCommand &command) override
    {
        commands.push_back(command);
        return answer();
    }

    /// Answers at once: any client there is, in the order of `clientRows`, when the filter is in its id or address.
    ClientListingPtr clients(const ClientQuery &query) override
    {
        ++clientsAsked;
        lastQuery = query;
        const auto filter = query.filter.toLatin1();
        std::vector<ClientRow> rows;
        std::ranges::copy_if(clientRows, std::back_inserter(rows), [&](const auto &row) {
            return row.id.contains(filter) || row.address.contains(filter);
        });
        const int matching = int(rows.size());
        const int first = std::clamp(query.first, 0, matching);
        const int count = std::min(query.count, matching - first);
        rows = std::vector<ClientRow>(rows.begin() + first, rows.begin() + first + count);
        return std::make_shared<const ClientListing>(
            ClientListing{query, m_snapshot->takenMs, int(clientRows.size()), matching, first, std::move(rows)});
    }

    ClientDetailsPtr client(const QByteArray &id) override
    {
        ClientDetails details;
        details.id = id;
        details.takenMs = m_snapshot->takenMs;
        const auto row = std::ranges::find(clientRows, id, &ClientRow::id);
        if (row != clientRows.end()) {
            details = clientDetails;
            details.id = id;
            details.isConnected = true;
            details.row = *row;
        }
        return std::make_shared<const ClientDetails>(details);
    }

    void disconnectClient(const QByteArray &id, Answer answer) override
    {
        disconnected.append(id);
        answerWith(answer);
    }

    void limitClient(const QByteArray &id, std::optional<double> maxHz, Answer answer) override
    {
        limited.push_back({id, maxHz});
        answerWith(answer);
    }

    std::vector<ClientRow> clientRows;
    ClientDetails clientDetails; ///< of each of them, but for id and row
    int clientsAsked = 0;
    ClientQuery lastQuery;
    QByteArrayList disconnected;
    std::vector<std::pair<QByteArray, std::optional<double>>> limited;

    SettingsPtr settings() const override { return listing; }
    Result<Done> changeSetting(const QString &name, const std::optional<QString> &value) override
    {
        if (refusal.isEmpty())
            changed.push_back({name, value});
        return answer();
    }

    SettingsPtr listing = std::make_shared<const SettingsListing>();
    std::vector<std::pair<QString, std::optional<QString>>> changed;

    mutable int asked = 0;
    std::vector<std::pair<QByteArray, bool>> switched;
    std::vector<std::pair<QByteArray, SimulatedTokenChange>> changes;
    std::vector<SimulatorCommand> commands;
    QString refusal;
    std::vector<LogEntry> logged;

private:
    Result<Done> answer() const { return refusal.isEmpty() ? Result<Done>(Done{}) : Result<Done>(Error{refusal}); }
    void answerWith(const Answer &said) const { said(answer()); }

    SnapshotPtr m_snapshot;
};

/// A snapshot in which BTC and ETH are simulated, BTC switched on, and only BTC has a price.
inline GatewaySnapshot simulating(GatewaySnapshot snapshot)
{
    snapshot.simulated = true;
    snapshot.simulator.emplace();
    snapshot.simulator->tokens = {{.token = "BTC", .on = true}, {.token = "ETH", .on = false}};
    snapshot.tokens = {{.token = "BTC",
                        .price = 64'218.42,
                        .priceChange24h = 1.82,
                        .volume24h = 12'400'000,
                        .seq = 7,
                        .timestampMs = snapshot.takenMs - 3'700}};
    return snapshot;
}

} // namespace odin
