// Pieces of JSON as they were written.
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
        QCOMPARE(rawKey(members->at(0)).toByteArray(), "a");
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
                                 "{'a':1e}"})
            QTest::newRow(text) << json(text);
    }

    void isStrict()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!splitTopLevel(text));
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
