// Signals: SIGTERM, SIGINT and SIGHUP as Qt signals; a second SIGTERM or SIGINT ends the program at once.
// Thread: main. Owner: main(); one per process.
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace odin {

class Signals : public QObject
{
    Q_OBJECT
public:
    Signals();

Q_SIGNALS:
    void stopAsked();
    /// SIGHUP: certificates, keys and lists are to be read anew.
    void reloadAsked();

private:
    QSocketNotifier m_notifier;
};

} // namespace odin
