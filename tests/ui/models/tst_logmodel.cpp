#include "core/model/limits.h"
#include "ui/models/logmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace odin;

namespace {

LogEntry entry(quint64 number, QtMsgType level, const QString &text, const QByteArray &category = "odin.hub")
{
    return {.timestampMs = 1'700'000'000'000, .level = level, .category = category, .text = text, .number = number};
}

QStringList texts(const QAbstractItemModel &model)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, LogModel::Text).data().toString());
    return texts;
}

} // namespace

class TestLogModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void appends();
    void isBounded();
    void moreThanFitsAtOnce();
    void filtersBySeverity();
    void filtersByText();
};

void TestLogModel::appends()
{
    LogModel model;
    QAbstractItemModelTester tester(&model);
    QCOMPARE(model.newest(), quint64(0));
    model.append({});
    model.append({entry(4, QtInfoMsg, QStringLiteral("a")), entry(5, QtWarningMsg, QStringLiteral("b"))});
    model.append({entry(6, QtCriticalMsg, QStringLiteral("c"))});
    QCOMPARE(model.newest(), quint64(6));
    QCOMPARE(texts(model), QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QCOMPARE(model.index(1, LogModel::Level).data().toString(), QStringLiteral("warning"));
    QCOMPARE(model.index(2, LogModel::Category).data().toString(), QStringLiteral("odin.hub"));
}

void TestLogModel::isBounded()
{
    LogModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Warning);
    for (quint64 i = 1; i <= limits::logTailEntriesMax + 3; ++i)
        model.append({entry(i, QtInfoMsg, QString::number(i))});
    QCOMPARE(model.rowCount(), limits::logTailEntriesMax);
    QCOMPARE(texts(model).front(), QStringLiteral("4"));
    QCOMPARE(model.newest(), quint64(limits::logTailEntriesMax + 3));
}

void TestLogModel::moreThanFitsAtOnce()
{
    LogModel model;
    std::vector<LogEntry> entries;
    for (quint64 i = 1; i <= 2 * limits::logTailEntriesMax; ++i)
        entries.push_back(entry(i, QtInfoMsg, QString::number(i)));
    model.append(entries);
    QCOMPARE(model.rowCount(), limits::logTailEntriesMax);
    QCOMPARE(texts(model).front(), QString::number(limits::logTailEntriesMax + 1));
}

void TestLogModel::filtersBySeverity()
{
    LogModel model;
    LogFilter filter(model);
    model.append({entry(1, QtDebugMsg, QStringLiteral("debug")), entry(2, QtInfoMsg, QStringLiteral("info")),
                  entry(3, QtWarningMsg, QStringLiteral("warning")), entry(4, QtFatalMsg, QStringLiteral("fatal"))});
    QCOMPARE(filter.rowCount(), 4);
    filter.setSeverity(2);
    QCOMPARE(texts(filter), QStringList({QStringLiteral("warning"), QStringLiteral("fatal")}));
    model.append({entry(5, QtInfoMsg, QStringLiteral("more")), entry(6, QtCriticalMsg, QStringLiteral("error"))});
    QCOMPARE(texts(filter).back(), QStringLiteral("error"));
    QCOMPARE(filter.rowCount(), 3);
}

void TestLogModel::filtersByText()
{
    LogModel model;
    LogFilter filter(model);
    model.append({entry(1, QtInfoMsg, QStringLiteral("NATS is gone"), "odin.feed"),
                  entry(2, QtInfoMsg, QStringLiteral("a (bracket")), entry(3, QtInfoMsg, QStringLiteral("else"))});
    filter.setWanted(QStringLiteral("nats"));
    QCOMPARE(texts(filter), QStringList(QStringLiteral("NATS is gone")));
    filter.setWanted(QStringLiteral("FEED")); // by category
    QCOMPARE(texts(filter), QStringList(QStringLiteral("NATS is gone")));
    filter.setWanted(QStringLiteral("(")); // no pattern
    QCOMPARE(texts(filter), QStringList(QStringLiteral("a (bracket")));
}

QTEST_GUILESS_MAIN(TestLogModel)
#include "tst_logmodel.moc"
