// SettingsPage: the console's own choices, and every setting of the gateway: its value, where it comes from, changing
// it. Thread: main. Owner: MainWindow.
#pragma once

#include "ui/models/settingsmodel.h"
#include "ui/pages/page.h"

#include <QSortFilterProxyModel>

class QLineEdit;

namespace odin {

class Banner;
class ChoiceBar;
class DataTable;
class OperatorPort;
class SettingEditor;

class SettingsPage final : public Page
{
    Q_OBJECT
public:
    explicit SettingsPage(OperatorPort &gateway, QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

Q_SIGNALS:
    /// Sizes, columns and places in the window are to be as in a new console.
    void layoutResetAsked();

private:
    QLayout *makeHeading();
    QWidget *makeConsoleCard();
    QWidget *makeGatewayCard();
    void prepareTable();
    void read();
    void showChosen();
    void change(const QString &name, const std::optional<QString> &value);

    OperatorPort &m_gateway;
    SettingsModel m_model;
    QSortFilterProxyModel m_found;

    QLineEdit *m_search;
    Banner *m_problem; // of the last change; stays until the next one
    Banner *m_files; // of the files that settings are kept in
    ChoiceBar *m_theme;
    DataTable *m_table;
    SettingEditor *m_editor;
};

} // namespace odin
