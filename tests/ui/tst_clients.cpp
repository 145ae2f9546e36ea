#include "tests/ui/windowtest.h"
#include "ui/models/clientsmodel.h"
#include "ui/pages/clientcard.h"
#include "ui/pages/clientspage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"

#include <QAccessible>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>

using namespace odin;

class TestClients : public WindowTest
{
    Q_OBJECT
private:
    void connectClients(int first, int count)
    {
        m_gateway->clientRows.clear();
        for (int i = first; i < first + count; ++i) {
            ClientRow row;
            row.id = "node-0-" + QByteArray::number(i);
            row.ordinal = quint64(i);
            row.address = "10.0.0." + QByteArray::number(i % 250);
            row.port = 4000;
            m_gateway->clientRows.push_back(row);
        }
        m_gateway->say(m_gateway->next());
    }

    DataTable *open(int count)
    {
        connectClients(0, count);
        show();
        named<QPushButton>(QStringLiteral("Clients"))->click();
        return named<DataTable>(QStringLiteral("Clients"));
    }

    QString shown(const DataTable *table, int row, ClientColumn column = ClientColumn::Id) const
    {
        return table->model()->index(row, int(column)).data().toString();
    }

    QString said() const { return m_window->findChild<ClientsPage *>()->findChild<Banner *>()->sentence(); }

    QPushButton *inQuestion(const QString &text) const
    {
        const auto *question = m_window->findChild<QMessageBox *>();
        for (auto *button : question ? question->findChildren<QPushButton *>() : QList<QPushButton *>()) {
            if (button->text().remove(u'&') == text)
                return button;
        }
        return nullptr;
    }

private Q_SLOTS:
    void showsWhoIsConnected();
    void saysWhenNobodyIs();
    void fetchesOnlyWhatCanBeSeen();
    void asksNothingWhileItIsHidden();
    void filters();
    void whatIsOnTopStaysOnTop();
    void aChoiceFollowsItsClient();
    void showsAllAboutOne();
    void disconnectsWhenThatIsConfirmed();
    void slowsDownAndFreesAgain();
    void saysWhyNot();
    void copiesAllClientsAndNotOnlyThoseItHas();
    void everythingThatTakesFocusHasAName();
};

void TestClients::showsWhoIsConnected()
{
    auto *table = open(3);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    QCOMPARE(shown(table, 1), QStringLiteral("node-0-1"));
    QVERIFY(withText<QLabel>(QStringLiteral("3 connected")));
    connectClients(0, 5);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 5, patience);
}

void TestClients::saysWhenNobodyIs()
{
    open(0);
    const auto said = [this] {
        const auto *label = withText<QLabel>(
            QStringLiteral("Nobody is connected. Open the page, its address is at the foot of this window."));
        return label && label->isVisible();
    };
    QTRY_VERIFY_WITH_TIMEOUT(said(), patience);
}

void TestClients::fetchesOnlyWhatCanBeSeen()
{
    auto *table = open(19'000);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 19'000, patience);
    QVERIFY(m_gateway->lastQuery.count < 300);
    QCOMPARE(shown(table, 18'999), QStringLiteral("…"));
    table->scrollToBottom();
    QTRY_COMPARE_WITH_TIMEOUT(shown(table, 18'999), QStringLiteral("node-0-18999"), patience);
    QVERIFY(m_gateway->lastQuery.first > 18'000 && m_gateway->lastQuery.count < 300);
    QCOMPARE(shown(table, 0), QStringLiteral("…"));
}

void TestClients::asksNothingWhileItIsHidden()
{
    auto *table = open(100);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 100, patience);
    named<QPushButton>(QStringLiteral("Prices"))->click();
    const int asked = m_gateway->clientsAsked;
    const int sampled = m_gateway->asked;
    m_gateway->say(m_gateway->next());
    QTRY_VERIFY_WITH_TIMEOUT(m_gateway->asked > sampled + 3, patience); // the window lives on
    QCOMPARE(m_gateway->clientsAsked, asked);
}

void TestClients::filters()
{
    auto *table = open(300);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 300, patience);
    auto *filter = named<QLineEdit>(QStringLiteral("Show clients with this in their row"));
    QVERIFY(filter);
    QTest::keyClicks(filter, QStringLiteral("node-0-29"));
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 11, patience); // 29 and 290 to 299
    QVERIFY(withText<QLabel>(QStringLiteral("11 of 300 connected")));
    QTest::keyClicks(filter, QStringLiteral("x"));
    QTRY_VERIFY_WITH_TIMEOUT(withText<QLabel>(QStringLiteral("No client has this in its row.")), patience);
    QVERIFY(!table->isVisible());
}

void TestClients::whatIsOnTopStaysOnTop()
{
    auto *table = open(2'000);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2'000, patience);
    table->verticalScrollBar()->setValue(table->rowViewportPosition(1'000));
    QTRY_COMPARE_WITH_TIMEOUT(shown(table, table->rowAt(0)), QStringLiteral("node-0-1000"), patience);
    connectClients(30, 2'000); // thirty that stood before are gone
    QTRY_COMPARE_WITH_TIMEOUT(shown(table, 970), QStringLiteral("node-0-1000"), patience);
    QCOMPARE(table->rowAt(0), 970);
}

void TestClients::aChoiceFollowsItsClient()
{
    auto *table = open(100);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 100, patience);
    table->selectRow(5);
    const auto *card = m_window->findChild<ClientCard *>();
    QVERIFY(card->isVisible());
    connectClients(3, 100);
    QTRY_COMPARE_WITH_TIMEOUT(shown(table, 0), QStringLiteral("node-0-3"), patience);
    QCOMPARE(table->selectionModel()->selectedRows().value(0).row(), 2);
    QVERIFY(withText<QLabel>(QStringLiteral("node-0-5"))->isVisible());
    connectClients(50, 100);
    QTRY_VERIFY_WITH_TIMEOUT(withText<QLabel>(QStringLiteral("This client is not connected any more.")), patience);
    QVERIFY(!table->selectionModel()->hasSelection());
    QVERIFY(!named<QPushButton>(QStringLiteral("Disconnect this client"))->isEnabled());
    named<QPushButton>(QStringLiteral("Close the details of this client"))->click();
    QVERIFY(!card->isVisible());
}

void TestClients::showsAllAboutOne()
{
    auto &details = m_gateway->clientDetails;
    details.tokens = {"BTC", "ETH"};
    details.channels = {"price"};
    details.updates = 12'345;
    details.heldUpdates = 6;
    details.lastFrames = {{1'700'000'000'000, "BTC", Channel::Price, 77, 190, R"({"tokenId":"BTC"})"}};
    auto *table = open(3);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    table->selectRow(0);
    QTRY_VERIFY_WITH_TIMEOUT(withText<QLabel>(QStringLiteral("BTC, ETH · price")), patience);
    QVERIFY(withText<QLabel>(QStringLiteral("12,345")));
    const auto *frames = named<DataTable>(QStringLiteral("Last frames"));
    QCOMPARE(frames->model()->rowCount(), 1);
    QVERIFY(frames->csv().contains(QStringLiteral("BTC")));
}

void TestClients::disconnectsWhenThatIsConfirmed()
{
    auto *table = open(3);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(inQuestion(QStringLiteral("Cancel")), patience);
    inQuestion(QStringLiteral("Cancel"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<QMessageBox *>(), patience);
    QVERIFY(m_gateway->disconnected.isEmpty());

    named<QPushButton>(QStringLiteral("Disconnect this client"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(inQuestion(QStringLiteral("Disconnect")), patience);
    inQuestion(QStringLiteral("Disconnect"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(said(), QStringLiteral("node-0-1 is disconnected."), patience);
    QCOMPARE(m_gateway->disconnected, QByteArrayList{"node-0-1"});
}

void TestClients::slowsDownAndFreesAgain()
{
    auto *table = open(3);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    table->selectRow(2);
    auto *free = named<QPushButton>(QStringLiteral("Remove this client's limit"));
    QTRY_VERIFY_WITH_TIMEOUT(!free->isEnabled(), patience);
    named<QDoubleSpinBox>(QStringLiteral("Updates a second of each token"))->setValue(0.5);
    named<QPushButton>(QStringLiteral("Slow this client down to that rate"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(said().contains(QStringLiteral("0.5 times a second at most")), patience);
    m_gateway->clientRows[2].limitHz = 0.5;
    m_gateway->clientRows[2].pace = {Mode::Latest, 0.5};
    m_gateway->say(m_gateway->next());
    QTRY_COMPARE_WITH_TIMEOUT(shown(table, 2, ClientColumn::Mode), QStringLiteral("limited 0.5 /s"), patience);
    QVERIFY(free->isEnabled());
    free->click();
    QTRY_VERIFY_WITH_TIMEOUT(said().contains(QStringLiteral("what it asks for again")), patience);
    const std::vector<std::pair<QByteArray, std::optional<double>>> expected{{"node-0-2", 0.5},
                                                                             {"node-0-2", std::nullopt}};
    QVERIFY(m_gateway->limited == expected);
}

void TestClients::saysWhyNot()
{
    auto *table = open(3);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    table->selectRow(0);
    m_gateway->refusal = QStringLiteral("node-0-0 is not connected any more.");
    named<QPushButton>(QStringLiteral("Slow this client down to that rate"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(said(), m_gateway->refusal, patience);
}

void TestClients::copiesAllClientsAndNotOnlyThoseItHas()
{
    auto *table = open(1'000);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 1'000, patience);
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text().count(QStringLiteral("\r\n")), 1'001, patience);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("node-0-999,")));
    m_gateway->say(m_gateway->next());
    QTRY_VERIFY_WITH_TIMEOUT(m_gateway->lastQuery.count < 300, patience); // and then only what can be seen again
}

void TestClients::everythingThatTakesFocusHasAName()
{
    auto *table = open(3);
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, patience);
    table->selectRow(0);
    int seen = 0;
    for (auto *widget : m_window->findChild<ClientsPage *>()->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy())
            continue;
        ++seen;
        auto *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(accessible && !accessible->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
    }
    QVERIFY(seen >= 8); // filter, two tables, two buttons for tables, rate, and what can be done to the client
}

QTEST_MAIN(TestClients)
#include "moc_windowtest.cpp"
#include "tst_clients.moc"
