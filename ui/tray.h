// Tray: the lamp in the desktop's tray, with the window's few commands. Where there is no tray nothing happens; when
// one comes later, Qt adds the icon. Thread: main. Owner: MainWindow.
#pragma once

#include "core/model/snapshot.h"
#include "ui/models/lampstate.h"

#include <QMenu>
#include <QSystemTrayIcon>

#include <memory>
#include <optional>

namespace odin {

/// "Odin Console: Live, 12 clients", and what is wrong when something is.
QString trayText(const GatewaySnapshot &snapshot);

class Tray final : public QObject
{
    Q_OBJECT
public:
    explicit Tray(QWidget &window);

    /// Before what belongs to everybody's use of a tray.
    void addAction(QAction *action) { m_menu.insertAction(m_quit, action); }
    void present(const GatewaySnapshot &snapshot);

    const QMenu &menu() const { return m_menu; }
    QString text() const { return m_text; }

Q_SIGNALS:
    void quitAsked();

private:
    void turnWindow();

    QWidget &m_window;
    QMenu m_menu;
    QAction *m_turn;
    QAction *m_quit;
    std::unique_ptr<QSystemTrayIcon> m_icon; // none where there can be no tray
    std::optional<LampState> m_shown;
    QString m_text;
};

} // namespace odin
