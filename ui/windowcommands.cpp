#include "ui/windowcommands.h"

#include "core/flow/operatorport.h"

#include <QAction>
#include <QPointer>

#include <algorithm>

namespace odin {

namespace {

void append(std::vector<Command> &commands, std::vector<Command> more)
{
    std::ranges::move(more, std::back_inserter(commands));
}

bool canBeRun(const QAction &action)
{
    return !action.isSeparator() && action.isVisible() && action.isEnabled() && !action.text().isEmpty()
        && !action.menu();
}

QString nameOf(const QWidget *widget)
{
    while (widget && widget->accessibleName().isEmpty())
        widget = widget->parentWidget();
    return widget ? widget->accessibleName() : QString();
}

Command commandOf(QAction *action, const QString &context)
{
    return {.title = action->text().remove(u'&'),
            .context = context,
            .shortcut = action->shortcut().toString(QKeySequence::NativeText),
            .run = [action = QPointer<QAction>(action)] {
                if (action)
                    action->trigger();
            }};
}

std::vector<Command> commandsFrom(const QList<QAction *> &actions, const QString &context)
{
    std::vector<Command> commands;
    for (auto *action : actions) {
        if (canBeRun(*action))
            commands.push_back(commandOf(action, context));
    }
    return commands;
}

/// Switches these tokens as far as the gateway lets us; says how that went.
QString switched(OperatorPort &gateway, const std::vector<QByteArray> &tokens, bool on)
{
    for (const auto &token : tokens) {
        if (const auto done = gateway.changeSimulated(token, {.on = on}); !done)
            return done.error().text;
    }
    const auto who = tokens.size() == 1 ? QString::fromLatin1(tokens.front())
                                        : QStringLiteral("All %1 simulated tokens").arg(tokens.size());
    return on ? QStringLiteral("%1 switched on").arg(who) : QStringLiteral("%1 switched off").arg(who);
}

} // namespace

std::vector<Command> commandsOf(const QMenu &menu, const QString &context)
{
    auto commands = commandsFrom(menu.actions(), context);
    for (auto *action : menu.actions()) {
        if (action->menu() && action->isEnabled())
            append(commands, commandsOf(*action->menu(), context));
    }
    return commands;
}

std::vector<Command> commandsOf(const QWidget &page)
{
    auto commands = commandsFrom(page.actions(), page.windowTitle());
    for (const auto *widget : page.findChildren<QWidget *>()) {
        const auto *menu = qobject_cast<const QMenu *>(widget);
        const bool isSubmenu = menu && qobject_cast<const QMenu *>(menu->parentWidget());
        if (isSubmenu || (!menu && !widget->isVisible()))
            continue;
        append(commands, commandsFrom(widget->actions(), nameOf(widget)));
    }
    return commands;
}

std::vector<Command> simulatorCommands(OperatorPort &gateway, const GatewaySnapshot &snapshot,
                                       const std::function<void(const QString &)> &told)
{
    std::vector<Command> commands;
    std::vector<QByteArray> all;
    const auto add = [&](const QString &title, const std::vector<QByteArray> &tokens, bool on) {
        commands.push_back({.title = title,
                            .context = QStringLiteral("Simulator"),
                            .shortcut = {},
                            .run = [&gateway, told, tokens, on] { told(switched(gateway, tokens, on)); }});
    };
    if (!snapshot.simulator || snapshot.simulator->tokens.empty())
        return commands;
    for (const auto &token : snapshot.simulator->tokens)
        all.push_back(token.token);
    add(QStringLiteral("Simulate all tokens"), all, true);
    add(QStringLiteral("Simulate no token"), all, false);
    for (const auto &token : snapshot.simulator->tokens)
        add((token.on ? QStringLiteral("Switch %1 off") : QStringLiteral("Switch %1 on"))
                .arg(QString::fromLatin1(token.token)),
            {token.token}, !token.on);
    return commands;
}

} // namespace odin
