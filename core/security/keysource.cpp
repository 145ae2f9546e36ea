#include "core/security/keysource.h"

#include "core/model/limits.h"

#include <QNetworkReply>
#include <QNetworkRequest>

namespace odin {

KeySource::KeySource(const QUrl &url) : m_url(url)
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(limits::keySetAnswerMsMax);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_cutShort = QStringLiteral("no answer within %1 ms").arg(limits::keySetAnswerMsMax.count());
        if (m_reply)
            m_reply->abort();
    });
}

KeySource::~KeySource()
{
    if (m_reply)
        m_reply->disconnect(this);
}

void KeySource::fetch()
{
    if (m_reply)
        return;
    QNetworkRequest request(m_url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // Debian's Qt is open to CVE-2023-51714 there
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("Accept-Encoding", "identity"); // so that what is counted is what is kept
    m_text.clear();
    m_cutShort.clear();
    m_reply = m_network.get(request);
    connect(m_reply, &QNetworkReply::readyRead, this, &KeySource::read);
    connect(m_reply, &QNetworkReply::finished, this, &KeySource::finish);
    m_deadline.start();
}

void KeySource::read()
{
    m_text += m_reply->read(limits::keySetBytesMax + 1 - m_text.size());
    if (m_text.size() <= limits::keySetBytesMax)
        return;
    m_cutShort = QStringLiteral("the answer is larger than %1 bytes").arg(limits::keySetBytesMax);
    m_reply->abort();
}

void KeySource::finish()
{
    m_deadline.stop();
    auto *reply = m_reply.data();
    m_reply.clear();
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!m_cutShort.isEmpty())
        Q_EMIT failed(m_cutShort);
    else if (status >= 300 && status < 400)
        Q_EMIT failed(
            QStringLiteral("the answer is a redirect, which is not followed: name the place where the keys are"));
    else if (status >= 400)
        Q_EMIT failed(QStringLiteral("the answer has the status %1")
                          .arg(status)); // Qt's sentence has the URL, which may hold a secret
    else if (reply->error() != QNetworkReply::NoError)
        Q_EMIT failed(reply->errorString());
    else
        Q_EMIT fetched(m_text + reply->readAll());
}

} // namespace odin
