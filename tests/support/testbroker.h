// TestBroker: a real nats-server on a free port with a store of its own, to be killed, frozen and started again at
// will. Thread: the test's. Owner: the test. It dies with the test program.
#pragma once

#include "core/feed/brokerchild.h"

#include <QTemporaryDir>

#include <memory>

namespace odin {

class TestBroker
{
public:
    enum class Kind { JetStream, Plain };

    explicit TestBroker(Kind kind = Kind::JetStream);
    ~TestBroker();
    TestBroker(const TestBroker &) = delete;
    TestBroker &operator=(const TestBroker &) = delete;

    /// Starts it, or starts it again on the same port and store. False when it is not ready within ten seconds.
    bool start();
    /// kill -9.
    void kill();
    /// SIGSTOP: connections stay and nothing answers. cont() ends it.
    void freeze();
    void cont();
    /// Throws away what the broker has stored; only while it is down.
    void wipe();

    QString url() const { return urlFor(m_file.user, m_file.password); }
    QString wrongUrl() const { return urlFor(m_file.user, QStringLiteral("wrong")); }
    quint16 port() const { return m_file.port; }

private:
    QString urlFor(const QString &user, const QString &password) const;
    QString configPath() const { return m_folder.filePath(QStringLiteral("nats.conf")); }

    QTemporaryDir m_folder;
    BrokerFile m_file;
    std::unique_ptr<BrokerChild> m_child;
};

/// A port that nothing listens on at this moment.
quint16 freePort();

} // namespace odin
