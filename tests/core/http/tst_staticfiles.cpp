// The page's files: types, caching, and nothing outside the folder.
#include "core/http/staticfiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

namespace {

QByteArray fieldOf(const HttpResponse &response, const QByteArray &name)
{
    return HttpRequest{{}, {}, {}, {}, response.fields}.field(name);
}

} // namespace

class TestStaticFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("web/assets")));
        write("web/index.html", "<!doctype html>");
        write("web/assets/index-1a2b.js", "let a");
        write("web/assets/style.css", "a{}");
        write("web/data.xyz", "?");
        write("secret", "secret");
        addStaticFiles(m_router, m_folder.filePath(QStringLiteral("web")));
    }

    void servesThePage()
    {
        for (const QByteArray path : {"/", "/index.html"}) {
            const auto response = ask(path);
            QCOMPARE(response.status, 200);
            QCOMPARE(response.body, QByteArray("<!doctype html>"));
            QCOMPARE(response.contentType, QByteArray("text/html; charset=utf-8"));
            QCOMPARE(fieldOf(response, "Cache-Control"), QByteArray("no-cache"));
            QVERIFY(fieldOf(response, "Content-Security-Policy").startsWith("default-src 'self'"));
        }
    }

    void assetsNeverChange()
    {
        const auto script = ask("/assets/index-1a2b.js");
        QCOMPARE(script.contentType, QByteArray("text/javascript; charset=utf-8"));
        QVERIFY(fieldOf(script, "Cache-Control").contains("immutable"));
        QCOMPARE(ask("/assets/style.css").contentType, QByteArray("text/css; charset=utf-8"));
        QCOMPARE(ask("/data.xyz").contentType, QByteArray("application/octet-stream"));
        QVERIFY(!fieldOf(ask("/data.xyz"), "Cache-Control").contains("immutable"));
    }

    void whatTheClientHasIsNotSentAgain_data()
    {
        QTest::addColumn<QByteArray>("ifNoneMatch");
        QTest::addColumn<int>("status");
        const auto tag = fieldOf(ask("/"), "ETag");
        QVERIFY(tag.size() > 10 && tag.startsWith('"') && tag.endsWith('"'));
        QTest::newRow("the same") << tag << 304;
        QTest::newRow("weakened by a proxy") << "W/" + tag << 304;
        QTest::newRow("one of several") << "\"old\", " + tag << 304;
        QTest::newRow("another") << QByteArray("\"old\"") << 200;
        QTest::newRow("none") << QByteArray() << 200;
        QTest::newRow("not quoted") << tag.mid(1, 5) << 200;
    }

    void whatTheClientHasIsNotSentAgain()
    {
        QFETCH(const QByteArray, ifNoneMatch);
        QFETCH(const int, status);
        const auto response = m_router.route({"GET", "/", {}, {}, {{"If-None-Match", ifNoneMatch}}});
        QCOMPARE(response.status, status);
        QCOMPARE(response.body.isEmpty(), status == 304);
        QCOMPARE(fieldOf(response, "ETag"), fieldOf(ask("/"), "ETag"));
    }

    void tagsDependOnTheContent() { QVERIFY(fieldOf(ask("/"), "ETag") != fieldOf(ask("/data.xyz"), "ETag")); }

    void nothingElseIsThere()
    {
        for (const QByteArray path : {"/../secret", "/secret", "/assets", "/assets/", "/%2e%2e/secret", "//index.html"})
            QCOMPARE(ask(path).status, 404);
        QCOMPARE(m_router.route({"POST", "/", {}, {}, {}}).status, 405);
    }

private:
    void write(const char *name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    HttpResponse ask(const QByteArray &path) const { return m_router.route({"GET", path, {}, {}, {}}); }

    QTemporaryDir m_folder;
    Router m_router;
};

QTEST_APPLESS_MAIN(TestStaticFiles)
#include "tst_staticfiles.moc"
