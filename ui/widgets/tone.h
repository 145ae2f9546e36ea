// Tone of a widget: the style sheet colours its text by the property "tone".
// Thread: main. Owner: none, free functions.
#pragma once

#include "ui/models/format.h"
#include "ui/palette.h"

#include <QFont>

class QLabel;
class QString;
class QWidget;

namespace odin {

/// Up and down have colours of their own; what stands still is muted.
Tone toneOf(Direction direction);
/// Digits of one width, for numbers that are compared in a column.
QFont numberFont(QFont font);

void setTone(QWidget *widget, Tone tone);
/// A label that looks as the style sheet says for its property "role": "title", "value", "caption", "body", ...
QLabel *makeLabel(const char *role, Tone tone, QWidget *parent);
/// Keeps the label at least as wide as this text, so that its neighbours stand still.
void reserve(QLabel *label, const QString &widest);

} // namespace odin
