#include "ui/theme.h"

#include "ui/palette.h"
#include "ui/settings.h"
#include "ui/stylesheet.h"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyleFactory>

namespace odin {

namespace {

const QString themeKey = QStringLiteral("theme");

ThemeChoice current = ThemeChoice::Dark;

/// Only with our own palette out of the way does the application's show the system's.
bool systemIsDark()
{
    QApplication::setPalette(QPalette());
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

const Palette &paletteOf(ThemeChoice choice)
{
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemIsDark());
    return dark ? darkPalette : lightPalette;
}

QPalette qtPalette(const Palette &p)
{
    QPalette qt(p.text, p.raised, p.border, p.border, p.border, p.text, p.text, p.surface, p.background);
    qt.setColor(QPalette::AlternateBase, p.raised);
    qt.setColor(QPalette::Highlight, p.accent);
    qt.setColor(QPalette::HighlightedText, p.background);
    qt.setColor(QPalette::Link, p.accent);
    qt.setColor(QPalette::LinkVisited, p.accent);
    qt.setColor(QPalette::PlaceholderText, p.muted);
    qt.setColor(QPalette::ToolTipBase, p.raised);
    qt.setColor(QPalette::ToolTipText, p.text);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        qt.setColor(QPalette::Disabled, role, p.muted);
    return qt;
}

QFont consoleFont()
{
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")});
    font.setPixelSize(13);
    return font;
}

} // namespace

void applyTheme(ThemeChoice choice)
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    current = choice;
    setColours(paletteOf(choice));
    QApplication::setFont(consoleFont());
    QApplication::setPalette(qtPalette(colours()));
    qApp->setStyleSheet(styleSheet(colours()));
}

ThemeChoice currentTheme() { return current; }

void chooseTheme(ThemeChoice choice)
{
    applyTheme(choice);
    consoleSettings().setValue(themeKey, themeName(choice));
}

void restoreTheme()
{
    const auto remembered = consoleSettings().value(themeKey).toString();
    if (!remembered.isEmpty() && themeNamed(remembered) != currentTheme())
        applyTheme(themeNamed(remembered));
}

QString themeName(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System: return QStringLiteral("system");
    case ThemeChoice::Light: return QStringLiteral("light");
    case ThemeChoice::Dark: break;
    }
    return QStringLiteral("dark");
}

ThemeChoice themeNamed(const QString &name)
{
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Light}) {
        if (name == themeName(choice))
            return choice;
    }
    return ThemeChoice::Dark;
}

} // namespace odin
