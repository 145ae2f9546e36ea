// KeySource: fetches a key set by its URL, one answer at a time. It follows no redirect, and an answer has a bound in
// bytes and time. Thread: the one that made it (control). Owner: TokenWarden.
#pragma once

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

class QNetworkReply;

namespace odin {

class KeySource : public QObject
{
    Q_OBJECT
public:
    explicit KeySource(const QUrl &url);
    ~KeySource() override;

    /// Nothing happens while an answer is waited for.
    void fetch();

Q_SIGNALS:
    void fetched(const QByteArray &text);
    void failed(const QString &why);

private:
    void read();
    void finish();

    const QUrl m_url;
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    QByteArray m_text;
    QString m_cutShort; // why we ended it ourselves
    QTimer m_deadline;
};

} // namespace odin
