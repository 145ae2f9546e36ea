#include "simulator/swarm/ramp.h"

#include "core/base/processusage.h"

namespace odin::swarm {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds watchEvery{100};
constexpr std::chrono::seconds connectMost{60};  // beyond what the rate allows
constexpr std::chrono::milliseconds settle{500}; // snapshots and greetings of the last ones are no load of the step

double seconds(steady_clock::duration time) { return std::chrono::duration<double>(time).count(); }

ProcessReading ownReading()
{
    const auto usage = ownUsage();
    return {seconds(usage.cpu), double(usage.residentBytes), 0};
}

Usage usageBetween(const ProcessReading &before, const ProcessReading &after, double time)
{
    return {(after.cpuSeconds - before.cpuSeconds) / time, after.residentBytes, after.shards};
}

double busiest(const std::vector<Totals> &before, const std::vector<Totals> &after, double time)
{
    double most = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
        most = std::max(most, double(after[i][Count::CpuMicros] - before[i][Count::CpuMicros]) / 1e6 / time);
    return most;
}

} // namespace

Ramp::Ramp(const Plan &plan, GatewayReading gateway, Watch watch, StepEnd stepEnd)
    : m_plan(plan), m_gateway(std::move(gateway)), m_watch(std::move(watch)), m_stepEnd(std::move(stepEnd)),
      m_swarm(plan), m_timeline(steady_clock::now())
{
}

std::vector<Step> Ramp::run()
{
    std::vector<Step> steps;
    for (const int clients : m_plan.ramp) {
        if (m_isOver)
            break;
        steps.push_back(runStep(clients));
        if (m_stepEnd)
            m_stepEnd(steps.back());
    }
    return steps;
}

Step Ramp::runStep(int clients)
{
    Step step;
    step.clients = clients;
    connect(step);
    hold(step);
    return step;
}

bool Ramp::isConnected(const Totals &totals) const
{
    return totals[Count::Connected] + totals[Count::Refused] + totals[Count::Failed] >= totals[Count::Started]
        && totals[Count::Started] >= m_swarm.clients();
}

void Ramp::endWhenAlone(const Totals &totals)
{
    m_isOver = m_isOver || (totals[Count::Open] == 0 && isConnected(totals) && !m_plan.mix.comesBack());
}

void Ramp::connect(Step &step)
{
    const auto before = m_swarm.totals();
    const int added = step.clients - m_swarm.clients();
    const auto start = steady_clock::now();
    const double expected = m_plan.connectsPerSecond > 0 ? added / m_plan.connectsPerSecond : 0;
    m_swarm.setClients(step.clients);
    auto now = m_swarm.totals();
    while (!m_isOver && !isConnected(now) && seconds(steady_clock::now() - start) < expected + seconds(connectMost)) {
        const auto done = now.since(before)[Count::Started];
        if (report({step.clients, false, double(done) / std::max(1, added), now}))
            std::this_thread::sleep_for(watchEvery / 10);
        now = m_swarm.totals();
    }
    step.connectSeconds = seconds(steady_clock::now() - start);
    if (!m_isOver)
        std::this_thread::sleep_for(std::min<steady_clock::duration>(settle, m_plan.hold));
    now = m_swarm.totals();
    endWhenAlone(now);
    step.connecting = now.since(before);
}

void Ramp::hold(Step &step)
{
    const auto workersBefore = m_swarm.totalsByWorker();
    const auto before = m_swarm.totals();
    const auto ownBefore = ownReading();
    const auto gatewayBefore = m_gateway();
    const auto start = steady_clock::now();
    while (!m_isOver && steady_clock::now() - start < m_plan.hold) {
        const auto left = m_plan.hold - (steady_clock::now() - start);
        std::this_thread::sleep_for(std::min<steady_clock::duration>(watchEvery, left));
        const auto now = m_swarm.totals();
        report({step.clients, true, seconds(steady_clock::now() - start) / seconds(m_plan.hold), now});
        endWhenAlone(now);
    }
    step.totals = m_swarm.totals().since(before);
    step.seconds = std::max(0.001, seconds(steady_clock::now() - start));
    step.clockOffsetMs = m_swarm.totalsByWorker().front()[Count::ClockOffsetMs];
    step.busiestThread = busiest(workersBefore, m_swarm.totalsByWorker(), step.seconds);
    step.own = usageBetween(ownBefore, ownReading(), step.seconds);
    if (const auto after = m_gateway(); after && gatewayBefore)
        step.gateway = usageBetween(*gatewayBefore, *after, step.seconds);
}

bool Ramp::report(Progress progress)
{
    sample(progress.totals);
    m_isOver = m_isOver || !m_watch(progress);
    return !m_isOver;
}

void Ramp::sample(const Totals &totals)
{
    if (const auto now = steady_clock::now(); m_timeline.isDue(now))
        m_timeline.add(now, totals, ownReading().cpuSeconds, m_gateway());
}

} // namespace odin::swarm
