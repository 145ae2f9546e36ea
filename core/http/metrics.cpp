#include "core/http/metrics.h"

#include "core/base/processusage.h"
#include "core/http/exposition.h"

namespace odin {

namespace {

using prometheus::MetricType;

double read(const Counter &counter) { return double(counter.load(std::memory_order_relaxed)); }

void addFeed(Exposition &out, const FeedCounters &feed)
{
    out.counter("odin_feed_messages_total", "Live messages received from the stream", read(feed.messages));
    out.counter("odin_feed_replayed_total", "Messages read back to fill the tables", read(feed.replayed));
    out.counter("odin_feed_updates_total", "Live updates accepted", read(feed.updates));
    out.counter("odin_feed_duplicates_total", "Stream sequences seen before", read(feed.duplicates));
    out.counter("odin_feed_reconnects_total", "Reconnects to the bus", read(feed.reconnects));
    out.counter("odin_feed_rebuilds_total", "Consumers made anew", read(feed.rebuilds));
    out.open("odin_feed_refused_total", "Messages of publishers that were not forwarded", MetricType::Counter);
    for (int reason = 0; reason < refusalCount; ++reason)
        out.labelled("reason", refusalName(Refusal(reason)), read(feed.refused[std::size_t(reason)]));
}

void addHub(Exposition &out, const HubCounters &hub)
{
    out.counter("odin_hub_frames_total", "Frames encoded", read(hub.framesEncoded));
    out.counter("odin_hub_tokens_refused_total", "Updates of new tokens beyond the limit", read(hub.tokensRefused));
    out.gauge("odin_hub_last_sequence", "Newest stream sequence", double(hub.lastSeq.load(std::memory_order_relaxed)));
    out.gauge("odin_hub_tokens_stale", "Tokens silent for longer than is normal for them", read(hub.staleTokens));
    out.counter("odin_hub_stale_total", "feed:stale told", read(hub.staleTotal));
    out.counter("odin_hub_live_total", "feed:live told", read(hub.liveTotal));
}

void addPast(Exposition &out, const PastCounters &past)
{
    out.counter("odin_past_ranges_total", "Stretches of the stream read back for resuming clients",
                read(past.rangesRead));
    out.counter("odin_past_histories_total", "Histories read from the stream", read(past.historiesRead));
    out.counter("odin_past_messages_total", "Messages read by both", read(past.messages));
    out.counter("odin_past_failures_total", "Such reads that gave nothing", read(past.failures));
}

void addShards(Exposition &out, const CounterSources &counters)
{
    struct Row
    {
        const char *name, *help;
        Counter ShardCounters::*counter;
    };
    static constexpr Row rows[]{
        {"odin_connections_accepted_total", "Connections accepted", &ShardCounters::accepted},
        {"odin_sessions_opened_total", "WebSocket sessions opened", &ShardCounters::sessionsOpened},
        {"odin_sessions_closed_total", "WebSocket sessions ended", &ShardCounters::sessionsClosed},
        {"odin_http_requests_total", "HTTP requests let in", &ShardCounters::httpRequests},
        {"odin_door_refused_total", "Connections refused at the door", &ShardCounters::doorRefused},
        {"odin_door_over_capacity_total", "Of these: for lack of room", &ShardCounters::overCapacity},
        {"odin_deliveries_total", "Updates written to sockets", &ShardCounters::deliveries},
        {"odin_delivery_writes_total", "Writes they took", &ShardCounters::writes},
        {"odin_delivery_bytes_total", "Bytes of updates written", &ShardCounters::bytes},
        {"odin_delivery_queued_bytes_total", "Of these: through a backlog", &ShardCounters::queuedBytes},
        {"odin_commands_total", "Commands of clients", &ShardCounters::commands},
        {"odin_command_errors_total", "Commands refused", &ShardCounters::commandErrors},
        {"odin_updates_conflated_total", "Updates that a newer one replaced, for slow and `latest` clients",
         &ShardCounters::conflated},
        {"odin_clients_thinnings_total", "Times a client became slow enough for that", &ShardCounters::thinnings},
        {"odin_resumes_recovered_total", "Resumes answered with every missed update", &ShardCounters::resumesRecovered},
        {"odin_resumes_refused_total", "Resumes answered recovered:false", &ShardCounters::resumesRefused},
        {"odin_resumes_updates_total", "Updates written to resuming clients", &ShardCounters::replayed},
        {"odin_histories_total", "Answers to history", &ShardCounters::histories},
        {"odin_tokens_accepted_total", "Tokens that were accepted", &ShardCounters::tokensAccepted},
        {"odin_quota_refused_total", "Commands refused because of a quota of their own", &ShardCounters::quotaRefusals},
        {"odin_sessions_trickled_total", "Sessions ended because a frame did not arrive in time", &ShardCounters::trickled},
        {"odin_sessions_control_flood_total", "Sessions ended for too many pings or pongs", &ShardCounters::controlFloods},
        {"odin_sessions_bad_frame_total", "Sessions ended for a frame that no client may send", &ShardCounters::framesRefused},
        {"odin_frames_lost_total", "Frames dropped because a shard could not keep up", &ShardCounters::framesLost},
    };
    for (const auto &row : rows)
        out.counter(row.name, row.help, double(counters.total(row.counter)));
    out.gauge("odin_clients_thinned", "Clients that get only the newest per token now, because they are slow",
              double(counters.total(&ShardCounters::thinning)));
    out.gauge("odin_clients_catching_up", "Clients that resume now",
              double(counters.total(&ShardCounters::catchingUp)));
    // Each shard has a ring of its own of the same frames.
    out.gauge("odin_ring_frames", "Recent frames kept", double(counters.largest(&ShardCounters::ringFrames)));
    out.gauge("odin_ring_bytes", "Their bytes", double(counters.largest(&ShardCounters::ringBytes)));
    out.open("odin_door_turned_away_total", "Connections turned away at the door", MetricType::Counter);
    for (const auto &rule : turnawayRules)
        out.labelled("reason", rule.name, double(counters.total(&ShardCounters::turnaways, std::size_t(rule.turnaway))));
    out.open("odin_door_would_turn_away_total", "The same in a dry run, which lets them in", MetricType::Counter);
    for (const auto &rule : turnawayRules)
        out.labelled("reason", rule.name, double(counters.total(&ShardCounters::wouldTurnAway, std::size_t(rule.turnaway))));
    out.open("odin_tokens_refused_total", "Tokens that were not accepted", MetricType::Counter);
    for (std::size_t fault = 0; fault < tokenFaultNames.size(); ++fault)
        out.labelled("reason", tokenFaultNames[fault], double(counters.total(&ShardCounters::tokenFaults, fault)));
    out.open("odin_sessions_ended_total", "Sessions ended by the gateway", MetricType::Counter);
    for (std::size_t rule = 0; rule < closeRules.size(); ++rule)
        out.labelled("reason", closeRules[rule].name, double(counters.closes(rule)));
    out.latency("odin_gateway_latency_seconds", "From the feed to the client's socket",
                counters.latency(&ShardCounters::gatewayLatency));
    out.latency("odin_end_to_end_latency_seconds", "From the publisher's timestamp to the client's socket",
                counters.latency(&ShardCounters::endToEndLatency));
    out.latency("odin_client_round_trip_seconds", "From a ping to the client's pong",
                counters.latency(&ShardCounters::roundTrip));
}

void addStages(Exposition &out, const CounterSources &counters)
{
    out.open("odin_stage_latency_seconds", "The way of an update in parts, one after the other", MetricType::Summary);
    const auto stages = counters.stages();
    for (std::size_t stage = 0; stage < stages.size(); ++stage)
        out.labelledLatency("stage", stageNames[stage], stages[stage]);
}

} // namespace

QByteArray metricsText(const CounterSources &counters, GatewayState &state)
{
    Exposition out;
    const auto usage = ownUsage();
    out.open("odin_build_info", "Version of the program", MetricType::Counter);
    out.labelled("version", ODIN_VERSION, 1);
    out.gauge("odin_clients", "Open WebSocket sessions", state.census().sessions.load());
    out.gauge("odin_connections", "Accepted connections", state.census().connections.load());
    out.gauge("odin_shards", "Threads that serve clients", double(counters.shards.size()));
    out.gauge("odin_bus_live", "1 while updates arrive as they are published",
              state.upstream().state == UpstreamState::Live);
    addFeed(out, *counters.feed);
    addHub(out, *counters.hub);
    addShards(out, counters);
    addStages(out, counters);
    if (counters.past)
        addPast(out, *counters.past);
    out.counter("process_cpu_seconds_total", "User and system CPU time",
                std::chrono::duration<double>(usage.cpu).count());
    out.gauge("process_resident_memory_bytes", "Resident memory", double(usage.residentBytes));
    out.gauge("process_open_fds", "Open descriptors", usage.descriptors);
    return out.text();
}

} // namespace odin
