// The list of revoked tokens and users: how it is read, and what is no list.
#include "core/model/limits.h"
#include "core/security/revokedlist.h"

#include <QTest>

using namespace odin;

namespace {

Identity who(const QByteArray &subject, const QByteArray &tokenId = {})
{
    Identity identity;
    identity.subject = subject;
    identity.tokenId = tokenId;
    return identity;
}

} // namespace

class TestRevokedList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTokensAndUsers()
    {
        const auto list = RevokedList::parse("# of today\nt-1\r\n\n  t-2  \nsub:mallory\nsub:a b\n").value();
        QCOMPARE(list.size(), 4);
        QVERIFY(list.contains(who("alice", "t-1")));
        QVERIFY(list.contains(who("alice", "t-2")));
        QVERIFY(list.contains(who("mallory")));
        QVERIFY(list.contains(who("a b", "t-9")));
        QVERIFY(!list.contains(who("alice", "t-3")));
        QVERIFY(!list.contains(who("alice")));
        QVERIFY(!list.contains(who("t-1", "mallory"))); // a user is no token
    }

    void nothingIsAList()
    {
        QCOMPARE(RevokedList::parse({})->size(), 0);
        QVERIFY(!RevokedList().contains(who("alice", "t-1")));
    }

    void noList_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a long line") << QByteArray(257, 'x');
        QTest::newRow("sub of nobody") << QByteArray("t-1\nsub:\n");
        QTest::newRow("bytes") << QByteArray("t-1\0", 4);
        QTest::newRow("too large") << QByteArray(limits::revokedBytesMax + 1, '\n');
    }

    void noList()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!RevokedList::parse(text));
    }
};

QTEST_GUILESS_MAIN(TestRevokedList)
#include "tst_revokedlist.moc"
