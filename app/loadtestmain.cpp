// odin-loadtest: a swarm of simulated clients against a gateway, as a command.
#include "app/gatewayprobe.h"
#include "app/loadtestlines.h"
#include "app/loadtestoptions.h"
#include "app/loadtestprogress.h"
#include "simulator/swarm/htmlreport.h"
#include "simulator/swarm/ramp.h"
#include "simulator/swarm/report.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonDocument>

#include <csignal>
#include <cstdio>

namespace {

using namespace odin;

enum Exit { met = 0, failed = 1, usage = 2 };

volatile std::sig_atomic_t isInterrupted = 0;

void interrupt(int)
{
    isInterrupted = 1;
    std::signal(SIGINT, SIG_DFL); // the second time at once
    std::signal(SIGTERM, SIG_DFL);
}

int fail(const Error &error, int code)
{
    std::fprintf(stderr, "odin-loadtest: %s\n", qUtf8Printable(error.text));
    return code;
}

// Nothing was asked for: written.
bool write(const QString &fileName, const QByteArray &text)
{
    QFile file(fileName);
    return fileName.isEmpty()
        || (file.open(QFile::WriteOnly | QFile::Truncate) && file.write(text) == text.size() && file.flush());
}

void measure(swarm::Ramp &ramp, const LoadTestOptions &options, swarm::Report &report)
{
    report.steps = ramp.run();
    report.timeline = ramp.timeline();
    report.wasInterrupted = ramp.wasInterrupted();
    report.outcomes = judge(options.goals, report.steps);
}

swarm::Report runForPeople(const LoadTestOptions &options, swarm::Report report)
{
    LoadTestProgress progress;
    swarm::Ramp ramp(
        options.plan, [&options] { return gatewayReading(options.admin); },
        [&progress](const swarm::Progress &now) {
            progress.show(now);
            return isInterrupted == 0;
        });
    measure(ramp, options, report);
    progress.finish();
    std::fputs(qUtf8Printable(reportText(report)), stdout);
    return report;
}

// When nobody reads the lines any more, the run ends with what it has.
swarm::Report runForPrograms(const LoadTestOptions &options, swarm::Report report)
{
    std::signal(SIGPIPE, SIG_IGN);
    LoadTestLines lines(options);
    lines.begin();
    swarm::Ramp ramp(
        options.plan, [&options] { return gatewayReading(options.admin); },
        [&lines](const swarm::Progress &now) {
            lines.show(now);
            return isInterrupted == 0 && !lines.isBroken();
        },
        [&lines](const swarm::Step &step) { lines.end(step); });
    measure(ramp, options, report);
    lines.end(report);
    return report;
}

int run(const LoadTestOptions &options)
{
    if (const auto allowed = swarm::allowClients(options.plan.ramp.back()); !allowed)
        return fail(allowed.error(), failed);
    std::signal(SIGINT, interrupt);
    std::signal(SIGTERM, interrupt);
    const auto startedAt = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    const auto runFor = options.progress == ProgressFor::Programs ? runForPrograms : runForPeople;
    const auto report = runFor(options, {options.url, startedAt, {}, {}, false, {}});
    if (!write(options.reportFile, QJsonDocument(reportJson(report)).toJson()))
        return fail({QStringLiteral("cannot write %1").arg(options.reportFile)}, failed);
    if (!write(options.htmlFile, reportHtml(report).toUtf8()))
        return fail({QStringLiteral("cannot write %1").arg(options.htmlFile)}, failed);
    if (report.steps.back().totals[swarm::Count::Open] == 0)
        return fail({QStringLiteral("no client is connected at the end: is %1 right?").arg(options.url)}, failed);
    return report.isMet() ? met : failed;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto options = odin::loadTestOptions(QCoreApplication::arguments());
    if (const auto *text = std::get_if<odin::LoadTestText>(&options))
        return std::fputs(qUtf8Printable(text->text), stdout) < 0 ? failed : met;
    if (const auto *error = std::get_if<odin::Error>(&options))
        return fail(*error, usage);
    return run(std::get<odin::LoadTestOptions>(options));
}
