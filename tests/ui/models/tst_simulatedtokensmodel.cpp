#include "tests/ui/fakegateway.h"
#include "ui/models/format.h"
#include "ui/models/simulatedtokensmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace odin;
using Model = SimulatedTokensModel;

namespace {

GatewaySnapshot snapshotOfTwo() { return simulating(FakeGateway().next()); }

} // namespace

class TestSimulatedTokensModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rows();
    void emptyWithoutSimulator();
    void sameTokensKeepTheirRows();
    void otherTokensAreNewRows();
    void aCommandShowsAtOnceAndSurvivesAnOlderSnapshot();
    void aCommandThatDidNothingIsForgotten();
    void unknownTokenIsIgnored();

private:
    static QString text(const Model &model, int row, int column) { return model.index(row, column).data().toString(); }
};

void TestSimulatedTokensModel::rows()
{
    Model model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSnapshot(snapshotOfTwo());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(text(model, 0, Model::Token), QStringLiteral("BTC"));
    QCOMPARE(text(model, 0, Model::Price), QStringLiteral("64,218.42"));
    QCOMPARE(text(model, 0, Model::Change), QStringLiteral("▲ +1.82%"));
    QCOMPARE(text(model, 0, Model::Volume), QStringLiteral("12.4 M"));
    QCOMPARE(text(model, 0, Model::Age), QStringLiteral("3.7 s"));
    QCOMPARE(text(model, 0, Model::Interval), QStringLiteral("1 – 5 s"));
    QCOMPARE(model.index(0, Model::Change).data(Model::DirectionRole).toInt(), int(Direction::Up));
    QCOMPARE(model.index(0, Model::On).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));

    QCOMPARE(text(model, 1, Model::Price), noValue);
    QCOMPARE(text(model, 1, Model::Age), QStringLiteral("paused"));
    QVERIFY(model.index(1, Model::Price).data(Model::PausedRole).toBool());
    QCOMPARE(model.index(1, Model::On).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    QVERIFY(model.anyOn());
}

void TestSimulatedTokensModel::emptyWithoutSimulator()
{
    Model model;
    model.setSnapshot(snapshotOfTwo());
    model.setSnapshot(FakeGateway().next());
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.anyOn());
}

void TestSimulatedTokensModel::sameTokensKeepTheirRows()
{
    Model model;
    auto snapshot = snapshotOfTwo();
    model.setSnapshot(snapshot);
    const QSignalSpy reset(&model, &Model::modelReset);
    const QSignalSpy changed(&model, &Model::dataChanged);
    snapshot.tokens.front().price = 64'219;
    model.setSnapshot(snapshot);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(text(model, 0, Model::Price), QStringLiteral("64,219.00"));
}

void TestSimulatedTokensModel::otherTokensAreNewRows()
{
    Model model;
    auto snapshot = snapshotOfTwo();
    model.setSnapshot(snapshot);
    const QSignalSpy reset(&model, &Model::modelReset);
    snapshot.simulator->tokens.push_back({.token = "SOL"});
    model.setSnapshot(snapshot);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.tokenAt(2), QByteArray("SOL"));
}

void TestSimulatedTokensModel::aCommandShowsAtOnceAndSurvivesAnOlderSnapshot()
{
    Model model;
    auto snapshot = snapshotOfTwo();
    model.setSnapshot(snapshot);
    model.expect("BTC", false);
    QVERIFY(!model.isOn(0));
    model.setSnapshot(snapshot); // made before the command arrived
    QVERIFY(!model.isOn(0));
    snapshot.simulator->tokens.front().on = false;
    model.setSnapshot(snapshot);
    QVERIFY(!model.isOn(0));
    snapshot.simulator->tokens.front().on = true; // somebody else switched it on again
    model.setSnapshot(snapshot);
    QVERIFY(model.isOn(0));
}

void TestSimulatedTokensModel::aCommandThatDidNothingIsForgotten()
{
    Model model;
    const auto snapshot = snapshotOfTwo();
    model.setSnapshot(snapshot);
    model.expect("BTC", false);
    for (int i = 0; i < 10; ++i)
        model.setSnapshot(snapshot);
    QVERIFY(model.isOn(0));
}

void TestSimulatedTokensModel::unknownTokenIsIgnored()
{
    Model model;
    model.setSnapshot(snapshotOfTwo());
    const QSignalSpy changed(&model, &Model::dataChanged);
    model.expect("NOPE", true);
    QCOMPARE(changed.size(), 0);
}

QTEST_GUILESS_MAIN(TestSimulatedTokensModel)
#include "tst_simulatedtokensmodel.moc"
