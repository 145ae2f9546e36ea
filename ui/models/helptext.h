// Help: what the console says of itself, as sections of rows and sentences. The window says which pages and shortcuts
// it has. Values and pure functions; any thread.
#pragma once

#include "core/model/snapshot.h"

#include <QString>

#include <utility>
#include <vector>

namespace odin {

struct HelpSection
{
    QString title;
    std::vector<std::pair<QString, QString>> rows; ///< left: a name or a key; right: what it is
    QString text; ///< below the rows; may have several lines
    bool isCode = false; ///< the text is to be typed or copied as it is
};

struct HelpEntry
{
    QString name;
    QString shortcut; ///< may be empty
};

struct HelpFacts
{
    std::vector<HelpEntry> pages;
    std::vector<HelpEntry> actions;
    GatewayAddresses addresses;
    QString settingsFile; ///< of the gateway's settings; empty when the program keeps none
    QString consoleFile; ///< of the window's
};

std::vector<HelpSection> helpSections(const HelpFacts &facts);

/// What a page is for, by its title; empty for a page that nobody has described.
QString pagePurpose(const QString &title);

/// How to feed the gateway from outside: the two lines to type.
QString publisherLines();
/// Who can open the page, judged by its address.
QString whoCanOpen(const QString &pageAddress);

} // namespace odin
