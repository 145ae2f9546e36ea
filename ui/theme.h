// Theme: dark, light, or as the system has it.
// Thread: main. Owner: none, free functions over the application's palette and style sheet.
#pragma once

#include <QString>

namespace odin {

enum class ThemeChoice { System, Dark, Light };

/// Takes effect at once in every window.
void applyTheme(ThemeChoice choice);
ThemeChoice currentTheme();

/// Applies it and remembers it for the next run.
void chooseTheme(ThemeChoice choice);
/// What the operator chose in an earlier run wins over what the program starts with.
void restoreTheme();

/// Under which a choice is remembered: "system", "dark", "light". Unknown names mean Dark, the default.
QString themeName(ThemeChoice choice);
ThemeChoice themeNamed(const QString &name);

} // namespace odin
