#include "tests/ui/windowtest.h"
#include "ui/models/simulatormodel.h"
#include "ui/pages/simulatorpage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/toggleswitch.h"

#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

using namespace odin;
using namespace std::chrono_literals;
using Model = SimulatorModel;

class TestSimulatorPage : public WindowTest
{
    Q_OBJECT
private:
    /// The page as an operator opens it.
    DataTable *open()
    {
        show();
        withText<QPushButton>(QStringLiteral("Simulator"))->click();
        return named<DataTable>(QStringLiteral("Tokens of the simulator"));
    }

    SimulatorPage *page() const { return m_window->findChild<SimulatorPage *>(); }
    Banner *banner() const { return page()->findChild<Banner *>(); }

    void press(const QString &text) const
    {
        auto *button = withText<QPushButton>(text);
        QVERIFY(button && button->isVisible() && button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
    }

    static void clickCell(const DataTable *table, int row, int column)
    {
        const auto cell = table->visualRect(table->model()->index(row, column));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, cell.center());
    }

    /// Says what is simulated now, and waits until the page shows it.
    void saySimulator(const SimulatorStatus &status)
    {
        auto snapshot = m_gateway->next();
        snapshot.simulator = status;
        m_gateway->say(snapshot);
    }
    SimulatorStatus simulator() const { return *m_gateway->next().simulator; }

    template<class Command>
    Command commanded(std::size_t at = 0) const
    {
        const auto *command =
            m_gateway->commands.size() > at ? std::get_if<Command>(&m_gateway->commands[at]) : nullptr;
        return command ? *command : Command{};
    }

private Q_SLOTS:
    void aSwitchIsClicked();
    void aSwitchIsPressed();
    void aNumberIsTyped();
    void aSnapshotDoesNotDisturbTyping();
    void escapeLeavesTheNumber();
    void aRefusedSwitchFallsBack();
    void scenariosActOnWhatIsChosen();
    void noScenarioWithoutAChoice();
    void aRefusedScenarioIsExplained();
    void theMasterSwitch();
    void aRefusedMasterSwitchFallsBack();
    void restartsWithASeed();
    void aBadSeedIsExplained();
    void listsAToken();
    void aRefusedListingKeepsWhatWasTyped();
    void playsAFile();
    void choosesAFile();
    void aFileThatCannotBePlayedIsExplained();
    void saysWhyThereIsNothing();
    void theKeyboardReachesEverything();
};

void TestSimulatorPage::aSwitchIsClicked()
{
    auto *table = open();
    QVERIFY(table && table->isVisible());
    clickCell(table, 1, Model::On);
    QCOMPARE(m_gateway->switched, (std::vector<std::pair<QByteArray, bool>>{{"ETH", true}}));
    QCOMPARE(table->model()->index(1, Model::On).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    clickCell(table, 1, Model::Price); // elsewhere a click only chooses
    QCOMPARE(m_gateway->switched.size(), size_t(1));
}

void TestSimulatorPage::aSwitchIsPressed()
{
    auto *table = open();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, Model::On));
    QTest::keyClick(table, Qt::Key_Space);
    QCOMPARE(m_gateway->switched, (std::vector<std::pair<QByteArray, bool>>{{"BTC", false}}));
}

void TestSimulatorPage::aNumberIsTyped()
{
    auto *table = open();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, Model::IntervalMax));
    QTest::keyClick(table, Qt::Key_F2);
    auto *editor = named<QDoubleSpinBox>(QStringLiteral("Longest of BTC"));
    QVERIFY(editor);
    QCOMPARE(editor->value(), 5.0);
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("2.5"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_gateway->changes.size(), size_t(1), patience);
    QCOMPARE(m_gateway->changes[0].second, (SimulatedTokenChange{.intervalMin = 1s, .intervalMax = 2500ms}));
    QCOMPARE(table->model()->index(0, Model::IntervalMax).data().toString(), QStringLiteral("2.5 s"));
}

void TestSimulatorPage::aSnapshotDoesNotDisturbTyping()
{
    auto *table = open();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, Model::Volatility));
    QTest::keyClick(table, Qt::Key_F2);
    auto *editor = named<QDoubleSpinBox>(QStringLiteral("Volatility of BTC"));
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("77"));
    auto status = simulator();
    status.tokens[1].on = true; // to see when it has arrived
    saySimulator(status);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(1, Model::On).data().toString(), QStringLiteral("on"), patience);
    QCOMPARE(named<QDoubleSpinBox>(QStringLiteral("Volatility of BTC")), editor);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_gateway->changes.size(), size_t(1), patience);
    QCOMPARE(m_gateway->changes[0].second, (SimulatedTokenChange{.volatility = 0.77}));
}

void TestSimulatorPage::escapeLeavesTheNumber()
{
    auto *table = open();
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, Model::Drift));
    QTest::keyClick(table, Qt::Key_4);
    auto *editor = named<QDoubleSpinBox>(QStringLiteral("Drift of BTC"));
    QVERIFY(editor);
    QTest::keyClick(editor, Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!named<QDoubleSpinBox>(QStringLiteral("Drift of BTC")), patience);
    QVERIFY(m_gateway->changes.empty());
}

void TestSimulatorPage::aRefusedSwitchFallsBack()
{
    auto *table = open();
    m_gateway->refusal = QStringLiteral("BTC is not simulated.");
    clickCell(table, 0, Model::On);
    QCOMPARE(table->model()->index(0, Model::On).data().toString(), QStringLiteral("on"));
    QVERIFY(banner()->isVisible());
    QCOMPARE(banner()->accessibleName(), QStringLiteral("BTC: BTC is not simulated."));
    m_gateway->refusal.clear();
    clickCell(table, 0, Model::On);
    QVERIFY(!banner()->isVisible());
}

void TestSimulatorPage::scenariosActOnWhatIsChosen()
{
    auto *table = open();
    table->selectAll();
    QVERIFY(withText<QLabel>(QStringLiteral("For BTC, ETH")));
    named<QDoubleSpinBox>(QStringLiteral("Flash crash: fall"))->setValue(55);
    named<QSpinBox>(QStringLiteral("Flash crash: seconds"))->setValue(90);
    press(QStringLiteral("Flash crash"));
    QCOMPARE(m_gateway->commands.size(), size_t(2));
    const auto crash = commanded<StartScenario>(1);
    QCOMPARE(crash.token, QByteArray("ETH"));
    QCOMPARE(crash.scenario.kind, ScenarioKind::FlashCrash);
    QCOMPARE(crash.scenario.duration, 90s);
    QCOMPARE(crash.scenario.strength, 0.55);

    table->selectRow(0);
    for (const char *name : {"Halt", "Burst", "Stuck feed", "Back to normal"})
        press(QString::fromLatin1(name));
    QCOMPARE(m_gateway->commands.size(), size_t(6));
    QCOMPARE(commanded<StartScenario>(2).scenario.kind, ScenarioKind::Halt);
    QCOMPARE(commanded<StartScenario>(3).scenario.strength, 10.0);
    QCOMPARE(commanded<StartScenario>(4).scenario.kind, ScenarioKind::StuckFeed);
    QCOMPARE(commanded<EndScenario>(5).token, QByteArray("BTC"));
}

void TestSimulatorPage::noScenarioWithoutAChoice()
{
    auto *table = open();
    QVERIFY(!withText<QPushButton>(QStringLiteral("Halt"))->isEnabled());
    QVERIFY(withText<QLabel>(QStringLiteral("Choose tokens in the table.")));
    table->selectRow(1);
    QVERIFY(withText<QPushButton>(QStringLiteral("Halt"))->isEnabled());
    auto status = simulator();
    status.tokens.erase(status.tokens.begin()); // another market: nothing is chosen in it
    saySimulator(status);
    QTRY_VERIFY_WITH_TIMEOUT(!withText<QPushButton>(QStringLiteral("Halt"))->isEnabled(), patience);
}

void TestSimulatorPage::aRefusedScenarioIsExplained()
{
    auto *table = open();
    table->selectAll();
    m_gateway->refusal = QStringLiteral("It is switched off.");
    press(QStringLiteral("Halt"));
    QCOMPARE(m_gateway->commands.size(), size_t(1));
    QCOMPARE(banner()->accessibleName(), QStringLiteral("BTC: It is switched off."));
}

void TestSimulatorPage::theMasterSwitch()
{
    auto status = simulator();
    status.running = true;
    saySimulator(status);
    open();
    auto *master = named<ToggleSwitch>(QStringLiteral("Publish simulated prices"));
    QVERIFY(master && master->isVisible() && master->isChecked());
    QVERIFY(withText<QLabel>(QStringLiteral("Publishing")));
    QTest::mouseClick(master, Qt::LeftButton);
    QCOMPARE(commanded<SetPublishing>().on, false);
    QVERIFY(!master->isChecked());
    QVERIFY(withText<QLabel>(QStringLiteral("Paused")));
    status.paused = true;
    status.running = false;
    saySimulator(status);
    QTest::keyClick(master, Qt::Key_Space);
    QCOMPARE(commanded<SetPublishing>(1).on, true);
}

void TestSimulatorPage::aRefusedMasterSwitchFallsBack()
{
    open();
    auto *master = named<ToggleSwitch>(QStringLiteral("Publish simulated prices"));
    m_gateway->refusal = QStringLiteral("No simulator runs in this program.");
    QTest::mouseClick(master, Qt::LeftButton);
    QVERIFY(master->isChecked());
    QCOMPARE(banner()->sentence(), m_gateway->refusal);
}

void TestSimulatorPage::restartsWithASeed()
{
    auto status = simulator();
    status.seed = 7;
    saySimulator(status);
    open();
    auto *seed = named<QLineEdit>(QStringLiteral("Seed"));
    QCOMPARE(seed->text(), QStringLiteral("7"));
    seed->setText(QStringLiteral("18446744073709551615"));
    press(QStringLiteral("Restart"));
    QCOMPARE(commanded<RestartSimulation>().seed, ~quint64(0));
}

void TestSimulatorPage::aBadSeedIsExplained()
{
    open();
    named<QLineEdit>(QStringLiteral("Seed"))->setText(QStringLiteral("-1"));
    press(QStringLiteral("Restart"));
    QVERIFY(m_gateway->commands.empty());
    QVERIFY2(banner()->sentence().contains(QStringLiteral("whole number")), qPrintable(banner()->sentence()));
}

void TestSimulatorPage::listsAToken()
{
    open();
    auto *token = named<QLineEdit>(QStringLiteral("Name of the new token"));
    auto *price = named<QLineEdit>(QStringLiteral("Price of the new token in US dollars"));
    QTest::keyClicks(token, QStringLiteral("NEW"));
    QTest::keyClicks(price, QStringLiteral("0.0425"));
    QTest::keyClick(price, Qt::Key_Return);
    QCOMPARE(commanded<ListToken>().token, QByteArray("NEW"));
    QCOMPARE(commanded<ListToken>().price, 0.0425);
    QCOMPARE(token->text() + price->text(), QString());
}

void TestSimulatorPage::aRefusedListingKeepsWhatWasTyped()
{
    open();
    m_gateway->refusal = QStringLiteral("BTC is simulated already.");
    auto *token = named<QLineEdit>(QStringLiteral("Name of the new token"));
    QTest::keyClicks(token, QStringLiteral("BTC"));
    press(QStringLiteral("List"));
    QCOMPARE(token->text(), QStringLiteral("BTC"));
    QCOMPARE(banner()->sentence(), m_gateway->refusal);
}

void TestSimulatorPage::playsAFile()
{
    open();
    named<QLineEdit>(QStringLiteral("File of trades to play"))->setText(QStringLiteral("/tmp/trades.csv"));
    named<QDoubleSpinBox>(QStringLiteral("Speed of the playback"))->setValue(4);
    press(QStringLiteral("Play"));
    QCOMPARE(commanded<PlayFile>().path, QStringLiteral("/tmp/trades.csv"));
    QCOMPARE(commanded<PlayFile>().speed, 4.0);
    QVERIFY(!withText<QPushButton>(QStringLiteral("Back to simulation"))->isEnabled());

    auto status = simulator();
    status.seed = 9;
    status.playback = {.path = QStringLiteral("/tmp/trades.csv"), .speed = 4, .trades = 1'047, .unusableLines = 3};
    saySimulator(status);
    QTRY_VERIFY_WITH_TIMEOUT(withText<QPushButton>(QStringLiteral("Back to simulation"))->isEnabled(), patience);
    QVERIFY(withText<QLabel>(QStringLiteral("trades.csv at 4×: 1,047 trades, 3 lines could not be used: the log names "
                                            "the first.")));
    press(QStringLiteral("Back to simulation"));
    QCOMPARE(commanded<RestartSimulation>(1).seed, quint64(9));
}

void TestSimulatorPage::choosesAFile()
{
    open();
    press(QStringLiteral("Play")); // none is named: which?
    QVERIFY(m_gateway->commands.empty());
    auto *dialog = page()->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    Q_EMIT dialog->fileSelected(QStringLiteral("/tmp/other.csv"));
    QCOMPARE(named<QLineEdit>(QStringLiteral("File of trades to play"))->text(), QStringLiteral("/tmp/other.csv"));
    dialog->close();
}

void TestSimulatorPage::aFileThatCannotBePlayedIsExplained()
{
    open();
    auto status = simulator();
    status.problem = QStringLiteral("The trades of x.csv cannot be replayed: there is no such file.");
    saySimulator(status);
    QTRY_COMPARE_WITH_TIMEOUT(banner()->sentence(), status.problem, patience);
    QVERIFY(banner()->isVisible());
    status.problem.clear();
    saySimulator(status);
    QTRY_VERIFY_WITH_TIMEOUT(!banner()->isVisible(), patience);
}

void TestSimulatorPage::saysWhyThereIsNothing()
{
    auto snapshot = m_gateway->next();
    snapshot.simulated = false;
    snapshot.simulator.reset();
    m_gateway->say(snapshot);
    auto *table = open();
    QVERIFY(!table->isVisible());
    QVERIFY(!named<ToggleSwitch>(QStringLiteral("Publish simulated prices"))->isVisible());
    QLabel *said = nullptr;
    for (auto *label : page()->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(QStringLiteral("start with --simulate")))
            said = label;
    }
    QVERIFY(said);
}

void TestSimulatorPage::theKeyboardReachesEverything()
{
    auto *table = open();
    table->selectRow(0);
    for (const auto *widget : page()->findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QAbstractSpinBox *>(widget);
        if (!isControl || !widget->isVisible() || qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()))
            continue;
        QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(widget->accessibleName()));
    }
    QVERIFY(table->focusPolicy() & Qt::TabFocus);
}

QTEST_MAIN(TestSimulatorPage)
#include "moc_windowtest.cpp"
#include "tst_simulatorpage.moc"
