#include "ui/icons.h"
#include "ui/palette.h"
#include "ui/theme.h"

#include <QApplication>
#include <QRegularExpression>
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
    void whatIsNoTextCanBeTold_data() { textIsReadable_data(); }
    void whatIsNoTextCanBeTold();
    void eachRuleOfTheStyleSheetIsReadable_data() { textIsReadable_data(); }
    void eachRuleOfTheStyleSheetIsReadable();
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
        for (const auto &ground : {p.background, p.surface, p.raised}) // raised: chosen rows, fields, buttons
            QVERIFY2(contrast(colourOf(Tone(tone)), ground) >= 4.5, qPrintable(QString::number(tone)));
    }
    const auto &qt = QApplication::palette();
    for (const auto &[text, ground] : {std::pair{QPalette::HighlightedText, QPalette::Highlight},
                                       {QPalette::PlaceholderText, QPalette::AlternateBase},
                                       {QPalette::ToolTipText, QPalette::ToolTipBase},
                                       {QPalette::ButtonText, QPalette::Button},
                                       {QPalette::Link, QPalette::Base}})
        QVERIFY2(contrast(qt.color(text), qt.color(ground)) >= 4.5, qPrintable(QString::number(text)));
    QVERIFY(contrast(p.text, p.border) >= 4.5); // a pressed button
}

void TestTheme::whatIsNoTextCanBeTold()
{
    QFETCH(ThemeChoice, choice);
    applyTheme(choice);
    const auto &p = colours();
    for (const auto &ground : {p.background, p.surface, p.raised}) {
        QVERIFY(contrast(p.accent, ground) >= 3); // the ring of what has the keyboard, a switch that is on
        QVERIFY(contrast(p.muted, ground) >= 3); // the frame of one that is off, icons
    }
    QVERIFY(contrast(p.background, p.accent) >= 3); // its knob
    for (const auto tone : {Tone::Up, Tone::Warning, Tone::Bad})
        QVERIFY(contrast(colourOf(tone), p.surface) >= 3); // the lamp
}

/// Each rule that sets both: a colour of text and the ground it stands on.
void TestTheme::eachRuleOfTheStyleSheetIsReadable()
{
    QFETCH(ThemeChoice, choice);
    applyTheme(choice);
    static const QRegularExpression rule(QStringLiteral(R"(([^{}]+)\{([^{}]*)\})"));
    static const QRegularExpression ground(QStringLiteral(R"((?:^|[\s;])background: (#[0-9a-f]{6}))"));
    static const QRegularExpression text(QStringLiteral(R"((?:^|[\s;])color: (#[0-9a-f]{6}))"));
    int pairs = 0;
    for (auto it = rule.globalMatch(qApp->styleSheet()); it.hasNext();) {
        const auto match = it.next();
        const auto on = ground.match(match.captured(2));
        const auto written = text.match(match.captured(2));
        if (!on.hasMatch() || !written.hasMatch())
            continue;
        ++pairs;
        QVERIFY2(contrast(QColor(written.captured(1)), QColor(on.captured(1))) >= 4.5,
                 qPrintable(match.captured(1).trimmed()));
    }
    QVERIFY(pairs >= 5);
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
