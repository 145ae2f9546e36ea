// The simulator's table: what it shows, what it asks for, and that what is refused or ignored is taken back.
#include "core/model/limits.h"
#include "tests/ui/fakegateway.h"
#include "ui/models/simulatorcolumn.h"
#include "ui/models/simulatormodel.h"
#include "ui/models/simulatortext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace odin;
using namespace std::chrono_literals;
using Model = SimulatorModel;

class TestSimulatorModel : public QObject
{
    Q_OBJECT
private:
    GatewaySnapshot snapshot() const
    {
        auto snapshot = simulating(m_gateway->next());
        snapshot.simulator->tokens[0].volatility = 0.5;
        snapshot.simulator->tokens[0].drift = -0.025;
        return snapshot;
    }

    static QString text(const Model &model, int row, int column) { return model.index(row, column).data().toString(); }
    static QVariant edited(const Model &model, int column) { return model.index(0, column).data(Qt::EditRole); }

    std::unique_ptr<FakeGateway> m_gateway;

private Q_SLOTS:
    void init() { m_gateway = std::make_unique<FakeGateway>(); }

    void showsEveryToken();
    void emptyWithoutSimulator();
    void aChangeIsAskedForAndShownAtOnce();
    void theOtherEndOfAnIntervalMovesAlong();
    void whatIsTheSameIsNotAskedFor();
    void aRefusedChangeIsTakenBack();
    void aChangeThatDidNothingIsForgotten();
    void onlyWhatIsANumberIsEdited();
    void aFileSaysTheRest();
    void aListingComesAtTheEnd();
    void switchesAll();
    void everyCellHasAName();
    void sentences();
};

void TestSimulatorModel::showsEveryToken()
{
    Model model(*m_gateway);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto said = snapshot();
    said.simulator->tokens[0].intervalMin = 250ms;
    said.simulator->tokens[0].scenario = {ScenarioKind::FlashCrash, 41'200ms};
    model.setSnapshot(said);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(text(model, 0, Model::Token), QStringLiteral("BTC"));
    QCOMPARE(text(model, 0, Model::IntervalMin), QStringLiteral("0.25 s"));
    QCOMPARE(text(model, 0, Model::IntervalMax), QStringLiteral("5 s"));
    QCOMPARE(text(model, 0, Model::Volatility), QStringLiteral("50%"));
    QCOMPARE(text(model, 0, Model::Drift), QStringLiteral("-2.5%"));
    QCOMPARE(text(model, 0, Model::Scenario), QStringLiteral("Flash crash, 42 s"));
    QCOMPARE(text(model, 1, Model::Scenario), QString());
    QCOMPARE(text(model, 1, Model::Age), QStringLiteral("paused"));
    QCOMPARE(model.index(1, Model::On).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    model.setSnapshot(said); // again
}

void TestSimulatorModel::emptyWithoutSimulator()
{
    Model model(*m_gateway);
    model.setSnapshot(snapshot());
    model.setSnapshot(m_gateway->next());
    QCOMPARE(model.rowCount(), 0);
}

void TestSimulatorModel::aChangeIsAskedForAndShownAtOnce()
{
    Model model(*m_gateway);
    const QSignalSpy answers(&model, &Model::answered);
    model.setSnapshot(snapshot());
    QVERIFY(model.setData(model.index(0, Model::Volatility), 120.0));
    QCOMPARE(m_gateway->changes.size(), size_t(1));
    QCOMPARE(m_gateway->changes[0].first, QByteArray("BTC"));
    QCOMPARE(m_gateway->changes[0].second, (SimulatedTokenChange{.volatility = 1.2}));
    QCOMPARE(text(model, 0, Model::Volatility), QStringLiteral("120%"));
    model.setSnapshot(snapshot()); // taken before the change
    QCOMPARE(text(model, 0, Model::Volatility), QStringLiteral("120%"));
    QCOMPARE(answers.size(), 1);
    QCOMPARE(answers.front().at(1).toString(), QString());

    QVERIFY(model.setData(model.index(1, Model::On), Qt::Checked, Qt::CheckStateRole));
    QCOMPARE(m_gateway->changes[1].second, (SimulatedTokenChange{.on = true}));
    QVERIFY(model.setData(model.index(0, Model::Drift), -10.0));
    QCOMPARE(m_gateway->changes[2].second, (SimulatedTokenChange{.drift = -0.1}));
}

void TestSimulatorModel::theOtherEndOfAnIntervalMovesAlong()
{
    Model model(*m_gateway);
    model.setSnapshot(snapshot());
    QVERIFY(model.setData(model.index(0, Model::IntervalMin), 8.0));
    QCOMPARE(m_gateway->changes[0].second, (SimulatedTokenChange{.intervalMin = 8s, .intervalMax = 8s}));
    QVERIFY(model.setData(model.index(0, Model::IntervalMax), 0.5));
    QCOMPARE(m_gateway->changes[1].second, (SimulatedTokenChange{.intervalMin = 500ms, .intervalMax = 500ms}));
    QVERIFY(model.setData(model.index(0, Model::IntervalMax), 2.0));
    QCOMPARE(m_gateway->changes[2].second, (SimulatedTokenChange{.intervalMin = 500ms, .intervalMax = 2s}));
}

void TestSimulatorModel::whatIsTheSameIsNotAskedFor()
{
    Model model(*m_gateway);
    model.setSnapshot(snapshot());
    QVERIFY(model.setData(model.index(0, Model::Volatility), edited(model, Model::Volatility)));
    QVERIFY(model.setData(model.index(0, Model::IntervalMax), edited(model, Model::IntervalMax)));
    QVERIFY(m_gateway->changes.empty());
}

void TestSimulatorModel::aRefusedChangeIsTakenBack()
{
    Model model(*m_gateway);
    const QSignalSpy answers(&model, &Model::answered);
    model.setSnapshot(snapshot());
    m_gateway->refusal = QStringLiteral("BTC is not simulated.");
    QVERIFY(!model.setData(model.index(0, Model::Volatility), 90.0));
    QVERIFY(!model.setData(model.index(0, Model::On), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(text(model, 0, Model::Volatility), QStringLiteral("50%"));
    QCOMPARE(text(model, 0, Model::On), QStringLiteral("on"));
    QCOMPARE(answers.size(), 2);
    QCOMPARE(answers.front().at(0).toString(), QStringLiteral("BTC"));
    QCOMPARE(answers.front().at(1).toString(), m_gateway->refusal);
}

void TestSimulatorModel::aChangeThatDidNothingIsForgotten()
{
    Model model(*m_gateway);
    model.setSnapshot(snapshot());
    model.setData(model.index(0, Model::Drift), 50.0);
    for (int i = 0; i < 3; ++i)
        model.setSnapshot(snapshot());
    QCOMPARE(text(model, 0, Model::Drift), QStringLiteral("50%"));
    model.setSnapshot(snapshot());
    QCOMPARE(text(model, 0, Model::Drift), QStringLiteral("-2.5%"));
}

void TestSimulatorModel::onlyWhatIsANumberIsEdited()
{
    Model model(*m_gateway);
    model.setSnapshot(snapshot());
    for (int column = 0; column < Model::columnsEnd; ++column) {
        const bool isNumber = column >= Model::IntervalMin && column <= Model::Drift;
        QCOMPARE(model.flags(model.index(0, column)).testFlag(Qt::ItemIsEditable), isNumber);
        if (!isNumber)
            QVERIFY(!model.setData(model.index(0, column), 7.0));
    }
    QVERIFY(m_gateway->changes.empty());
    QCOMPARE(model.index(0, Model::IntervalMin).data(Model::LeastRole).toDouble(), 0.01);
    QCOMPARE(model.index(0, Model::IntervalMax).data(Model::MostRole).toDouble(), 3600.0);
    QCOMPARE(model.index(0, Model::Drift).data(Model::LeastRole).toDouble(), -100 * limits::simulatorDriftMax);
}

void TestSimulatorModel::aFileSaysTheRest()
{
    Model model(*m_gateway);
    auto said = snapshot();
    said.simulator->playback.emplace();
    model.setSnapshot(said);
    QVERIFY(!model.setData(model.index(0, Model::Volatility), 70.0));
    QCOMPARE(text(model, 0, Model::IntervalMin), QStringLiteral("–"));
    QVERIFY(model.setData(model.index(0, Model::On), Qt::Unchecked, Qt::CheckStateRole));
}

void TestSimulatorModel::aListingComesAtTheEnd()
{
    Model model(*m_gateway);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    auto said = snapshot();
    model.setSnapshot(said);
    const QSignalSpy resets(&model, &Model::modelReset);
    said.simulator->tokens.push_back({.token = "NEW"});
    model.setSnapshot(said);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.tokenAt(2), QByteArray("NEW"));
    QCOMPARE(resets.size(), 0); // what is chosen or being edited stays so
    said.simulator->tokens.erase(said.simulator->tokens.begin());
    model.setSnapshot(said);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(model.tokenAt(0), QByteArray("ETH"));
}

void TestSimulatorModel::switchesAll()
{
    Model model(*m_gateway);
    model.setSnapshot(snapshot());
    QCOMPARE(model.countOn(), 1);
    model.switchAll(true);
    QCOMPARE(model.countOn(), 2);
    QCOMPARE(m_gateway->changes.size(), size_t(1)); // BTC was on
    m_gateway->refusal = QStringLiteral("No.");
    model.switchAll(false);
    QCOMPARE(m_gateway->changes.size(), size_t(2)); // one refusal is enough
    QCOMPARE(model.countOn(), 2);
}

void TestSimulatorModel::everyCellHasAName()
{
    Model model(*m_gateway);
    model.setSnapshot(snapshot());
    QCOMPARE(model.index(0, Model::Volatility).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("BTC, Volatility: 50%"));
    QCOMPARE(model.index(0, Model::Volatility).data(Model::EditorNameRole).toString(),
             QStringLiteral("Volatility of BTC"));
}

void TestSimulatorModel::sentences()
{
    GatewaySnapshot said;
    QVERIFY(whyNothingIsSimulated(said).contains(QStringLiteral("--simulate")));
    said.simulated = true;
    QVERIFY(whyNothingIsSimulated(said).contains(QStringLiteral("as soon as NATS is connected")));
    said.simulator.emplace();
    said.simulator->problem = QStringLiteral("There is no such file.");
    QCOMPARE(whyNothingIsSimulated(said), said.simulator->problem);
    auto &status = *said.simulator;
    QCOMPARE(simulatorState(status, true), QStringLiteral("Nothing is on"));
    QCOMPARE(simulatorState(status, false), QStringLiteral("Paused"));
    status.paused = true; // a snapshot of before it was switched on again
    QCOMPARE(simulatorState(status, true), QStringLiteral("Publishing"));
    status.paused = false;
    status.running = true;
    QCOMPARE(simulatorState(status, true), QStringLiteral("Publishing"));
    status.running = false;
    status.playback = {.path = QStringLiteral("a.csv"), .ended = true};
    QCOMPARE(simulatorState(status, true), QStringLiteral("The file has ended"));
    said.simulator->published = 12'345;
    said.simulator->tokens.resize(10);
    QCOMPARE(simulatorSummary(*said.simulator, 9), QStringLiteral("9 of 10 tokens on · 12,345 published"));
    said.simulator->failed = 2;
    QVERIFY(simulatorSummary(*said.simulator, 9).endsWith(QStringLiteral(" · 2 given up")));
}

QTEST_GUILESS_MAIN(TestSimulatorModel)
#include "tst_simulatormodel.moc"
