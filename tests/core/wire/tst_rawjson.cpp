// Pieces of JSON as they were written.
#include "core/model/limits.h"
#include "core/wire/rawjson.h"

#include <QTest>

using namespace odin;

namespace {

/// JSON written with ' for ", because that reads better in C++.
QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

} // namespace

class TestRawJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsMembers()
    {
        const QByteArray text = json(" { 'a' : 1.0 , 'b':'x,}\\']' ,'c':{'d':[1,2]},'e':[] } ");
        const auto members = splitTopLevel(text);
        QVERIFY(members);
        QCOMPARE(members->size(), 4u);
        QCOMPARE(members->at(0).toByteArray(), "\"a\" : 1.0");
        QCOMPARE(keyOf(members->at(0)), "a");
        QCOMPARE(rawValue(members->at(0)).toByteArray(), "1.0");
        QCOMPARE(rawValue(members->at(1)).toByteArray(), json("'x,}\\']'"));
        QCOMPARE(rawValue(members->at(2)).toByteArray(), json("{'d':[1,2]}"));
    }

    void splitsElements()
    {
        const QByteArray text = json("[1,[2,3],{'a':']'},'x']");
        const auto elements = splitTopLevel(text);
        QVERIFY(elements);
        QCOMPARE(elements->size(), 4u);
        QCOMPARE(elements->at(2).toByteArray(), json("{'a':']'}"));
        QCOMPARE(splitTopLevel("[]")->size(), 0u);
        QCOMPARE(splitTopLevel(" { } ")->size(), 0u);
    }

    void isStrict_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"{'a':'\\q'}", "{'a':'\t'}", "{'a':1.}", "{'a':.5}", "{'a':[1.]}", "{'\\x':1}", "{'a':-}",
                                 "{'a':1e}", "{'a':1,'a':1}", "{'a':1,'b':2,'\\u0061':3}", "{'a':'\\ud800'}", "{'a':'\\udc00'}",
                                 "{'a':'\\ud800\\ud800'}", "{'a':'\\ud800x'}", "{'a':'\\ud800\\n'}", "{'a':['\\udbff']}", "{'\\ud800':1}"})
            QTest::newRow(text) << json(text);
    }

    void isStrict()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!splitTopLevel(text));
    }

    void isNoStricter_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"{'a':'\\ud83d\\ude00'}", "{'a':'\\u0000\\n'}", "{'\\u00e9':1,'e':2}", "{'a':1e300,'b':1e-400}", "{'a':{'a':{'a':1}}}",
                                 "{'a':[1,1,'a','a']}", "{'':1}"})
            QTest::newRow(text) << json(text);
    }

    void isNoStricter()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(splitTopLevel(text));
    }

    void isNotNestedForEver()
    {
        const auto nested = [](int depth) { return "{\"a\":" + QByteArray(depth, '[') + QByteArray(depth, ']') + '}'; };
        QVERIFY(splitTopLevel(nested(limits::payloadDepthMax - 1)));
        QVERIFY(!splitTopLevel(nested(limits::payloadDepthMax)));
    }

    void keysAreWhatTheyMean()
    {
        QCOMPARE(keyOf(json("'\\u0073eq':1")), "seq");
        const QByteArray hidden = json("{'a':1,'\\u0063onflated':2}");
        QCOMPARE(joinMembers(*splitTopLevel(hidden), {"conflated"}), json("{'a':1}"));
    }

    void joins()
    {
        const QByteArray text = json("{'a':1,'seq':2,'b':3}");
        const auto members = *splitTopLevel(text);
        QCOMPARE(joinMembers(members, {"seq"}), json("{'a':1,'b':3}"));
        QCOMPARE(joinMembers(members, {"a", "b", "seq"}), "{}");
        QCOMPARE(joinMembers(members, {"a", "b", "seq"}, "\"c\":4"), json("{'c':4}"));
        QCOMPARE(joinMembers(members, {}, "\"c\":4"), json("{'a':1,'seq':2,'b':3,'c':4}"));
    }
};

QTEST_APPLESS_MAIN(TestRawJson)
#include "tst_rawjson.moc"
