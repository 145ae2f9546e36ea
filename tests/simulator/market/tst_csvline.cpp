// Lines of files of trades, good and bad.
#include "core/model/limits.h"
#include "simulator/market/csvline.h"

#include <QTest>

using namespace odin;

class TestCsvLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArrayList>("fields");
        QTest::newRow("plain") << QByteArray("a,b,c") << QByteArrayList{"a", "b", "c"};
        QTest::newRow("spaces") << QByteArray(" a ,\tb , c d") << QByteArrayList{"a", "b", "c d"};
        QTest::newRow("empty fields") << QByteArray(",,") << QByteArrayList{"", "", ""};
        QTest::newRow("empty line") << QByteArray("") << QByteArrayList{""};
        QTest::newRow("quotes")
            << QByteArray("\"a\",\"b,c\" , \"d\"\"e\",\"\"") << QByteArrayList{"a", "b,c", "d\"e", ""};
        QTest::newRow("open quote") << QByteArray("\"a,b") << QByteArrayList{};
        QTest::newRow("text after quote") << QByteArray("\"a\"b,c") << QByteArrayList{};
    }
    void splits()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArrayList, fields);
        const auto got = splitCsv(line);
        QCOMPARE(got.has_value(), !fields.isEmpty());
        if (got)
            QCOMPARE(QByteArrayList(got->begin(), got->end()), fields);
    }

    void headers()
    {
        QVERIFY(isCsvHeader("time,token,price,volume"));
        QVERIFY(isCsvHeader("\"Timestamp\",\"Symbol\""));
        QVERIFY(!isCsvHeader("1760000000,BTC,1,1"));
        QVERIFY(!isCsvHeader("\"open"));
    }

    void times_data()
    {
        QTest::addColumn<QByteArray>("time");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("ms") << QByteArray("1760000000123") << Q_INT64_C(1760000000123);
        QTest::newRow("s") << QByteArray("1760000000") << Q_INT64_C(1760000000000);
        QTest::newRow("fraction of s") << QByteArray("1760000000.125") << Q_INT64_C(1760000000125);
        QTest::newRow("epoch") << QByteArray("0") << Q_INT64_C(0);
        QTest::newRow("iso") << QByteArray("2025-10-09T08:53:20Z") << Q_INT64_C(1760000000000);
        QTest::newRow("iso ms") << QByteArray("2025-10-09T08:53:20.123Z") << Q_INT64_C(1760000000123);
        QTest::newRow("iso offset") << QByteArray("2025-10-09T10:53:20+02:00") << Q_INT64_C(1760000000000);
        QTest::newRow("iso without zone is UTC") << QByteArray("2025-10-09T08:53:20") << Q_INT64_C(1760000000000);
        QTest::newRow("iso in an hour that summer time skips")
            << QByteArray("2025-03-30T02:30:00") << Q_INT64_C(1743301800000);
        QTest::newRow("iso with a space") << QByteArray("2025-10-09 08:53:20.5") << Q_INT64_C(1760000000500);
    }
    void times()
    {
        QFETCH(QByteArray, time);
        const auto trade = parseTrade(time + ",BTC,1,1");
        QVERIFY(trade.ok());
        QTEST(trade->timeMs, "ms");
    }

    void keepsNumbers()
    {
        const auto trade = parseTrade("1760000000,\"BTC\", 6.421842e4 ,0.00012,buy,\"more\"");
        QVERIFY(trade.ok());
        QCOMPARE(trade->token, QByteArray("BTC"));
        QCOMPARE(trade->price, 64218.42);
        QCOMPARE(trade->volume, 0.00012);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("why");
        const auto add = [](const char *name, const char *line, const char *why) {
            QTest::newRow(name) << QByteArray(line) << QString::fromLatin1(why);
        };
        add("empty", "", "columns");
        add("three columns", "1760000000,BTC,1", "columns");
        add("open quote", "1760000000,\"BTC,1,1", "quote");
        add("no time", ",BTC,1,1", "time");
        add("word as time", "yesterday,BTC,1,1", "time");
        add("negative time", "-5,BTC,1,1", "time");
        add("time before 1970", "1969-12-31T23:59:59Z,BTC,1,1", "time");
        add("NaN time", "nan,BTC,1,1", "time");
        add("infinite time", "inf,BTC,1,1", "time");
        add("microseconds", "1760000000123456,BTC,1,1", "time");
        add("month 13", "2025-13-01T00:00:00Z,BTC,1,1", "time");
        add("no token", "1760000000,,1,1", "token");
        add("token with a dot", "1760000000,BTC.USD,1,1", "token");
        add("token too long", "1760000000,ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456,1,1", "token");
        add("token not ASCII", "1760000000,\xC3\x84,1,1", "token");
        add("no price", "1760000000,BTC,,1", "price");
        add("word as price", "1760000000,BTC,high,1", "price");
        add("zero price", "1760000000,BTC,0,1", "price");
        add("negative price", "1760000000,BTC,-1,1", "price");
        add("NaN price", "1760000000,BTC,NaN,1", "price");
        add("infinite price", "1760000000,BTC,inf,1", "price");
        add("overflowing price", "1760000000,BTC,1e999,1", "price");
        add("tiny price", "1760000000,BTC,1e-300,1", "price");
        add("hexadecimal price", "1760000000,BTC,0x10,1", "price");
        add("negative volume", "1760000000,BTC,1,-1", "volume");
        add("NaN volume", "1760000000,BTC,1,nan", "volume");
        add("volume of everything", "1760000000,BTC,1,1e300", "volume");
    }
    void refuses()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, why);
        const auto trade = parseTrade(line);
        QVERIFY(!trade.ok());
        QVERIFY2(trade.error().text.contains(why), qPrintable(trade.error().text));
    }

    void anyBytesAreSurvived()
    {
        quint32 state = 1;
        for (int round = 0; round < 20'000; ++round) {
            QByteArray line;
            for (quint32 i = 0, n = (state >> 8) % 40; i < n; ++i) {
                state = state * 1664525 + 1013904223;
                line += "0123456789,,,\"\" .-eTZ:\r\0\xff"[(state >> 16) % 26];
            }
            state = state * 1664525 + 1013904223;
            const auto trade = parseTrade(line);
            QVERIFY(!trade.ok() || (trade->price > 0 && trade->volume >= 0 && trade->timeMs >= 0));
        }
    }
};

QTEST_APPLESS_MAIN(TestCsvLine)
#include "tst_csvline.moc"
