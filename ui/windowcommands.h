// Window commands: what the palette offers, found in the window itself, so that no list can forget a page or an action.
// Thread: main. Owner: none, free functions.
#pragma once

#include "ui/models/commandlist.h"

#include <QMenu>
#include <QWidget>

namespace odin {

class OperatorPort;
struct GatewaySnapshot;

/// Every action that could be clicked now, submenus included.
std::vector<Command> commandsOf(const QMenu &menu, const QString &context);
/// What the menus and the actions of a page's widgets offer.
std::vector<Command> commandsOf(const QWidget &page);
/// Switches of the simulated tokens. `told` gets what happened, in one sentence.
std::vector<Command> simulatorCommands(OperatorPort &gateway, const GatewaySnapshot &snapshot,
                                       const std::function<void(const QString &)> &told);

} // namespace odin
