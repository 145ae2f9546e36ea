#include "ui/tray.h"

#include "ui/models/format.h"
#include "ui/palette.h"
#include "ui/widgets/statuslamp.h"

#include <QAction>
#include <QGuiApplication>
#include <QPainter>
#include <QWidget>

namespace odin {

namespace {

// The program's mark with the lamp in its middle: the colour is what is looked for in a tray.
QIcon lampIcon(LampState state)
{
    QIcon icon;
    for (const int side : {16, 22, 32, 64}) {
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(side / 64.0, side / 64.0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(darkPalette.surface);
        painter.drawRoundedRect(QRectF(0, 0, 64, 64), 14, 14);
        painter.setBrush(colourOf(toneOf(state)));
        painter.drawEllipse(QPointF(32, 32), 18, 18);
        icon.addPixmap(pixmap);
    }
    return icon;
}

/// Under X11, Qt waits for a tray that comes later.
bool canHaveTray()
{
    return QGuiApplication::platformName() == QLatin1String("xcb") || QSystemTrayIcon::isSystemTrayAvailable();
}

} // namespace

QString trayText(const GatewaySnapshot &snapshot)
{
    const auto lamp = lampStatus(snapshot);
    const int clients = std::max(0, snapshot.clients);
    const auto text = QStringLiteral("Odin Console: %1, %2 %3")
                          .arg(lamp.word, formatCount(static_cast<quint64>(clients)),
                               clients == 1 ? QStringLiteral("client") : QStringLiteral("clients"));
    return lamp.detail.isEmpty() ? text : text + u'\n' + lamp.detail;
}

Tray::Tray(QWidget &window)
    : m_window(window),
      m_turn(m_menu.addAction(QStringLiteral("Hide the window"))),
      m_quit(m_menu.addAction(QStringLiteral("Quit")))
{
    connect(m_turn, &QAction::triggered, this, &Tray::turnWindow);
    connect(m_quit, &QAction::triggered, this, &Tray::quitAsked);
    connect(&m_menu, &QMenu::aboutToShow, this, [this] {
        m_turn->setText(m_window.isVisible() ? QStringLiteral("Hide the window") : QStringLiteral("Show the window"));
    });
    if (!canHaveTray())
        return;
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            turnWindow();
    });
}

void Tray::turnWindow()
{
    if (m_window.isVisible() && !m_window.isMinimized()) {
        m_window.hide();
        return;
    }
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

void Tray::present(const GatewaySnapshot &snapshot)
{
    const auto state = lampStatus(snapshot).state;
    const bool newState = state != std::exchange(m_shown, state);
    const auto before = std::exchange(m_text, trayText(snapshot));
    if (!m_icon)
        return;
    if (newState) {
        m_icon->setIcon(lampIcon(state));
        m_icon->show();
    }
    if (before != m_text)
        m_icon->setToolTip(m_text);
}

} // namespace odin
