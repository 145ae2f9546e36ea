#include "ui/palette.h"

namespace odin {

namespace {

const Palette *current = &darkPalette;

} // namespace

const Palette &colours() { return *current; }

void setColours(const Palette &palette) { current = &palette; }

QColor colourOf(Tone tone)
{
    const auto &p = colours();
    switch (tone) {
    case Tone::Normal: return p.text;
    case Tone::Muted: return p.muted;
    case Tone::Accent: return p.accent;
    case Tone::Up: return p.up;
    case Tone::Down: return p.down;
    case Tone::Warning: return p.warning;
    case Tone::Bad: break;
    }
    return p.bad;
}

} // namespace odin
