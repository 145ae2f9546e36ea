#include "core/feed/failure.h"

#include <QRegularExpression>

namespace odin {

using namespace Qt::StringLiterals;

Failure connectFailure(natsStatus status, const QString &where)
{
    switch (status) {
    case NATS_CONNECTION_AUTH_FAILED:
    case NATS_NOT_PERMITTED:
        return {Trouble::Refused,
                u"The bus at %1 refuses the credentials: correct user and password of --nats, or the file of --nats-creds."_s
                    .arg(where)};
    case NATS_SECURE_CONNECTION_REQUIRED:
    case NATS_SECURE_CONNECTION_WANTED:
        return {Trouble::Refused,
                u"The bus at %1 and this program do not agree on TLS: use tls:// in --nats when the bus speaks TLS, "
                "and nats:// when it does not."_s.arg(where)};
    case NATS_SSL_ERROR:
        return {Trouble::Refused,
                u"TLS with the bus at %1 failed (%2): its certificate must be for that name and signed by who stands in "
                "--nats-ca, or by whom this machine trusts; --nats-cert and --nats-key are for a bus that asks for ours."_s
                    .arg(where, natsErrorText(status))};
    case NATS_INVALID_ARG:
    case NATS_ADDRESS_MISSING:
        return {Trouble::Refused, u"%1 is not an address of a bus: write nats://host:port in --nats."_s.arg(where)};
    case NATS_NO_SERVER:
    case NATS_IO_ERROR:
        return {Trouble::Unreachable, u"No bus answers at %1: start it or correct --nats."_s.arg(where)};
    case NATS_TIMEOUT:
        return {Trouble::Unreachable,
                u"The bus at %1 does not answer in time: look at the bus and the network."_s.arg(where)};
    default:
        return {Trouble::Unreachable,
                u"Connecting to the bus at %1 did not work (%2): look at the log of the bus."_s.arg(
                    where, natsErrorText(status))};
    }
}

Failure requestFailure(natsStatus status, jsErrCode code, const QString &task)
{
    switch (status) {
    case NATS_CONNECTION_CLOSED:
    case NATS_CONNECTION_DISCONNECTED:
    case NATS_INVALID_SUBSCRIPTION:
        return {Trouble::Unreachable, u"The connection to the bus was lost while %1."_s.arg(task)};
    case NATS_TIMEOUT:
        return {Trouble::Unreachable,
                u"The bus did not answer while %1: look at the health of JetStream, and whether this user may ask it."_s
                    .arg(task)};
    case NATS_NO_RESPONDERS:
        return {Trouble::Refused, u"JetStream is not available while %1: enable it on the bus."_s.arg(task)};
    default:
        return {Trouble::Refused,
                u"The bus refused while %1: %2 (code %3)."_s.arg(task, natsErrorText(status)).arg(int(code))};
    }
}

Failure deliveryFailure(natsStatus status)
{
    switch (status) {
    case NATS_CONNECTION_CLOSED:
    case NATS_INVALID_SUBSCRIPTION:
        return {Trouble::Unreachable, u"The connection to the bus was lost: look at the bus."_s};
    case NATS_MISMATCH: return {Trouble::Broken, u"A delivery is missing: reading again from the last one."_s};
    case NATS_SLOW_CONSUMER:
        return {Trouble::Broken, u"This machine was too slow for the bus: reading again from the last delivery."_s};
    default:
        return {Trouble::Broken,
                u"Reading ended (%1): reading again from the last delivery."_s.arg(natsErrorText(status))};
    }
}

QString natsErrorText(natsStatus status)
{
    static const QRegularExpression place(u"^\\(\\w+\\.c:\\d+\\): "_s); // in its source
    const char *text = nats_GetLastError(nullptr);
    return QString::fromUtf8(text && *text ? text : natsStatus_GetText(status)).remove(place);
}

QString publicUrl(const QString &url)
{
    const qsizetype scheme = url.indexOf("://"_L1);
    const QString host = url.sliced(scheme < 0 ? 0 : scheme + 3);
    return (scheme < 0 ? u"nats"_s : url.first(scheme)) + "://"_L1 + host.sliced(host.lastIndexOf(u'@') + 1);
}

} // namespace odin
