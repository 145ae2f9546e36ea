// FakeLoadTest: a script in the place of odin-loadtest, which says and does what a test tells it.
// Thread: main. Owner: the test.
#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace odin {

class FakeLoadTest
{
public:
    /// `script`: lines of sh; $ramp is what it was given as --ramp.
    QString program(const QByteArray &script) const
    {
        const auto path = m_folder.filePath(QStringLiteral("odin-loadtest"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        file.write("#!/bin/sh\nramp=0\nfor word; do [ \"$last\" = --ramp ] && ramp=$word; last=$word; done\n" + script
                   + '\n');
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }

    QString folder() const { return m_folder.path(); }

    /// Of so many clients, to be used in a line: p99 and whether it is missed.
    static QByteArray step(const QByteArray &clients, const QByteArray &verdict = "met")
    {
        return R"({"clients":)" + clients + R"(,"open":)" + clients
            + R"(,"seconds":1,"updatesPerSecond":340,"busiestThread":0.2,
 "deliveryMs":{"count":340,"p50":1,"p99":10,"max":20},"swarm":{"cores":0.2,"residentBytes":1e7},"gateway":{"cores":0.9,"residentBytes":1e8,"shards":1},
 "goals":[{"name":"p99","most":50,"measured":10,"verdict":")"
            + verdict + R"("}]})";
    }

    /// Says a line. It may hold $variables.
    static QByteArray say(QByteArray line) { return "cat <<end\n" + line.replace('\n', ' ') + "\nend\n"; }

    static QByteArray steps(const QByteArray &step)
    {
        return say(R"({"type":"step","step":1,"result":)" + step + '}')
            + say(R"({"type":"result","html":"<p>page","report":{"interrupted":false,"steps":[)" + step + "]}}");
    }

    static QByteArray started() { return say(R"({"type":"started","version":"7.7"})"); }
    static QByteArray holding(const QByteArray &clients)
    {
        return say(R"({"type":"progress","seconds":0.5,"step":1,"steps":1,"clients":)" + clients
                   + R"(,"phase":"holding","share":0.5,"open":)" + clients
                   + R"(,"updatesPerSecond":340,"p50":1,"p99":10,"max":20})");
    }

private:
    QTemporaryDir m_folder;
};

} // namespace odin
