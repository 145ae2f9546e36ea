#include "ui/models/settingsmodel.h"

#include <QSignalSpy>
#include <QTest>

using namespace odin;

class TestSettingsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatItIsTold();
    void states();
    void rowsStayWhenAValueChanges();
};

namespace {

SettingRow seed()
{
    return {.name = QStringLiteral("seed"),
            .meaning = QStringLiteral("seed of the simulation"),
            .value = QStringLiteral("1"),
            .source = QStringLiteral("default"),
            .fallback = QStringLiteral("1"),
            .choices = {},
            .lockedBy = {},
            .upcoming = {}};
}

SettingsPtr listingOf(const SettingRow &row)
{
    auto listing = std::make_shared<SettingsListing>();
    listing->rows = {row};
    return listing;
}

QString cell(const SettingsModel &model, int column) { return model.index(0, column).data().toString(); }

} // namespace

void TestSettingsModel::saysWhatItIsTold()
{
    SettingsModel model;
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.row(0));
    model.setListing(listingOf(seed()));
    QCOMPARE(cell(model, SettingsModel::Name), QStringLiteral("seed"));
    QCOMPARE(cell(model, SettingsModel::Value), QStringLiteral("1"));
    QCOMPARE(cell(model, SettingsModel::State), QString());
    QCOMPARE(cell(model, SettingsModel::Source), QStringLiteral("default"));
    QCOMPARE(cell(model, SettingsModel::Default), QStringLiteral("1"));
    QCOMPARE(cell(model, SettingsModel::Meaning), QStringLiteral("seed of the simulation"));
    for (int column = 0; column < SettingsModel::columnsEnd; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
}

void TestSettingsModel::states()
{
    auto row = seed();
    QVERIFY(settingAdvice(row).contains(QStringLiteral("next start")));
    row.effect = SettingEffect::AtOnce;
    QVERIFY(settingAdvice(row).contains(QStringLiteral("at once")));
    row.isKept = true;
    QCOMPARE(settingState(row), QStringLiteral("changed here"));
    row.upcoming = QString();
    QCOMPARE(settingState(row), QStringLiteral("after restart: (empty)"));
    row.upcoming = QStringLiteral("7");
    QCOMPARE(settingState(row), QStringLiteral("after restart: 7"));
    QVERIFY(settingAdvice(row).contains(QStringLiteral("7")));
    row.lockedBy = QStringLiteral("Given by --seed");
    QCOMPARE(settingState(row), QStringLiteral("locked"));
    QCOMPARE(settingAdvice(row), row.lockedBy);
}

void TestSettingsModel::rowsStayWhenAValueChanges()
{
    SettingsModel model;
    const auto first = listingOf(seed());
    model.setListing(first);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setListing(first); // nothing new
    QCOMPARE(changed.size(), 0);
    auto row = seed();
    row.upcoming = QStringLiteral("7");
    model.setListing(listingOf(row));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(reset.size(), 0);
    QVERIFY(model.index(0, 0).data(SettingsModel::PendingRole).toBool());
    QVERIFY(!model.index(0, 0).data(SettingsModel::LockedRole).toBool());
}

QTEST_APPLESS_MAIN(TestSettingsModel)
#include "tst_settingsmodel.moc"
