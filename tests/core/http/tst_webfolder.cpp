// A developer's folder: what is in it now, and nothing outside of it.
#include "core/http/staticfiles.h"
#include "core/model/limits.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace odin;

class TestWebFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkpath(QStringLiteral("web/assets")));
        write("web/index.html", "first");
        write("web/assets/a-1.js", "let a");
        write("web/.hidden", "secret");
        write("secret", "secret");
        QVERIFY(
            QFile::link(m_folder.filePath(QStringLiteral("secret")), m_folder.filePath(QStringLiteral("web/link"))));
        m_router.get("/livez", [](const HttpRequest &) { return HttpResponse{200, "text/plain", "ok", {}}; });
        addWebFolder(m_router, m_folder.filePath(QStringLiteral("web")));
    }

    void servesWhatIsThereNow()
    {
        QCOMPARE(ask("/").body, QByteArray("first"));
        QCOMPARE(ask("/assets/a-1.js").body, QByteArray("let a"));
        QCOMPARE(ask("/assets/b-2.js").status, 404);
        write("web/index.html", "second");
        write("web/assets/b-2.js", "let b");
        QCOMPARE(ask("/").body, QByteArray("second"));
        QCOMPARE(ask("/index.html").body, QByteArray("second"));
        QCOMPARE(ask("/assets/b-2.js").body, QByteArray("let b"));
    }

    void cachesNothingUnchecked()
    {
        const auto script = ask("/assets/a-1.js");
        QCOMPARE(fieldOf(script, "Cache-Control"), QByteArray("no-cache"));
        const auto again =
            m_router.route({"GET", "/assets/a-1.js", {}, {}, {{"If-None-Match", fieldOf(script, "ETag")}}});
        QCOMPARE(again.status, 304);
    }

    void routesComeFirst() { QCOMPARE(ask("/livez").body, QByteArray("ok")); }

    void nothingElseCanBeHad_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path :
             {"/../secret", "/assets/../../secret", "/./index.html", "/assets", "/assets/", "//index.html", "/.hidden",
              "/assets/.", "/link", "/missing", "", "index.html", "/assets//a-1.js"})
            QTest::addRow("%s", path) << QByteArray(path);
        QTest::newRow("a zero byte") << QByteArray("/index.html\0.js", 15);
        QTest::newRow("no UTF-8") << QByteArray("/\xff\xfe");
    }

    void nothingElseCanBeHad()
    {
        QFETCH(const QByteArray, path);
        QCOMPARE(ask(path).status, 404);
        QVERIFY(!ask(path).body.contains("secret"));
    }

    void hugeFilesAreNotRead()
    {
        QFile file(m_folder.filePath(QStringLiteral("web/huge.bin")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(limits::webFileBytesMax + 1));
        QCOMPARE(ask("/huge.bin").status, 404);
        QVERIFY(file.resize(limits::webFileBytesMax));
        QCOMPARE(ask("/huge.bin").status, 200);
    }

    void nothingCanBeChanged() { QCOMPARE(m_router.route({"POST", "/index.html", {}, {}, {}}).status, 405); }

private:
    static QByteArray fieldOf(const HttpResponse &response, const QByteArray &name)
    {
        return HttpRequest{{}, {}, {}, {}, response.fields}.field(name);
    }
    void write(const char *name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    HttpResponse ask(const QByteArray &path) const { return m_router.route({"GET", path, {}, {}, {}}); }

    QTemporaryDir m_folder;
    Router m_router;
};

QTEST_APPLESS_MAIN(TestWebFolder)
#include "tst_webfolder.moc"
