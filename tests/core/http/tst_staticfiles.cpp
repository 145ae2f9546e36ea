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
        write("web/assets/style.css.gz", "gzipped");
        write("web/assets/style.css.br", "brotlied");
        write("web/alone.gz", "no file of that name without .gz");
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
        }
    }

    void thePageMayDoLittle()
    {
        const auto policy = fieldOf(ask("/"), "Content-Security-Policy");
        for (const char *rule : {"default-src 'none'", "script-src 'self'", "connect-src 'self'",
                                 "frame-ancestors 'none'", "require-trusted-types-for 'script'"})
            QVERIFY2(policy.contains(rule), rule);
        for (const char *hole : {"unsafe", "data:", "*", "http:", "ws:"})
            QVERIFY2(!policy.contains(hole), hole);
        QCOMPARE(fieldOf(ask("/"), "X-Content-Type-Options"), QByteArray("nosniff"));
        QCOMPARE(fieldOf(ask("/"), "Referrer-Policy"), QByteArray("no-referrer"));
        QCOMPARE(fieldOf(ask("/"), "Cross-Origin-Opener-Policy"), QByteArray("same-origin"));
        QCOMPARE(fieldOf(ask("/assets/style.css"), "Cross-Origin-Resource-Policy"), QByteArray("same-origin"));
    }

    void encodedTwinsAreServedToWhoTakesThem_data()
    {
        QTest::addColumn<QByteArray>("accepts");
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a browser") << QByteArray("gzip, deflate, br") << QByteArray("br") << QByteArray("brotlied");
        QTest::newRow("an old one") << QByteArray("gzip") << QByteArray("gzip") << QByteArray("gzipped");
        QTest::newRow("curl") << QByteArray() << QByteArray() << QByteArray("a{}");
    }

    void encodedTwinsAreServedToWhoTakesThem()
    {
        QFETCH(const QByteArray, accepts);
        QFETCH(const QByteArray, encoding);
        QFETCH(const QByteArray, body);
        const auto response = ask("/assets/style.css", {{"Accept-Encoding", accepts}});
        QCOMPARE(response.body, body);
        QCOMPARE(fieldOf(response, "Content-Encoding"), encoding);
        QCOMPARE(fieldOf(response, "Vary"), QByteArray("Accept-Encoding"));
        QCOMPARE(response.contentType, QByteArray("text/css; charset=utf-8"));
        QVERIFY(fieldOf(response, "Cache-Control").contains("immutable"));
    }

    // A cache that asks with the tag of one encoding must not be told that it has another.
    void eachEncodingHasItsOwnTag()
    {
        const auto tag = [this](const QByteArray &accepts) {
            return fieldOf(ask("/assets/style.css", {{"Accept-Encoding", accepts}}), "ETag");
        };
        QVERIFY(tag("br") != tag("gzip") && tag("gzip") != tag("") && tag("br") != tag(""));
        const auto status = [&](const QByteArray &accepts, const QByteArray &has) {
            return ask("/assets/style.css", {{"Accept-Encoding", accepts}, {"If-None-Match", has}}).status;
        };
        QCOMPARE(status("br", tag("br")), 304);
        QCOMPARE(status("br", tag("gzip")), 200);
        QCOMPARE(status("", tag("br")), 200);
        QCOMPARE(fieldOf(ask("/assets/style.css", {{"Accept-Encoding", "br"}, {"If-None-Match", tag("br")}}), "Vary"),
                 QByteArray("Accept-Encoding"));
    }

    void filesWithoutTwinsAreServedAsTheyAre()
    {
        const auto response = ask("/data.xyz", {{"Accept-Encoding", "gzip, br"}});
        QCOMPARE(response.body, QByteArray("?"));
        QCOMPARE(fieldOf(response, "Content-Encoding"), QByteArray());
        QCOMPARE(fieldOf(response, "Vary"), QByteArray());
        QCOMPARE(ask("/alone.gz").status, 200);
        for (const QByteArray twin : {"/assets/style.css.gz", "/assets/style.css.br"})
            QCOMPARE(ask(twin).status, 404);
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
    HttpResponse ask(const QByteArray &path, std::vector<std::pair<QByteArray, QByteArray>> fields = {}) const
    {
        return m_router.route({"GET", path, {}, {}, std::move(fields)});
    }

    QTemporaryDir m_folder;
    Router m_router;
};

QTEST_APPLESS_MAIN(TestStaticFiles)
#include "tst_staticfiles.moc"
