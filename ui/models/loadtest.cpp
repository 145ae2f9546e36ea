#include "ui/models/loadtest.h"

#include "ui/models/format.h"

namespace odin {

namespace {

using Kind = LoadTestOutcome::Kind;

constexpr double connectPart = 0.2; // of a step, on the bar

QString count(qint64 number) { return formatCount(static_cast<quint64>(std::max<qint64>(0, number))); }

QString boundsText(const CapacitySearch &search)
{
    if (search.met() == 0 && search.bent() == 0)
        return {};
    if (search.bent() == 0)
        return QStringLiteral(". Above %1").arg(count(search.met()));
    return search.met() == 0 ? QStringLiteral(". Below %1").arg(count(search.bent()))
                             : QStringLiteral(". Between %1 and %2").arg(count(search.met()), count(search.bent()));
}

} // namespace

LoadTest::LoadTest(const QString &program, LoadTestDeadlines deadlines, QObject *parent)
    : QObject(parent), m_runner(program, deadlines, this)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &LoadTest::startRun);
    connect(&m_runner, &LoadTestRunner::said, this, &LoadTest::take);
    connect(&m_runner, &LoadTestRunner::ended, this, &LoadTest::runEnded);
}

void LoadTest::startRamp(const LoadTestPlan &plan)
{
    m_certificate.reset();
    begin(plan);
}

void LoadTest::startSearch(const LoadTestPlan &plan, const CapacityPlan &search, const QString &simulated)
{
    m_certificate.emplace(CapacityCertificate{.startedAt = QDateTime::currentDateTimeUtc(),
                                              .endedAt = {},
                                              .machine = thisMachine(),
                                              .isOneMachine = isLoopback(plan.url),
                                              .loadTester = {},
                                              .simulated = simulated,
                                              .load = plan,
                                              .search = CapacitySearch(search)});
    begin(plan);
}

void LoadTest::begin(const LoadTestPlan &plan)
{
    m_plan = plan;
    m_isUnderWay = true;
    m_isStopping = m_isCertified = false;
    m_series = {};
    m_steps.clear();
    m_result.reset();
    m_clock.start();
    startRun();
}

void LoadTest::startRun()
{
    if (isSearch())
        m_plan.ramp = {m_certificate->search.next()};
    m_reading = {};
    m_reading.clients = m_plan.ramp.front();
    m_reading.steps = static_cast<int>(m_plan.ramp.size());
    m_reading.step = 1;
    m_runStartMs = m_clock.elapsed();
    m_runner.start(argumentsOf(m_plan));
    Q_EMIT changed();
}

void LoadTest::stop()
{
    if (!m_isUnderWay || m_isStopping)
        return;
    m_isStopping = true;
    if (m_runner.isRunning()) {
        m_runner.stop();
        Q_EMIT changed();
        return;
    }
    m_rest.stop();
    runEnded({});
}

void LoadTest::take(const LoadTestMessage &message)
{
    if (const auto *reading = std::get_if<LoadTestReading>(&message)) {
        m_reading = *reading;
        m_series.append(m_runStartMs, *reading);
        Q_EMIT changed();
    } else if (const auto *step = std::get_if<LoadTestStep>(&message)) {
        m_steps.append(*step);
    } else if (const auto *result = std::get_if<LoadTestResult>(&message)) {
        m_result = *result;
    } else if (const auto *started = std::get_if<LoadTestStarted>(&message); started && isSearch()) {
        m_certificate->loadTester = started->version;
    }
}

void LoadTest::runEnded(const QString &problem)
{
    if (!problem.isEmpty() && !m_isStopping)
        return finish({Kind::Bad, QStringLiteral("Failed"), problem});
    const bool isEarly = m_isStopping || (m_result && m_result->wasInterrupted);
    const auto &steps = m_steps.steps();
    if (!isSearch())
        return finish(outcomeOf(steps, m_plan.url, isEarly ? Ended::Early : Ended::ByItself));
    if (m_isStopping)
        return finish({Kind::Doubtful, QStringLiteral("Stopped"),
                       QStringLiteral("The search was ended early%1. There is no certificate.")
                           .arg(boundsText(m_certificate->search))});
    if (steps.empty())
        return finish({Kind::Bad, QStringLiteral("Failed"), QStringLiteral("odin-loadtest measured nothing.")});
    probeEnded(steps.back());
}

void LoadTest::probeEnded(const LoadTestStep &step)
{
    if (const auto unreached = unreachedText(step, m_plan.url); !unreached.isEmpty())
        return finish({Kind::Bad, QStringLiteral("Not connected"), unreached});
    if (step.delivery.count == 0)
        return finish(outcomeOf({step}, m_plan.url, Ended::ByItself)); // nothing to search by
    auto &search = m_certificate->search;
    search.take(step);
    if (search.next() == 0)
        return finish(certified());
    m_rest.start(limits::capacityRestMs);
    Q_EMIT changed();
}

LoadTestOutcome LoadTest::certified()
{
    m_certificate->endedAt = QDateTime::currentDateTimeUtc();
    m_isCertified = true;
    const auto kind = m_certificate->search.met() > 0 ? Kind::Good : Kind::Bad;
    return {kind, QStringLiteral("Capacity"), m_certificate->sentence()};
}

void LoadTest::finish(const LoadTestOutcome &outcome)
{
    m_isUnderWay = m_isStopping = false;
    Q_EMIT changed();
    Q_EMIT ended(outcome);
}

double LoadTest::share() const
{
    if (!m_isUnderWay)
        return 0;
    const double ofStep =
        m_reading.isHolding ? connectPart + (1 - connectPart) * m_reading.share : connectPart * m_reading.share;
    return (std::max(0, m_reading.step - 1) + ofStep) / std::max(1, m_reading.steps);
}

QString LoadTest::sentence() const
{
    if (!m_isUnderWay)
        return {};
    if (m_isStopping)
        return QStringLiteral("Stopping …");
    const auto phase = m_rest.isActive() ? QStringLiteral("done")
        : m_reading.isHolding            ? QStringLiteral("holding")
                                         : QStringLiteral("connecting");
    const auto clients = QStringLiteral("%1 clients, %2").arg(count(m_reading.clients), phase);
    if (isSearch())
        return QStringLiteral("Probe %1: ").arg(m_certificate->search.probes().size() + 1) + clients
            + boundsText(m_certificate->search);
    return QStringLiteral("Step %1 of %2: ").arg(m_reading.step).arg(m_reading.steps) + clients;
}

} // namespace odin
