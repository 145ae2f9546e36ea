// Asking never waits, and nobody works when nobody asks.
#include "core/model/limits.h"
#include "core/stats/clientdirectory.h"

#include <QElapsedTimer>
#include <QTest>

#include <atomic>

using namespace odin;

namespace {

constexpr int deadline = 20'000;

/// A source with one client, that answers when it is told to.
class FakeSource final : public ClientSource
{
public:
    explicit FakeSource(int number) : id("node-" + QByteArray::number(number) + "-1"), m_number(number) { }

    void listClients(RowsAnswer answer) override
    {
        ++listed;
        if (isFull)
            return answer({});
        ClientRow row;
        row.id = id;
        row.ordinal = quint64(m_number);
        answer(std::make_shared<std::vector<ClientRow>>(1, row));
    }
    void readClient(const QByteArray &wanted, DetailsAnswer answer) override
    {
        ++read;
        ClientDetails details;
        details.id = id;
        details.isConnected = true;
        answer(wanted == id ? std::optional(details) : std::nullopt);
    }
    void disconnectClient(const QByteArray &wanted, FoundAnswer answer) override { answer(wanted == id); }
    void limitClient(const QByteArray &wanted, std::optional<double> maxHz, FoundAnswer answer) override
    {
        if (wanted == id)
            limit = maxHz.value_or(0);
        answer(wanted == id);
    }

    const QByteArray id;
    std::atomic<int> listed{0};
    std::atomic<int> read{0};
    std::atomic<double> limit{-1};
    std::atomic<bool> isFull{false};

private:
    const int m_number;
};

struct Directory
{
    Directory() { directory.watch({&first, &second}); }
    ~Directory() { directory.stop(); }

    FakeSource first{0};
    FakeSource second{1};
    ClientDirectory directory;
};

ClientQuery all()
{
    ClientQuery query;
    query.count = 100;
    return query;
}

/// What is answered to a command, as text; empty: done.
class Told
{
public:
    ClientDirectory::Answer answer()
    {
        return [this](const Result<Done> &result) {
            m_text = result.ok() ? QString() : result.error().text;
            m_times.fetch_add(1);
        };
    }
    QString wait()
    {
        if (!QTest::qWaitFor([this] { return m_times.load() == 1; }, deadline))
            return QStringLiteral("not told once");
        return m_text;
    }

private:
    QString m_text;
    std::atomic<int> m_times{0};
};

} // namespace

class TestClientDirectory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsTheClientsOfAllSources()
    {
        Directory d;
        QVERIFY(!d.directory.clients(all()));
        ClientListingPtr listing;
        QTRY_VERIFY_WITH_TIMEOUT(listing = d.directory.clients(all()), deadline);
        QCOMPARE(listing->total, 2);
        QCOMPARE(listing->rows.front().id, d.first.id);
        QVERIFY(listing->answers(all()));
    }

    void collectsOnlyWhileItIsAskedAndNotMoreOften()
    {
        Directory d;
        QTRY_VERIFY_WITH_TIMEOUT(d.directory.clients(all()), deadline);
        QElapsedTimer timer;
        timer.start();
        const int before = d.first.listed.load();
        while (d.first.listed.load() < before + 2) {
            d.directory.clients(all());
            QTest::qWait(5);
        }
        QVERIFY(timer.elapsed() >= limits::clientsListMs.count()); // two more, so one whole interval lies between them
        const int asked = d.first.listed.load();
        QTest::qWait(int(limits::clientsListMs.count()) + 500);
        QCOMPARE(d.first.listed.load(), asked);
    }

    void anotherQuestionIsAnsweredFromWhatIsThere()
    {
        Directory d;
        QTRY_VERIFY_WITH_TIMEOUT(d.directory.clients(all()), deadline);
        auto query = all();
        query.filter = QString::fromLatin1(d.second.id);
        ClientListingPtr listing;
        QTRY_VERIFY_WITH_TIMEOUT((listing = d.directory.clients(query))->answers(query), deadline);
        QCOMPARE(listing->matching, 1);
        QCOMPARE(listing->rows.front().id, d.second.id);
    }

    void aSourceWithoutRoomIsLeftOut()
    {
        Directory d;
        d.second.isFull = true;
        ClientListingPtr listing;
        QTRY_VERIFY_WITH_TIMEOUT(listing = d.directory.clients(all()), deadline);
        QCOMPARE(listing->total, 1);
    }

    void readsOneClient()
    {
        Directory d;
        ClientDetailsPtr details;
        QTRY_VERIFY_WITH_TIMEOUT(details = d.directory.client(d.second.id), deadline);
        QVERIFY(details->isConnected);
        QTRY_VERIFY_WITH_TIMEOUT(details = d.directory.client("node-7-7"), deadline);
        QVERIFY(!details->isConnected);
        QCOMPARE(details->id, QByteArray("node-7-7"));
    }

    void commandsReachTheirClient()
    {
        Directory d;
        Told limited, freed, closed;
        d.directory.limitClient(d.second.id, 2.5, limited.answer());
        QCOMPARE(limited.wait(), QString());
        QCOMPARE(d.second.limit.load(), 2.5);
        QCOMPARE(d.first.limit.load(), -1.0);
        d.directory.limitClient(d.second.id, {}, freed.answer());
        QCOMPARE(freed.wait(), QString());
        QCOMPARE(d.second.limit.load(), 0.0);
        d.directory.disconnectClient(d.first.id, closed.answer());
        QCOMPARE(closed.wait(), QString());
    }

    void saysWhyNot()
    {
        Directory d;
        Told gone, tooFast, notANumber, stopped;
        d.directory.disconnectClient("node-7-7", gone.answer());
        QCOMPARE(gone.wait(), QStringLiteral("node-7-7 is not connected any more."));
        d.directory.limitClient(d.first.id, 1e9, tooFast.answer());
        QVERIFY(tooFast.wait().contains(QStringLiteral("from 0.01 to 100")));
        d.directory.limitClient(d.first.id, qQNaN(), notANumber.answer());
        QVERIFY(!notANumber.wait().isEmpty());
        d.directory.stop();
        d.directory.disconnectClient(d.first.id, stopped.answer());
        QVERIFY(!stopped.wait().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestClientDirectory)
#include "tst_clientdirectory.moc"
