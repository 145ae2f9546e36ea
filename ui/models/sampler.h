// Sampler: asks the gateway for its newest snapshot at the console's own pace, and feeds everything in the window.
// Thread: main. Owner: MainWindow.
#pragma once

#include "core/flow/operatorport.h"

#include <QObject>
#include <QTimer>

namespace odin {

/// Whether anybody can see the window.
enum class Watched { No, Yes };

class Sampler final : public QObject
{
    Q_OBJECT
public:
    /// Starts as Watched::No.
    explicit Sampler(const OperatorPort &gateway, QObject *parent = nullptr);

    /// A hidden window is fed more slowly, not left alone: its charts would have holes when it comes back.
    void setWatched(Watched watched);
    /// Asks now.
    void sample();

Q_SIGNALS:
    /// A snapshot that was not seen before.
    void sampled(const odin::SnapshotPtr &snapshot);

private:
    const OperatorPort &m_gateway;
    QTimer m_timer;
    SnapshotPtr m_last;
};

} // namespace odin
