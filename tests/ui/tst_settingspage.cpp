#include "tests/ui/windowtest.h"
#include "ui/models/settingsmodel.h"
#include "ui/pages/settingspage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/datatable.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace odin;

class TestSettingsPage : public WindowTest
{
    Q_OBJECT
private:
    void offer(const std::function<void(SettingsListing &)> &change = {})
    {
        auto listing = std::make_shared<SettingsListing>();
        listing->rows = {{.name = QStringLiteral("seed"),
                          .meaning = QStringLiteral("seed of the simulation"),
                          .value = QStringLiteral("1"),
                          .source = QStringLiteral("default"),
                          .fallback = QStringLiteral("1"),
                          .choices = {},
                          .lockedBy = {},
                          .upcoming = {}},
                         {.name = QStringLiteral("listen"),
                          .meaning = QStringLiteral("public port"),
                          .value = QStringLiteral("127.0.0.1:0"),
                          .source = QStringLiteral("--listen"),
                          .fallback = QStringLiteral("127.0.0.1:8080"),
                          .choices = {},
                          .lockedBy = QStringLiteral("Given on the command line by --listen"),
                          .upcoming = {}},
                         {.name = QStringLiteral("log-level"),
                          .meaning = QStringLiteral("how much is logged"),
                          .value = QStringLiteral("info"),
                          .source = QStringLiteral("console"),
                          .fallback = QStringLiteral("info"),
                          .choices = {QStringLiteral("debug"), QStringLiteral("info")},
                          .effect = SettingEffect::AtOnce,
                          .lockedBy = {},
                          .isKept = true,
                          .upcoming = {}}};
        if (change)
            change(*listing);
        m_gateway->listing = listing;
    }

    DataTable *open()
    {
        show();
        for (auto *action : m_window->findChildren<QAction *>()) {
            if (action->text() == QStringLiteral("Settings"))
                action->trigger();
        }
        return named<DataTable>(QStringLiteral("Settings"));
    }

    SettingsPage *page() const { return m_window->findChild<SettingsPage *>(); }

    Banner *banner(const QString &startOfName) const
    {
        for (auto *banner : page()->findChildren<Banner *>()) {
            if (banner->accessibleName().startsWith(startOfName))
                return banner;
        }
        return nullptr;
    }

private Q_SLOTS:
    void findsByAnyWord();
    void aValueIsChanged();
    void aRefusalIsShown();
    void aLockedOneSaysWhy();
    void wordsAreChosen();
    void typingOutlivesNewListings();
    void aFileThatIsNotReadableIsNamed();
    void aConsoleFileThatIsNotReadableIsNamed();
    void theThemeIsTheWindowsOne();
    void theLayoutIsReset();
};

void TestSettingsPage::findsByAnyWord()
{
    offer();
    auto *table = open();
    QVERIFY(table && table->isVisible());
    QCOMPARE(table->model()->rowCount(), 3);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    auto *search = named<QLineEdit>(QStringLiteral("Show settings with this text"));
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("PORT")); // of its meaning
    QCOMPARE(table->model()->rowCount(), 1);
    QVERIFY(table->csv().contains(QStringLiteral("listen")));
}

void TestSettingsPage::aValueIsChanged()
{
    offer();
    auto *table = open();
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    auto *value = named<QLineEdit>(QStringLiteral("Value of seed"));
    QVERIFY(value->hasFocus());
    QCOMPARE(value->text(), QStringLiteral("1"));
    QTest::keyClicks(value, QStringLiteral("42"));
    QTest::keyClick(value, Qt::Key_Return);
    QCOMPARE(m_gateway->changed.size(), 1u);
    QCOMPARE(m_gateway->changed[0].first, QStringLiteral("seed"));
    QCOMPARE(m_gateway->changed[0].second.value_or(QString()), QStringLiteral("42"));
}

void TestSettingsPage::aRefusalIsShown()
{
    offer();
    auto *table = open();
    table->setCurrentIndex(table->model()->index(0, 0));
    m_gateway->refusal = QStringLiteral("seed: \"x\" is not a number");
    named<QPushButton>(QStringLiteral("Save seed"))->click();
    QVERIFY(banner(QStringLiteral("Not changed")));
    QCOMPARE(banner(QStringLiteral("Not changed"))->sentence(), m_gateway->refusal);
    m_gateway->refusal.clear();
    named<QPushButton>(QStringLiteral("Save seed"))->click();
    QVERIFY(!banner(QStringLiteral("Not changed"))->isVisible());
}

void TestSettingsPage::aLockedOneSaysWhy()
{
    offer();
    auto *table = open();
    table->setCurrentIndex(table->model()->index(1, 0));
    QVERIFY(withText<QLabel>(QStringLiteral("Given on the command line by --listen")));
    const auto *value = named<QLineEdit>(QStringLiteral("Value of listen"));
    QVERIFY(!value || !value->isVisible());
    QVERIFY(table->csv().contains(QStringLiteral("locked")));
}

void TestSettingsPage::wordsAreChosen()
{
    offer();
    auto *table = open();
    table->setCurrentIndex(table->model()->index(2, 0));
    auto *words = named<QComboBox>(QStringLiteral("Value of log-level"));
    QVERIFY(words && words->isVisible());
    QCOMPARE(words->currentText(), QStringLiteral("info"));
    words->setCurrentText(QStringLiteral("debug"));
    named<QPushButton>(QStringLiteral("Save log-level"))->click();
    QCOMPARE(m_gateway->changed.back().second.value_or(QString()), QStringLiteral("debug"));
    named<QPushButton>(QStringLiteral("Use the default of log-level"))->click();
    QVERIFY(!m_gateway->changed.back().second);
}

void TestSettingsPage::typingOutlivesNewListings()
{
    offer();
    auto *table = open();
    table->setCurrentIndex(table->model()->index(0, 0));
    auto *value = named<QLineEdit>(QStringLiteral("Value of seed"));
    value->setText(QStringLiteral("half typ"));
    offer([](SettingsListing &listing) { listing.rows[2].value = QStringLiteral("debug"); });
    m_gateway->say(m_gateway->next());
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->index(2, SettingsModel::Value).data().toString(), QStringLiteral("debug"),
                              patience);
    QCOMPARE(value->text(), QStringLiteral("half typ"));
}

void TestSettingsPage::aFileThatIsNotReadableIsNamed()
{
    offer([](SettingsListing &listing) {
        listing.problem = QStringLiteral("settings.toml, line 3, column 1: nonsense");
    });
    open();
    QVERIFY(banner(QStringLiteral("Settings file")) && banner(QStringLiteral("Settings file"))->isVisible());
    QVERIFY(banner(QStringLiteral("Settings file"))->sentence().contains(QStringLiteral("line 3, column 1")));
}

void TestSettingsPage::aConsoleFileThatIsNotReadableIsNamed()
{
    offer();
    QCOMPARE(consoleSettingsProblem(), QString());
    const auto file = consoleSettings().fileName();
    QFile::remove(file);
    QVERIFY(QDir().mkpath(file)); // a folder is as unreadable as anything, also for root
    open();
    QVERIFY(banner(QStringLiteral("Settings file")));
    QVERIFY2(banner(QStringLiteral("Settings file"))->sentence().contains(file),
             qPrintable(banner(QStringLiteral("Settings file"))->sentence()));
    m_window.reset();
    QVERIFY(QDir().rmdir(file));
}

void TestSettingsPage::theThemeIsTheWindowsOne()
{
    offer();
    open();
    auto *light = named<QPushButton>(QStringLiteral("Theme: Light"));
    QTest::mouseClick(light, Qt::LeftButton);
    QCOMPARE(currentTheme(), ThemeChoice::Light);
    for (const auto *action : m_window->findChildren<QAction *>()) {
        if (action->text() == QStringLiteral("&Light theme"))
            QTRY_VERIFY_WITH_TIMEOUT(action->isChecked(), patience);
    }
    QCOMPARE(consoleSettings().value(QStringLiteral("theme")).toString(), QStringLiteral("light"));
}

void TestSettingsPage::theLayoutIsReset()
{
    offer();
    auto *table = open();
    const int width = table->columnWidth(SettingsModel::Value);
    table->setColumnWidth(SettingsModel::Value, width + 55);
    table->setColumnHidden(SettingsModel::Default, true);
    named<QPushButton>(QStringLiteral("Reset the layout"))->click();
    QCOMPARE(table->columnWidth(SettingsModel::Value), width);
    QVERIFY(!table->isColumnHidden(SettingsModel::Default));
}

QTEST_MAIN(TestSettingsPage)
#include "moc_windowtest.cpp"
#include "tst_settingspage.moc"
