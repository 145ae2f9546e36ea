#include "core/feed/brokerconfig.h"

#include "core/model/limits.h"

#include <QRegularExpression>

namespace odin {

using namespace Qt::StringLiterals;

namespace {

QString quoted(QString text)
{
    text.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
    return u'"' + text + u'"';
}

QString jetStreamBlock(const QString &storeFolder)
{
    return u"jetstream {\n  store_dir: %1\n  max_memory_store: 64MB\n  max_file_store: %2\n}\n"_s
        .arg(quoted(storeFolder))
        .arg(limits::brokerStoreBytesMax);
}

QtMsgType levelOf(QStringView tag)
{
    if (tag == "WRN"_L1)
        return QtWarningMsg;
    if (tag == "ERR"_L1 || tag == "FTL"_L1)
        return QtCriticalMsg;
    return tag == "INF"_L1 ? QtInfoMsg : QtDebugMsg;
}

} // namespace

QByteArray brokerConfigText(const BrokerFile &file)
{
    QString text = u"# Written by Odin Console at every start.\n"
                   "server_name: %1\nlisten: \"127.0.0.1:%2\"\nmax_payload: %3\n"_s.arg(quoted(file.serverName))
                       .arg(file.port)
                       .arg(limits::brokerPayloadBytesMax);
    if (file.jetStream)
        text += jetStreamBlock(file.storeFolder);
    text += u"accounts {\n  ODIN {\n%1    users: [ { user: %2, password: %3 } ]\n  }\n"
            "  SYS { users: [ { user: \"sys\", password: %4 } ] }\n}\nsystem_account: SYS\n"_s.arg(
                file.jetStream ? u"    jetstream: enabled\n"_s : QString(), quoted(file.user), quoted(file.password),
                quoted(file.systemPassword));
    return text.toUtf8();
}

BrokerLine parseBrokerLine(const QByteArray &line)
{
    static const QRegularExpression shape(u"^(?:\\[\\d+\\] )?(?:[\\d/]+ [\\d:.]+ )?\\[(\\w{3})\\] ?(.*)$"_s);
    const QString text = QString::fromUtf8(line).trimmed();
    const auto match = shape.match(text);
    if (!match.hasMatch()) // what comes before its logger stands, for example about its configuration
        return {QtWarningMsg, text};
    const QString said = match.captured(2);
    // Its banner is decoration, and its warning about passwords in the file is meant for files that others can read.
    const bool noise = said.isEmpty() || !said.front().isLetterOrNumber() || said.startsWith("Plaintext passwords"_L1);
    return {noise ? QtDebugMsg : levelOf(match.capturedView(1)), said};
}

bool saysReady(const BrokerLine &line) { return line.text == "Server is ready"_L1; }

bool saysPortTaken(const BrokerLine &line) { return line.text.contains("address already in use"_L1); }

} // namespace odin
