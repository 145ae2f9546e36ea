#include "tests/ui/fakegateway.h"
#include "ui/models/sampler.h"

#include <QTest>

using namespace odin;

class TestSampler : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsEachSnapshotOnce();
    void asksByItself_data();
    void asksByItself();
};

void TestSampler::tellsEachSnapshotOnce()
{
    FakeGateway gateway;
    Sampler sampler(gateway);
    std::vector<SnapshotPtr> seen;
    connect(&sampler, &Sampler::sampled, this, [&](const SnapshotPtr &snapshot) { seen.push_back(snapshot); });
    sampler.sample();
    sampler.sample();
    QCOMPARE(seen.size(), 1u);
    gateway.say(gateway.next());
    sampler.sample();
    sampler.sample();
    QCOMPARE(seen.size(), 2u);
    QCOMPARE(seen.back(), gateway.snapshot());
}

void TestSampler::asksByItself_data()
{
    QTest::addColumn<Watched>("watched");
    QTest::newRow("seen") << Watched::Yes;
    QTest::newRow("hidden") << Watched::No; // or its charts would have holes
}

void TestSampler::asksByItself()
{
    QFETCH(Watched, watched);
    FakeGateway gateway;
    Sampler sampler(gateway);
    sampler.setWatched(watched);
    QTRY_VERIFY_WITH_TIMEOUT(gateway.asked >= 2, 20'000);
}

QTEST_GUILESS_MAIN(TestSampler)
#include "tst_sampler.moc"
