// Signals: SIGTERM and SIGINT as a Qt signal; a second one ends the program at once.
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

private:
    QSocketNotifier m_notifier;
};

} // namespace odin
