// What a client's frames look like from outside, however the network cuts them.
#include "core/wire/framescanner.h"

#include <QTest>

using namespace odin;

namespace {

QByteArray frame(int first, qsizetype size, bool masked = true)
{
    QByteArray bytes(1, char(first));
    const int mask = masked ? 0x80 : 0;
    if (size < 126) {
        bytes.append(char(size | mask));
    } else if (size < 65536) {
        bytes.append(char(126 | mask)).append(char(size >> 8)).append(char(size));
    } else {
        bytes.append(char(127 | mask)).append(4, '\0');
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.append(char(size >> shift));
    }
    return bytes.append(masked ? 4 : 0, 'm').append(size, '\x81');
}

constexpr int text = 0x81, textBegins = 0x01, goesOn = 0x00, ends = 0x80, ping = 0x89, pong = 0x8a;

} // namespace

class TestFrameScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("controls");
        QTest::addColumn<int>("pieces");
        QTest::addColumn<bool>("isUnmasked");
        QTest::addColumn<bool>("isInside");
        QTest::newRow("nothing") << QByteArray() << 0 << 0 << false << false;
        QTest::newRow("a command") << frame(text, 40) << 0 << 0 << false << false;
        QTest::newRow("an empty message") << frame(text, 0) << 0 << 0 << false << false;
        QTest::newRow("length in 2 bytes") << frame(text, 300) << 0 << 0 << false << false;
        QTest::newRow("length in 8 bytes") << frame(text, 70'000) << 0 << 0 << false << false;
        QTest::newRow("pings and pongs") << frame(ping, 0) + frame(pong, 125) + frame(ping, 3) << 3 << 0 << false << false;
        QTest::newRow("in pieces") << frame(textBegins, 5) + frame(goesOn, 5) + frame(ends, 5) << 0 << 3 << false << false;
        QTest::newRow("a ping between pieces")
            << frame(textBegins, 5) + frame(ping, 0) + frame(ends, 5) << 1 << 2 << false << false;
        QTest::newRow("a message that does not end") << frame(textBegins, 5) << 0 << 1 << false << true;
        QTest::newRow("half a head") << frame(text, 300).left(3) << 0 << 0 << false << true;
        QTest::newRow("half a payload") << frame(text, 300).left(100) << 0 << 0 << false << true;
        QTest::newRow("not masked") << frame(text, 5, false) << 0 << 0 << true << false;
        QTest::newRow("not masked, after one that is") << frame(text, 5) + frame(ping, 5, false) << 1 << 0 << true << false;
        QTest::newRow("as long as can be said")
            << QByteArray("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xffmask", 14) << 0 << 0 << false << true;
    }
    void counts()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, controls);
        QFETCH(int, pieces);
        QFETCH(bool, isUnmasked);
        QFETCH(bool, isInside);
        for (const qsizetype step : {qsizetype(1), qsizetype(2), qsizetype(7), std::max<qsizetype>(1, bytes.size())}) {
            FrameScanner scanner;
            FrameScanner::Seen all;
            for (qsizetype at = 0; at < bytes.size(); at += step) {
                const auto seen = scanner.feed(QByteArrayView(bytes).sliced(at).first(std::min(step, bytes.size() - at)));
                all.controls += seen.controls;
                all.pieces += seen.pieces;
                all.isUnmasked = all.isUnmasked || seen.isUnmasked;
            }
            QCOMPARE(all.controls, controls);
            QCOMPARE(all.pieces, pieces);
            QCOMPARE(all.isUnmasked, isUnmasked);
            QCOMPARE(scanner.isInside(), isInside);
        }
    }

    void anEndIsSeenThoughTheNextHasBegun()
    {
        FrameScanner scanner;
        QVERIFY(!scanner.feed(frame(text, 20).first(10)).hasEnded);
        QVERIFY(scanner.feed(frame(text, 20).sliced(10) + frame(text, 20).first(3)).hasEnded);
        QVERIFY(scanner.isInside());
        QVERIFY(!scanner.feed(frame(text, 20).sliced(3).first(5)).hasEnded);
    }
};

QTEST_GUILESS_MAIN(TestFrameScanner)
#include "tst_framescanner.moc"
