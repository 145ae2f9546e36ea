#include "tests/ui/windowtest.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

using namespace odin;

namespace {

/// Clicks this button of the question that appears meanwhile, and counts the question.
class Answer : public QObject
{
public:
    explicit Answer(QMessageBox::StandardButton button)
    {
        connect(&m_timer, &QTimer::timeout, this, [this, button] {
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            if (!box)
                return;
            ++asked;
            text = box->text();
            box->button(button)->click();
        });
        m_timer.start(20);
    }

    int asked = 0;
    QString text;

private:
    QTimer m_timer;
};

} // namespace

class TestClosing : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void closesWithoutQuestionWhenNobodyIsConnected();
    void asksBeforeItLeavesClientsAlone();
};

void TestClosing::closesWithoutQuestionWhenNobodyIsConnected()
{
    show();
    const Answer answer(QMessageBox::Cancel);
    QVERIFY(m_window->close());
    QCOMPARE(answer.asked, 0);
}

void TestClosing::asksBeforeItLeavesClientsAlone()
{
    show();
    auto snapshot = m_gateway->next();
    snapshot.clients = 5'000;
    m_gateway->say(snapshot); // newer than what the window shows
    {
        const Answer no(QMessageBox::Cancel);
        QVERIFY(!m_window->close());
        QCOMPARE(no.asked, 1);
        QVERIFY(no.text.contains(QStringLiteral("5,000 clients")));
        QVERIFY(m_window->isVisible());
    }
    const Answer yes(QMessageBox::Close);
    QVERIFY(m_window->close());
    QCOMPARE(yes.asked, 1);
}

QTEST_MAIN(TestClosing)
#include "moc_windowtest.cpp"
#include "tst_closing.moc"
