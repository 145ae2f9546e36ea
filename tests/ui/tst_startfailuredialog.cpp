#include "ui/startfailuredialog.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace odin;

using Way = StartFailureDialog::Way;
using OtherPorts = StartFailureDialog::OtherPorts;

class TestStartFailureDialog : public QObject
{
    Q_OBJECT
private:
    static const inline QString what =
        QStringLiteral("127.0.0.1:8080 is in use by another program: stop it or choose another port");

    static QPushButton *button(const StartFailureDialog &dialog, const QString &text)
    {
        for (auto *button : dialog.findChildren<QPushButton *>()) {
            if (button->accessibleName() == text)
                return button;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(ThemeChoice::Dark); }
    void saysWhatHappened();
    void offersPortsOnlyWhereTheyHelp();
    void eachWayIsToldOnce_data();
    void eachWayIsToldOnce();
    void escapeQuits();
};

void TestStartFailureDialog::saysWhatHappened()
{
    const StartFailureDialog dialog(what, OtherPorts::Help);
    bool says = false;
    for (const auto *label : dialog.findChildren<QLabel *>())
        says = says || label->text() == what;
    QVERIFY(says);
    QCOMPARE(dialog.accessibleDescription(), what);
}

void TestStartFailureDialog::offersPortsOnlyWhereTheyHelp()
{
    QVERIFY(button(StartFailureDialog(what, OtherPorts::Help), QStringLiteral("Use free ports")));
    QVERIFY(!button(StartFailureDialog(what, OtherPorts::DoNotHelp), QStringLiteral("Use free ports")));
}

void TestStartFailureDialog::eachWayIsToldOnce_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("way");
    QTest::newRow("quit") << QStringLiteral("Quit") << int(Way::Quit);
    QTest::newRow("again") << QStringLiteral("Try again") << int(Way::Again);
    QTest::newRow("ports") << QStringLiteral("Use free ports") << int(Way::FreePorts);
}

void TestStartFailureDialog::eachWayIsToldOnce()
{
    QFETCH(const QString, text);
    QFETCH(const int, way);
    StartFailureDialog dialog(what, OtherPorts::Help);
    QSignalSpy chosen(&dialog, &StartFailureDialog::chosen);
    dialog.show();
    button(dialog, text)->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(int(chosen[0][0].value<Way>()), way);
    QVERIFY(!dialog.isVisible());
}

void TestStartFailureDialog::escapeQuits()
{
    StartFailureDialog dialog(what, OtherPorts::Help);
    QSignalSpy chosen(&dialog, &StartFailureDialog::chosen);
    dialog.show();
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<Way>(), Way::Quit);
}

QTEST_MAIN(TestStartFailureDialog)
#include "tst_startfailuredialog.moc"
