#include "simulator/swarm/client.h"

#include <sys/epoll.h>

#include <algorithm>

namespace odin::swarm {

namespace {

using namespace std::chrono_literals;

constexpr int firstSource = 2; // 127.0.0.2
constexpr std::chrono::seconds connectMax{20};
constexpr std::size_t slowBytes = 1024; // four times a second

std::int64_t wallMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// docs/api-spec.md, "Close codes": these are not to come back from.
bool isFinal(int code) { return (code >= 4000 && code < 4100) || code == 1009; }

std::chrono::milliseconds backOffMax(int attempts) // of the same place: min(30 s, 0.5 s x 2^n)
{
    return std::min<std::chrono::milliseconds>(30s, 500ms * (1 << std::min(attempts, 6)));
}

} // namespace

Client::Client(Workplace &workplace, int number)
    : m_workplace(workplace), m_number(number), m_behaviour(workplace.plan.mix.of(number))
{
}

void Client::connect()
{
    const auto &plan = m_workplace.plan;
    const int source = plan.target.isLoopback() && plan.sources > 0 ? firstSource + m_number % plan.sources : 0;
    m_workplace.totals.add(Count::Started);
    m_wasClosedByUs = m_isPaused = false;
    if (!m_connection.start(plan.target.address, source))
        return m_workplace.totals.add(Count::Failed);
    watch(EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

void Client::ready(Time now)
{
    if (m_connection.state() == Connection::State::Connecting) {
        m_connection.request(m_workplace.request);
        if (m_connection.isWaiting())
            watch(EPOLLIN, EPOLL_CTL_MOD);
        else
            m_workplace.totals.add(Count::Failed);
        return;
    }
    read(now);
}

void Client::read(Time now)
{
    const bool wasOpen = isOpen();
    const auto bytesBefore = bytes, violationsBefore = violations;
    m_connection.read(*this, m_workplace.buffer);
    m_workplace.totals.add(Count::Bytes, std::int64_t(bytes - bytesBefore));
    m_workplace.totals.add(Count::Violations, std::int64_t(violations - violationsBefore));
    if (!wasOpen && isOpen())
        opened(now);
    else if (m_connection.state() == Connection::State::Closed)
        wasOpen ? ended() : m_connection.refusedStatus() > 0 ? m_workplace.totals.refused(m_connection.refusedStatus())
                                                              : m_workplace.totals.add(Count::Failed);
}

void Client::opened(Time now)
{
    m_attempts = 0;
    m_workplace.totals.add(Count::Connected);
    m_workplace.totals.add(Count::Open);
    m_workplace.totals.connect.record(now - m_connection.startedAt());
    subscribe();
    m_due = now + between(2'000, 5'000);
    if (m_behaviour == Behaviour::Slow)
        pause(Time::max());
    if (m_behaviour == Behaviour::Normal && !m_workplace.pinger) {
        m_workplace.pinger = this;
        ping();
    }
}

void Client::ended()
{
    constexpr int withoutFrame = 1006; // RFC 6455 section 7.1.5
    m_workplace.totals.add(Count::Open, -1);
    if (m_workplace.pinger == this)
        m_workplace.pinger = nullptr;
    const int code = m_connection.closeCode() == 0 ? withoutFrame : m_connection.closeCode();
    if (!m_wasClosedByUs)
        m_workplace.totals.closed(code);
    m_due = isFinal(code) ? Time::max() : m_due;
}

void Client::subscribe()
{
    const auto &plan = m_workplace.plan;
    const bool isBack = !m_epoch.isEmpty() && m_check.highest() > 0;
    if (plan.target.subscribes() && m_behaviour == Behaviour::Normal)
        return;
    QByteArray command = "{\"type\":\"subscribe\",\"tokens\":" + plan.tokens;
    if (m_behaviour == Behaviour::Idle)
        command += ",\"mode\":\"latest\",\"maxHz\":1";
    if (isBack) {
        m_resumeFrom = m_check.highest();
        command += ",\"resume\":{\"epoch\":\"" + m_epoch + "\",\"seq\":" + QByteArray::number(qint64(m_resumeFrom)) + '}';
    }
    command += '}';
    m_connection.send(std::string_view(command.constData(), std::size_t(command.size())));
}

void Client::text(std::string_view payload)
{
    m_workplace.totals.add(Count::Messages);
    switch (UpdateReader::kindOf(payload)) {
    case MessageKind::Update: return readUpdate(payload);
    case MessageKind::Snapshot:
        return m_workplace.reader.readSnapshot(payload, [this](const UpdateFacts &latest) { m_check.begin(latest); });
    case MessageKind::Welcome: return welcome(payload);
    case MessageKind::Subscribed:
        if (payload.find("\"recovered\":false") != std::string_view::npos) {
            m_workplace.totals.add(Count::NotRecovered);
            m_check.forget();
        }
        return;
    case MessageKind::Resumed: m_resumeFrom = 0; return;
    case MessageKind::Pong: return readPong(payload);
    case MessageKind::Other: return;
    }
}

void Client::welcome(std::string_view payload)
{
    const auto epoch = textOf(payload, "epoch");
    m_epoch = QByteArray(epoch.data(), qsizetype(epoch.size()));
    if (m_workplace.tokens.empty())
        m_workplace.tokens = textsOf(payload, "tokens");
}

void Client::ping() { m_connection.send("{\"type\":\"ping\",\"clientTime\":" + std::to_string(wallMs()) + '}'); }

void Client::readPong(std::string_view payload)
{
    m_workplace.clock.add(numberOf(payload, "clientTime"), numberOf(payload, "serverTime"), m_workplace.nowMs);
    m_workplace.totals.set(Count::ClockOffsetMs, m_workplace.clock.ms());
}

void Client::readUpdate(std::string_view payload)
{
    auto &totals = m_workplace.totals;
    const auto &update = m_workplace.reader.read(payload);
    totals.add(Count::Updates);
    totals.add(Count::Conflated, update.conflated);
    if (m_behaviour == Behaviour::Normal && update.timestampMs > 0)
        totals.delivery.record(std::chrono::milliseconds(m_workplace.nowMs + m_workplace.clock.ms() - update.timestampMs));
    switch (m_check.see(update)) {
    case SequenceCheck::Verdict::InOrder: return;
    case SequenceCheck::Verdict::Hole: return totals.add(Count::Holes);
    case SequenceCheck::Verdict::Duplicate:
        return totals.add(Count::Duplicates, update.seq == m_resumeFrom ? 0 : 1); // a batch may come again as a whole
    case SequenceCheck::Verdict::Disorder: return totals.add(Count::Disorder);
    }
}

void Client::tick(Time now)
{
    if (isWaiting() && now - m_connection.startedAt() > connectMax) {
        m_connection.close();
        return m_workplace.totals.add(Count::Failed);
    }
    if (m_isPaused && now >= m_pausedUntil) {
        m_isPaused = false;
        watch(EPOLLIN, EPOLL_CTL_MOD);
    }
    switch (m_behaviour) {
    case Behaviour::Normal: return m_workplace.pinger == this ? ping() : void();
    case Behaviour::Slow: return actSlow(now);
    case Behaviour::Reconnecting: return actReconnecting(now);
    case Behaviour::Random: return actRandom(now);
    case Behaviour::Idle: return actIdle(now);
    }
}

void Client::actSlow(Time now)
{
    if (!isOpen())
        return;
    auto whole = std::exchange(m_workplace.buffer, std::string(slowBytes, '\0'));
    read(now);
    m_workplace.buffer = std::move(whole);
}

void Client::actReconnecting(Time now)
{
    if (isWaiting() || now < m_due)
        return;
    if (!isOpen())
        return comeBack(now, backOffMax(m_attempts++));
    m_wasClosedByUs = true;
    m_connection.close();
    m_workplace.totals.add(Count::Left);
    ended();
    m_due = now + between(0, 500);
}

void Client::comeBack(Time now, std::chrono::milliseconds atMost)
{
    m_due = now + between(0, int(atMost.count())); // if this try fails
    connect();
}

void Client::actRandom(Time now)
{
    if (!isOpen() || now < m_due)
        return;
    m_due = now + between(1'000, 3'000);
    m_check.forget(); // what comes next begins with a snapshot, or in the middle
    const auto &tokens = m_workplace.tokens;
    const auto choice = m_workplace.random() % (tokens.size() + 1);
    const auto token = choice == tokens.size() ? "*" : tokens[choice];
    const std::string type = token != "*" && m_workplace.random() % 2 == 0 ? "unsubscribe" : "subscribe";
    m_connection.send("{\"type\":\"" + type + "\",\"tokens\":[\"" + token + "\"]}");
}

void Client::actIdle(Time now)
{
    if (!isOpen() || m_isPaused || now < m_due)
        return;
    pause(now + between(3'000, 8'000));
    m_due = m_pausedUntil + between(5'000, 10'000);
}

void Client::pause(Time until)
{
    m_isPaused = true;
    m_pausedUntil = until;
    watch(0, EPOLL_CTL_MOD);
}

void Client::watch(std::uint32_t events, int operation)
{
    epoll_event event{events, {.ptr = this}};
    ::epoll_ctl(m_workplace.epoll, operation, m_connection.descriptor(), &event);
}

std::chrono::milliseconds Client::between(int leastMs, int mostMs)
{
    return std::chrono::milliseconds(std::uniform_int_distribution(leastMs, std::max(leastMs, mostMs))(m_workplace.random));
}

} // namespace odin::swarm
