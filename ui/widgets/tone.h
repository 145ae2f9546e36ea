// Tone of a widget: the style sheet colours its text by the property "tone".
// Thread: main. Owner: none, free functions.
#pragma once

#include "ui/palette.h"

class QLabel;
class QString;
class QWidget;

namespace odin {

void setTone(QWidget *widget, Tone tone);
/// A label that looks as the style sheet says for its property "role": "title", "value", "caption", "body", ...
QLabel *makeLabel(const char *role, Tone tone, QWidget *parent);
/// Keeps the label at least as wide as this text, so that its neighbours stand still.
void reserve(QLabel *label, const QString &widest);

} // namespace odin
