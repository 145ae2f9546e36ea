// The encodings of tokens: every text has one spelling, and every other one is refused.
#include "core/security/jwttext.h"

#include <QTest>

using namespace odin;

class TestJwtText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesWhatItEncodes()
    {
        for (int size = 0; size < 70; ++size) {
            QByteArray bytes;
            for (int i = 0; i < size; ++i)
                bytes.append(char(i * 37 + size));
            QCOMPARE(fromBase64Url(toBase64Url(bytes)), std::optional(bytes));
        }
    }

    void otherSpellings_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("padding") << QByteArray("YQ==");
        QTest::newRow("padding, whole") << QByteArray("YWFh=");
        QTest::newRow("plus") << QByteArray("ab+c");
        QTest::newRow("slash") << QByteArray("ab/c");
        QTest::newRow("space") << QByteArray("YW Fh");
        QTest::newRow("line") << QByteArray("YWFh\n");
        QTest::newRow("one letter") << QByteArray("Y");
        QTest::newRow("five letters") << QByteArray("YWFhY");
        QTest::newRow("stray bits") << QByteArray("YR");
        QTest::newRow("stray bits of two bytes") << QByteArray("YWF");
        QTest::newRow("not ASCII") << QByteArray("YW\xc3\xa4");
        QTest::newRow("a zero byte") << QByteArray("YW\0h", 4);
        QTest::newRow("a dot") << QByteArray("YW.h");
    }

    void otherSpellings()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!fromBase64Url(text));
    }

    void objects_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("good");
        const auto row = [](const char *name, const QByteArray &json, bool good) {
            QTest::newRow(name) << json << good;
        };
        row("object", "{\"a\":1}", true);
        row("white space", " { \"a\" : 1 }\n", true);
        row("nested", "{\"a\":{\"b\":[1,{}]}}", true);
        row("empty", "{}", false);
        row("nothing", "", false);
        row("array", "[1]", false);
        row("text", "\"a\"", false);
        row("null", "null", false);
        row("two", "{\"a\":1}{}", false);
        row("cut", "{\"a\":1", false);
        row("comma", "{\"a\":1,}", false);
        row("same name", "{\"a\":1,\"a\":2}", false);
        row("same name, escaped", "{\"a\":1,\"\\u0061\":2}", false);
        row("byte order mark", "\xef\xbb\xbf{\"a\":1}", false);
        row("not UTF-8", "{\"a\":\"\xff\"}", false);
        row("single quotes", "{'a':1}", false);
        row("comment", "{\"a\":1/**/}", false);
        row("raw line break", "{\"a\":\"\n\"}", false);
        row("NaN", "{\"a\":NaN}", false);
        row("deep", QByteArray("{\"a\":") + QByteArray(5000, '[') + QByteArray(5000, ']') + "}", false);
    }

    void objects()
    {
        QFETCH(QByteArray, json);
        QFETCH(bool, good);
        QCOMPARE(strictObject(json).has_value(), good);
    }
};

QTEST_GUILESS_MAIN(TestJwtText)
#include "tst_jwttext.moc"
