// Palette: every colour of the console, by the names that the page's palette.css uses too.
// Thread: main. Owner: constants; the one in use is chosen by applyTheme().
#pragma once

#include <QColor>

namespace odin {

struct Palette
{
    QColor background;
    QColor surface;
    QColor raised;
    QColor border;
    QColor text;
    QColor muted;
    QColor accent;
    QColor up;
    QColor down;
    QColor warning;
    QColor bad;
};

inline const Palette darkPalette{.background{0x0E, 0x11, 0x16},
                                 .surface{0x15, 0x1A, 0x21},
                                 .raised{0x1D, 0x24, 0x2E},
                                 .border{0x2B, 0x35, 0x42},
                                 .text{0xE6, 0xEA, 0xF0},
                                 .muted{0x94, 0xA0, 0xB0},
                                 .accent{0x5B, 0x9B, 0xFF},
                                 .up{0x35, 0xBF, 0x94},
                                 .down{0xF5, 0x8B, 0x55},
                                 .warning{0xE8, 0xB3, 0x41},
                                 .bad{0xFF, 0x6B, 0x70}};

inline const Palette lightPalette{.background{0xF4, 0xF6, 0xF8},
                                  .surface{0xFF, 0xFF, 0xFF},
                                  .raised{0xEE, 0xF1, 0xF5},
                                  .border{0xD5, 0xDB, 0xE3},
                                  .text{0x16, 0x1B, 0x22},
                                  .muted{0x56, 0x62, 0x73},
                                  .accent{0x1A, 0x62, 0xD6},
                                  .up{0x08, 0x70, 0x5A},
                                  .down{0xAD, 0x4A, 0x0C},
                                  .warning{0x80, 0x5A, 0x00},
                                  .bad{0xBF, 0x22, 0x28}};

/// The one in use. Who paints by hand asks at each paint, or again on QEvent::StyleChange.
const Palette &colours();
/// Only for applyTheme(): darkPalette or lightPalette.
void setColours(const Palette &palette);

/// What a colour is to say; also the value of the style sheet's property "tone".
enum class Tone { Normal, Muted, Accent, Up, Down, Warning, Bad };

QColor colourOf(Tone tone);

} // namespace odin
