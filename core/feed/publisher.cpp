#include "core/feed/publisher.h"

#include "core/feed/connection.h"
#include "core/feed/failure.h"
#include "core/model/limits.h"

#include <algorithm>

namespace odin {

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

milliseconds until(SteadyTime deadline)
{
    return std::max(milliseconds(1), std::chrono::ceil<milliseconds>(deadline - steady_clock::now()));
}

QString publishTrouble(natsStatus status, jsErrCode code, const QByteArray &subject)
{
    if (code != 0 && status != NATS_NO_RESPONDERS)
        return u"The stream refused the message: %1 (code %2)."_s.arg(natsErrorText(status)).arg(int(code));
    switch (status) {
    case NATS_TIMEOUT:
        return u"The bus did not acknowledge in time: publish again with the same id, the message may be stored."_s;
    case NATS_CONNECTION_CLOSED:
    case NATS_CONNECTION_DISCONNECTED:
        return u"The connection to the bus was lost: publish again with the same id, the message may be stored."_s;
    case NATS_NO_RESPONDERS:
        return u"No stream takes %1: start a gateway once, it creates the stream."_s.arg(QString::fromUtf8(subject));
    default: return u"The bus did not take the message: %1."_s.arg(natsErrorText(status));
    }
}

} // namespace

Publisher::Publisher(QStringList urls, BusSecurity security) : m_urls(std::move(urls)), m_security(std::move(security)) {}

Publisher::~Publisher() = default;

Result<Seq> Publisher::publish(const QByteArray &subject, const QByteArray &payload, const QByteArray &messageId)
{
    const SteadyTime deadline = steady_clock::now() + limits::busPublishMsMax;
    if (const auto connected = connect(until(deadline)); !connected)
        return connected.error();
    return m_plain ? publishPlainly(subject, payload, until(deadline))
                   : publishToStream(subject, payload, messageId, until(deadline));
}

Result<Done> Publisher::connect(milliseconds wait)
{
    if (m_connection && m_connection->isOpen())
        return Done{};
    if (m_urls.isEmpty())
        return Error{u"No bus is named: give its address with --nats."_s};
    if (steady_clock::now() < m_retryAt)
        return Error{m_trouble};
    const SteadyTime deadline = steady_clock::now() + wait;
    const QString &url = m_urls[m_nextUrl++ % m_urls.size()];
    m_connection = std::make_unique<Connection>(BusAddress{url, m_security}, "odin-publisher", wait);
    if (m_connection->status() == NATS_OK) {
        m_plain = !hasJetStream(until(deadline) / 2);
        return Done{};
    }
    m_trouble = connectFailure(m_connection->status(), publicUrl(url)).text;
    m_connection.reset();
    m_retryAt = steady_clock::now() + limits::busRetryMsMin;
    return Error{m_trouble};
}

Result<Seq> Publisher::publishToStream(const QByteArray &subject, const QByteArray &payload,
                                       const QByteArray &messageId, milliseconds wait)
{
    jsPubOptions options;
    jsPubOptions_Init(&options);
    options.MsgId = messageId.isEmpty() ? nullptr : messageId.constData();
    options.MaxWait = wait.count();
    JsPubAckPtr ack;
    jsErrCode code{};
    const natsStatus s = js_Publish(out(ack), m_connection->jetStream(), subject.constData(), payload.constData(),
                                    int(payload.size()), &options, &code);
    if (s == NATS_OK)
        return Seq(ack->Sequence);
    return Error{publishTrouble(s, code, subject)};
}

Result<Seq> Publisher::publishPlainly(const QByteArray &subject, const QByteArray &payload, milliseconds wait)
{
    natsStatus s =
        natsConnection_Publish(m_connection->handle(), subject.constData(), payload.constData(), int(payload.size()));
    if (s == NATS_OK)
        s = natsConnection_FlushTimeout(m_connection->handle(), wait.count());
    if (s != NATS_OK)
        return Error{publishTrouble(s, {}, subject)};
    return Seq(0);
}

// Asked before the first publish: afterwards a plain subscriber makes a bus without JetStream look like a slow one.
// A user who may not ask counts as having it: only a plain "no" makes us give up the acknowledgements.
bool Publisher::hasJetStream(milliseconds wait) const
{
    jsOptions options;
    jsOptions_Init(&options);
    options.Wait = wait.count();
    JsAccountInfoPtr info;
    jsErrCode code{};
    const natsStatus s = js_GetAccountInfo(out(info), m_connection->jetStream(), &options, &code);
    return s != NATS_NO_RESPONDERS && code != JSNotEnabledErr && code != JSNotEnabledForAccountErr;
}

} // namespace odin
