#include "ui/icons.h"
#include "ui/palette.h"
#include "ui/theme.h"

#include <QApplication>
#include <QTest>

#include <cmath>

using namespace odin;

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void applies();
    void names();
    void textIsReadable_data();
    void textIsReadable();
    void noColourIsLeftUnnamed();
    void iconsAreCompiledIn();
};

namespace {

/// Relative luminance and contrast ratio as WCAG 2.1 defines them.
double luminance(const QColor &colour)
{
    const auto linear = [](float part) {
        return part <= 0.04045f ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

void TestTheme::applies()
{
    applyTheme(ThemeChoice::Light);
    QCOMPARE(currentTheme(), ThemeChoice::Light);
    QCOMPARE(QApplication::palette().color(QPalette::Window), lightPalette.background);
    applyTheme(ThemeChoice::Dark);
    QCOMPARE(colours().surface, darkPalette.surface);
    QCOMPARE(QApplication::palette().color(QPalette::Base), darkPalette.surface);
    applyTheme(ThemeChoice::System);
    QVERIFY(&colours() == &darkPalette || &colours() == &lightPalette);
}

void TestTheme::names()
{
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Dark, ThemeChoice::Light})
        QCOMPARE(themeNamed(themeName(choice)), choice);
    QCOMPARE(themeNamed(QStringLiteral("mauve")), ThemeChoice::Dark);
}

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<ThemeChoice>("choice");
    QTest::newRow("dark") << ThemeChoice::Dark;
    QTest::newRow("light") << ThemeChoice::Light;
}

void TestTheme::textIsReadable()
{
    QFETCH(ThemeChoice, choice);
    applyTheme(choice);
    const auto &p = colours();
    for (int tone = 0; tone <= int(Tone::Bad); ++tone) {
        for (const auto &ground : {p.background, p.surface})
            QVERIFY2(contrast(colourOf(Tone(tone)), ground) >= 4.5, qPrintable(QString::number(tone)));
    }
    QVERIFY(contrast(p.muted, p.raised) >= 4.5);
}

void TestTheme::noColourIsLeftUnnamed()
{
    applyTheme(ThemeChoice::Dark);
    QVERIFY(qApp->styleSheet().contains(darkPalette.surface.name()));
    QVERIFY(!qApp->styleSheet().remove(QStringLiteral("@names")).contains(u'@'));
}

void TestTheme::iconsAreCompiledIn()
{
    QCOMPARE(appIcon().availableSizes().size(), 7);
    const auto drawn = tintedIcon(QStringLiteral("dashboard"), Qt::red, 16, 1).toImage();
    bool red = false;
    for (int y = 0; y < drawn.height(); ++y) {
        for (int x = 0; x < drawn.width(); ++x)
            red = red || drawn.pixelColor(x, y) == QColor(Qt::red);
    }
    QVERIFY(red);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
