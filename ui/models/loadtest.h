// LoadTest: a load test under way: a ramp, or a search for the capacity, which is one run of odin-loadtest after the
// other. Thread: main. Owner: the page that shows it; with it the test ends.
#pragma once

#include "ui/models/capacitycertificate.h"
#include "ui/models/loadtestoutcome.h"
#include "ui/models/loadtestplan.h"
#include "ui/models/loadtestrunner.h"
#include "ui/models/loadtestseries.h"
#include "ui/models/loadteststeps.h"

#include <QElapsedTimer>

namespace odin {

class LoadTest final : public QObject
{
    Q_OBJECT
public:
    explicit LoadTest(const QString &program = loadTestProgram(), LoadTestDeadlines deadlines = {},
                      QObject *parent = nullptr);

    /// Only while none is under way, with a plan that was checked().
    void startRamp(const LoadTestPlan &plan);
    /// The plan's ramp is not used. `simulated`: what the certificate says of the prices.
    void startSearch(const LoadTestPlan &plan, const CapacityPlan &search, const QString &simulated);
    /// Ends it with what it has; ended() says when.
    void stop();

    bool isUnderWay() const { return m_isUnderWay; }
    bool isStopping() const { return m_isStopping; }
    /// Of odin-loadtest; 0 while none runs.
    qint64 processId() const { return m_runner.processId(); }

    const LoadTestSeries &series() const { return m_series; }
    LoadTestSteps &steps() { return m_steps; }
    const LoadTestReading &reading() const { return m_reading; }
    /// Of the ramp, or of the probe under way: 0 to 1.
    double share() const;
    /// What goes on now; empty when nothing does.
    QString sentence() const;

    /// Of the last run that came to an end; null before.
    const LoadTestResult *result() const { return m_result ? &*m_result : nullptr; }
    /// Of a search that came to an end; null before, and for a ramp.
    const CapacityCertificate *certificate() const { return m_isCertified ? &*m_certificate : nullptr; }

Q_SIGNALS:
    /// At most a few times a second.
    void changed();
    void ended(const odin::LoadTestOutcome &outcome);

private:
    void begin(const LoadTestPlan &plan);
    void startRun();
    void take(const LoadTestMessage &message);
    void runEnded(const QString &problem);
    void probeEnded(const LoadTestStep &step);
    void finish(const LoadTestOutcome &outcome);
    bool isSearch() const { return m_certificate.has_value(); }
    LoadTestOutcome certified();

    LoadTestRunner m_runner;
    QTimer m_rest; // between two probes

    // Of this test
    bool m_isUnderWay = false;
    bool m_isStopping = false;
    bool m_isCertified = false;
    LoadTestPlan m_plan;
    std::optional<CapacityCertificate> m_certificate; // of a search
    QElapsedTimer m_clock;
    qint64 m_runStartMs = 0;
    LoadTestSeries m_series;
    LoadTestSteps m_steps;
    LoadTestReading m_reading;
    std::optional<LoadTestResult> m_result;
};

} // namespace odin
