// Worked examples by hand, and what happens at the edges: nobody, nothing, and numbers beyond all reason.
#include "ui/models/gatewayhistory.h"
#include "ui/models/savingsbars.h"
#include "ui/models/savingsmodel.h"

#include <QTest>

#include <cmath>

using namespace odin;

namespace {

constexpr qint64 start = 1'700'000'000'000;

/// 200 clients that get 3 updates of 200 bytes a second each, for a tenth of a core and 80 MB.
PushMeasured twoHundred()
{
    return {.fromMs = start,
            .toMs = start + 60'000,
            .clients = 200,
            .deliveriesPerSecond = 600,
            .bytesPerSecond = 120'000,
            .cores = 0.1,
            .memoryBytes = 80e6,
            .waitMs = 4.5};
}

GatewayHistory connected(int clients, int seconds)
{
    GatewayHistory history;
    GatewaySnapshot snapshot;
    for (int i = 0; i < seconds; ++i) {
        snapshot.takenMs = start + i * 1'000;
        snapshot.clients = clients;
        snapshot.deliveriesPerSecond = i % 2 ? 800 : 400; // 600 on average
        snapshot.bytesPerSecond = 120'000;
        snapshot.cpuPercent = 10;
        snapshot.residentBytes = 80'000'000;
        snapshot.endToEnd = {.count = 1, .steps = {{4'500, 1}}};
        history.append(snapshot);
    }
    return history;
}

QString cell(const SavingsModel &model, const QString &quantity, int column)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, SavingsModel::Quantity).data().toString() == quantity)
            return model.index(row, column).data().toString();
    }
    return QStringLiteral("no such quantity");
}

} // namespace

class TestSavings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pollingOfTheAnalysis();
    void pollingOfFewer();
    void trafficCostsOnBothSides();
    void pushIsInProportion();
    void fewClientsSayNothingAboutMany();
    void nobodyConnected();
    void noPollsAndNoPrices();
    void hugeNumbers();
    void measuresTheLastMinute();
    void saved();
    void barsArePartsOfTheLongest();
    void theTableSaysWhatIsNotKnown();
    void csvHasAssumptionsAndMeasurement();
};

// 100,000 users x 30 polls = 3 million requests a minute, of which 90% are empty, for 3,000 dollars. A poll takes
// 600 + 0.9 x 250 + 0.1 x 2,000 = 1,025 bytes: 50,000/s x 1,025 = 51.25 MB/s, in 30 days 132,840 GB.
void TestSavings::pollingOfTheAnalysis()
{
    const auto cost = costOfPolling(100'000, {});
    QCOMPARE(*cost.messagesPerMinute, 3e6);
    QCOMPARE(*cost.emptyPerMinute, 2.7e6);
    QCOMPARE(*cost.bytesPerSecond, 51.25e6);
    QCOMPARE(*cost.trafficGigabytesPerMonth, 132'840.0);
    QCOMPARE(*cost.dollarsPerMonth, 3'000.0);
    QCOMPARE(*cost.waitMs, 1'000.0); // a poll every 2 s: half of it
}

void TestSavings::pollingOfFewer()
{
    QCOMPARE(*costOfPolling(200, {}).dollarsPerMonth, 6.0); // 6,000 requests a minute at a tenth of a cent
}

void TestSavings::trafficCostsOnBothSides()
{
    SavingsAssumptions assumed;
    assumed.dollarsPerTrafficGigabyte = 0.1;
    QCOMPARE(*costOfPolling(100'000, assumed).dollarsPerMonth, 3'000 + 13'284.0);
    // 120,000 B/s x 2,592,000 s = 311.04 GB for 31.104 dollars, 0.1 cores for 2.5, 0.08 GB for 0.24.
    QVERIFY(qAbs(*costOfPush(200, assumed, twoHundred()).dollarsPerMonth - 33.844) < 1e-9);
}

// 100,000 users are 500 x 200.
void TestSavings::pushIsInProportion()
{
    const auto cost = costOfPush(100'000, {}, twoHundred());
    QCOMPARE(*cost.messagesPerMinute, 600.0 * 60 * 500);
    QCOMPARE(*cost.emptyPerMinute, 0.0);
    QCOMPARE(*cost.bytesPerSecond, 60e6);
    QCOMPARE(*cost.cores, 50.0);
    QCOMPARE(*cost.memoryBytes, 40e9);
    QCOMPARE(*cost.dollarsPerMonth, 50.0 * 25 + 40 * 3);
    QVERIFY(!cost.waitMs); // of 100,000 nothing was measured
}

void TestSavings::fewClientsSayNothingAboutMany()
{
    auto few = twoHundred();
    few.clients = 99;
    const auto cost = costOfPush(100'000, {}, few);
    QVERIFY(cost.messagesPerMinute && cost.bytesPerSecond);
    QVERIFY(!cost.cores && !cost.memoryBytes && !cost.dollarsPerMonth);
    const auto report = compareCosts({}, few);
    QCOMPARE(*report.pushNow.cores, 0.1); // but what they cost was measured
    QVERIFY(report.pushNow.dollarsPerMonth);
    QVERIFY(!report.savedPercent());
    QVERIFY(measuredText(few).contains(QStringLiteral("from 100 clients on")));
}

void TestSavings::nobodyConnected()
{
    QVERIFY(!measurePush(connected(0, 60), start + 59'000));
    QVERIFY(!measurePush({}, start));
    const auto report = compareCosts({}, std::nullopt);
    QCOMPARE(*report.polling.dollarsPerMonth, 3'000.0);
    QCOMPARE(*report.push.users, 100'000.0);
    QVERIFY(!report.pollingNow.users && !report.pushNow.cores && !report.push.messagesPerMinute);
    QVERIFY(!report.savedPercent());
}

void TestSavings::noPollsAndNoPrices()
{
    SavingsAssumptions nothing{.users = 0,
                               .pollsPerUserPerMinute = 0,
                               .emptyPercent = 0,
                               .pollingDollarsPerMonth = 0,
                               .plannedDollarsPerMonth = 0,
                               .pollingRequestsPerMinute = 0,
                               .requestBytes = 0,
                               .emptyAnswerBytes = 0,
                               .fullAnswerBytes = 0,
                               .dollarsPerCoreMonth = 0,
                               .dollarsPerMemoryGigabyteMonth = 0,
                               .dollarsPerTrafficGigabyte = 0};
    const auto report = compareCosts(nothing, twoHundred());
    QCOMPARE(*report.polling.messagesPerMinute, 0.0);
    QVERIFY(!report.polling.dollarsPerMonth); // no price of a request follows from none
    QVERIFY(!report.polling.waitMs); // nobody ever asks
    QCOMPARE(*report.push.dollarsPerMonth, 0.0);
    QVERIFY(!report.savedPercent());
    for (const auto &bar : savingsBars(report))
        QVERIFY(bar.share >= 0 && bar.share <= 1);
}

void TestSavings::hugeNumbers()
{
    SavingsAssumptions assumed;
    for (const auto &input : savingsInputs())
        assumed.*input.number = input.number == &SavingsAssumptions::emptyPercent ? 100 : limits::savingsInputMax;
    const auto report = compareCosts(assumed, twoHundred());
    QVERIFY(std::isfinite(*report.polling.dollarsPerMonth));
    QVERIFY(std::isfinite(*report.push.dollarsPerMonth));
    SavingsModel model;
    model.setReport(report);
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            const auto text = model.index(row, column).data().toString();
            QVERIFY2(!text.isEmpty() && text.size() < 40, qPrintable(text));
            QVERIFY2(!text.contains(QStringLiteral("nan")), qPrintable(text));
        }
    }
}

void TestSavings::measuresTheLastMinute()
{
    const auto measured = measurePush(connected(200, 120), start + 119'000);
    QVERIFY(measured);
    QCOMPARE(measured->clients, 200.0);
    QVERIFY(qAbs(measured->deliveriesPerSecond - 600) < 5);
    QCOMPARE(measured->bytesPerSecond, 120'000.0);
    QCOMPARE(measured->cores, 0.1);
    QCOMPARE(measured->memoryBytes, 80e6);
    QCOMPARE(*measured->waitMs, 4.5);
    QCOMPARE(measured->fromMs, start + 59'000);
    QCOMPARE(measured->toMs, start + 119'000);
    // The console has seen ten seconds only, and says so.
    QCOMPARE(measurePush(connected(200, 10), start + 9'000)->fromMs, start);
}

void TestSavings::saved()
{
    auto report = compareCosts({}, twoHundred()); // 1,370 dollars instead of 3,000
    QVERIFY(qAbs(*report.savedPercent() - 54.3333) < 1e-3);
    QCOMPARE(savedText(report), QStringLiteral("54.3% less money than polling"));
    report.push.dollarsPerMonth = 3'600;
    QCOMPARE(savedText(report), QStringLiteral("20.0% more money than polling"));
    report.push.dollarsPerMonth.reset();
    QCOMPARE(savedText(report), QString());
}

void TestSavings::barsArePartsOfTheLongest()
{
    const auto bars = savingsBars(compareCosts({}, twoHundred()));
    QCOMPARE(bars.size(), 7u);
    QCOMPARE(bars[0].value, QStringLiteral("3,000,000 /min"));
    QCOMPARE(bars[1].share, 1.0); // 18 million updates a minute are more than 3 million polls
    QVERIFY(qAbs(bars[0].share - 1.0 / 6) < 1e-9);
    QCOMPARE(bars[4].share, 1.0);
    QCOMPARE(bars[5].value, QStringLiteral("$1,550 /month"));
    QCOMPARE(bars[6].value, QStringLiteral("$1,370 /month"));
    QCOMPARE(savingsBars(compareCosts({}, std::nullopt))[6].value, QStringLiteral("–"));
}

void TestSavings::theTableSaysWhatIsNotKnown()
{
    SavingsModel model;
    model.setReport(compareCosts({}, std::nullopt));
    const auto dollars = QStringLiteral("Dollars per month");
    QCOMPARE(cell(model, dollars, SavingsModel::Polling), QStringLiteral("$3,000"));
    QCOMPARE(cell(model, dollars, SavingsModel::Push), QStringLiteral("–"));
    QCOMPARE(cell(model, dollars, SavingsModel::PushNow), QStringLiteral("–"));
    model.setReport(compareCosts({}, twoHundred()));
    QCOMPARE(cell(model, dollars, SavingsModel::PushNow), QStringLiteral("$2.74"));
    QCOMPARE(cell(model, QStringLiteral("Memory"), SavingsModel::Push), QStringLiteral("40 GB"));
    QCOMPARE(cell(model, QStringLiteral("Wait for a new price, median"), SavingsModel::PushNow),
             QStringLiteral("4.5 ms"));
}

void TestSavings::csvHasAssumptionsAndMeasurement()
{
    SavingsAssumptions assumed;
    assumed.users = 5'000;
    SavingsModel model;
    model.setReport(compareCosts(assumed, twoHundred()));
    const auto lines = savingsCsv(assumed, twoHundred(), model).split(QStringLiteral("\r\n"));
    QVERIFY(lines.contains(QStringLiteral("Users,5000,,put in by the operator")));
    QVERIFY(lines.contains(QStringLiteral("Polls per user per minute,30,,from the original analysis")));
    const auto has = [&](const QString &text) {
        return std::ranges::any_of(lines, [&](const QString &line) { return line.contains(text); });
    };
    QVERIFY(has(QStringLiteral("200 clients on average")));
    QVERIFY(has(QStringLiteral("Push, extrapolated")));
    QVERIFY(has(QStringLiteral("Dollars per month,$6,$2.74,$150,$68.50")));
}

QTEST_GUILESS_MAIN(TestSavings)
#include "tst_savings.moc"
