// A key set by URL: what is taken as an answer, and that every other one ends in a sentence.
#include "core/model/limits.h"
#include "core/security/keysource.h"
#include "keyserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace odin;

namespace {

constexpr int patience = 30'000;

// What came of one fetch: "fetched: ..." or "failed: ...".
QString outcome(KeySource &source)
{
    QSignalSpy fetched(&source, &KeySource::fetched), failed(&source, &KeySource::failed);
    source.fetch();
    if (!QTest::qWaitFor([&] { return !fetched.isEmpty() || !failed.isEmpty(); }, patience))
        return QStringLiteral("nothing");
    return fetched.isEmpty() ? QStringLiteral("failed: ") + failed.first().first().toString()
                             : QStringLiteral("fetched: ") + QString::fromUtf8(fetched.first().first().toByteArray());
}

} // namespace

class TestKeySource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetches()
    {
        KeyServer server;
        server.give("{\"keys\":[]}");
        KeySource source{QUrl(server.url())};
        for (int i = 1; i <= 3; ++i) {
            QCOMPARE(outcome(source), QStringLiteral("fetched: {\"keys\":[]}"));
            QCOMPARE(server.requests(), i);
        }
        QVERIFY(server.lastHead().startsWith("GET /keys.json HTTP/1.1\r\n"));
    }

    void onlyOneAtATime()
    {
        KeyServer server;
        server.give("x");
        KeySource source{QUrl(server.url())};
        source.fetch();
        QCOMPARE(outcome(source), QStringLiteral("fetched: x"));
        QCOMPARE(server.requests(), 1);
    }

    void noAnswer_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("word");
        const QByteArray empty = "Connection: close\r\nContent-Length: 0\r\n\r\n";
        const auto row = [](const char *name, const QByteArray &answer, const char *word) {
            QTest::newRow(name) << answer << QString::fromLatin1(word);
        };
        row("not found", "HTTP/1.1 404 Not Found\r\n" + empty, "404");
        row("broken", "HTTP/1.1 500 Internal Server Error\r\n" + empty, "500");
        row("redirect", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n" + empty, "redirect");
        row("redirect to a file", "HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\n" + empty, "redirect");
        row("too large", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + QByteArray(limits::keySetBytesMax + 1, ' '),
            "larger");
        row("too large, said before",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1000000000\r\n\r\n"
                + QByteArray(limits::keySetBytesMax * 2, ' '),
            "larger");
        row("no HTTP", "hello\r\n\r\n", "");
        row("silence", "", "within");
    }

    void noAnswer()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, word);
        KeyServer server;
        server.answer(answer);
        KeySource source{QUrl(server.url())};
        const auto said = outcome(source);
        QVERIFY2(said.startsWith(QStringLiteral("failed: ")) && said.contains(word), qPrintable(said));
        server.give("x");
        QCOMPARE(outcome(source), QStringLiteral("fetched: x"));
    }

    void nobodyThere()
    {
        QString url;
        {
            url = KeyServer().url();
        }
        KeySource source{QUrl(url)};
        QVERIFY(outcome(source).startsWith(QStringLiteral("failed: ")));
    }

    void secretsOfTheUrlAreNotTold()
    {
        KeyServer server;
        server.give({}, "403 Forbidden");
        QUrl url(server.url());
        url.setUserInfo(QStringLiteral("me:hunter2"));
        url.setQuery(QStringLiteral("key=hunter2"));
        KeySource source(url);
        QVERIFY(!outcome(source).contains(QStringLiteral("hunter2")));
    }

    void endsWhileItWaits()
    {
        KeyServer server;
        auto source = std::make_unique<KeySource>(QUrl(server.url()));
        source->fetch();
        QTRY_COMPARE_WITH_TIMEOUT(server.requests(), 1, patience);
        source.reset();
    }
};

QTEST_GUILESS_MAIN(TestKeySource)
#include "tst_keysource.moc"
