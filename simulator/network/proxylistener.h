// ProxyListener: the port of a fault proxy on 127.0.0.1, that can be shut and opened again without losing its number.
// Thread: that of its owner. Owner: the FaultProxy.
#pragma once

#include "core/model/result.h"

#include <QTcpServer>

namespace odin {

class ProxyListener final : public QTcpServer
{
    Q_OBJECT
public:
    explicit ProxyListener(QObject *parent = nullptr);
    ~ProxyListener() override;

    /// 0: any free port. Listens.
    Result<Done> open(quint16 port);
    /// The system refuses whoever comes; the port stays ours.
    void refuse() { QTcpServer::close(); }
    Result<Done> accept();
    /// Gives the port back.
    void close();

    quint16 port() const { return m_port; }

Q_SIGNALS:
    /// Whoever takes it closes it.
    void accepted(int descriptor);

protected:
    void incomingConnection(qintptr descriptor) override { Q_EMIT accepted(int(descriptor)); }

private:
    void retry();

    int m_holder = -1; // bound, and never listening
    quint16 m_port = 0;
};

} // namespace odin
