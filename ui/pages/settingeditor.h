// SettingEditor: changes the one setting that is chosen in the table, or says why it cannot be changed.
// Thread: main. Owner: SettingsPage.
#pragma once

#include "core/model/setting.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace odin {

class SettingEditor final : public QWidget
{
    Q_OBJECT
public:
    explicit SettingEditor(QWidget *parent = nullptr);

    /// Another setting, or what the gateway says of the same one now: then what is being typed stays.
    void show(const SettingRow *row);
    /// The keyboard goes to where the value is written.
    void takeFocus();

Q_SIGNALS:
    /// Nothing: back to the default.
    void changeAsked(const QString &name, const std::optional<QString> &value);

private:
    QString typed() const;
    void ask();

    QString m_name; // of the setting shown; empty = none
    QLabel *m_title;
    QLabel *m_advice;
    QLineEdit *m_text;
    QComboBox *m_choice;
    QPushButton *m_save;
    QPushButton *m_reset;
};

} // namespace odin
