// Which encoding a client gets, for what it says it accepts.
#include "core/http/contentcoding.h"

#include <QTest>

using namespace odin;

class TestContentCoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void best_data()
    {
        QTest::addColumn<QByteArray>("accepts");
        QTest::addColumn<QByteArray>("withAll");
        QTest::addColumn<QByteArray>("withGzip");
        const auto row = [](const char *accepts, const char *withAll, const char *withGzip) {
            QTest::newRow(accepts) << QByteArray(accepts) << QByteArray(withAll) << QByteArray(withGzip);
        };
        row("", "identity", "identity");
        row("gzip, deflate, br, zstd", "br", "gzip");
        row("gzip, deflate", "gzip", "gzip");
        row("GZIP", "gzip", "gzip");
        row("br", "br", "identity");
        row("br;q=0.5, gzip;q=0.8", "gzip", "gzip");
        row("gzip;q=0", "identity", "identity");
        row("gzip ; q=0.2 , br;q=0.1", "gzip", "gzip");
        row("*", "br", "gzip");
        row("*;q=0", "identity", "identity");
        row("br;q=0, *", "gzip", "gzip");
        row("identity", "identity", "identity");
        row("identity;q=0, gzip", "gzip", "gzip");
        row("identity;q=0", "identity", "identity"); // nothing else is left, and a page is better than none
        row("identity, gzip;q=0.5", "identity", "identity");
        row("gzip;q=2", "identity", "identity");
        row("gzip;q=-1", "identity", "identity");
        row("gzip;q=x", "identity", "identity");
        row("gzip;level=9;q=0.5", "gzip", "gzip");
        row("xgzip, gzipx, b r", "identity", "identity");
        row(",,;,q=1,", "identity", "identity");
    }

    void best()
    {
        QFETCH(const QByteArray, accepts);
        QFETCH(const QByteArray, withAll);
        QFETCH(const QByteArray, withGzip);
        const auto name = [&](auto has) { return codingName(bestCoding(accepts, has)).toByteArray(); };
        QCOMPARE(name([](ContentCoding) { return true; }), withAll);
        QCOMPARE(name([](ContentCoding coding) { return coding != ContentCoding::Brotli; }), withGzip);
        QCOMPARE(name([](ContentCoding coding) { return coding == ContentCoding::Identity; }), QByteArray("identity"));
    }
};

QTEST_APPLESS_MAIN(TestContentCoding)
#include "tst_contentcoding.moc"
