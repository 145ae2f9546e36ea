// DataTable: a table to read: sorted by a click, copied, exported as CSV, its columns chosen and remembered.
// Thread: main. Owner: its parent widget.
#pragma once

#include <QTableView>

#include <functional>

class QMenu;

namespace odin {

class DataTable final : public QTableView
{
    Q_OBJECT
public:
    /// `key` names its entry in consoleSettings().
    DataTable(const QString &accessibleName, QString key, QWidget *parent = nullptr);

    /// Takes the model and, when there are any, the remembered columns. Once.
    void showModel(QAbstractItemModel &model);

    /// For a model that holds only some of its rows: called before all of them are copied or exported, and calls `ready` when
    /// they are there, at once or later.
    void setCompletion(std::function<void(std::function<void()> ready)> completion) { m_completion = std::move(completion); }
    /// As they were before anything was remembered; forgets it.
    void resetColumns();

    /// The chosen rows, or all when none is chosen, with the shown columns in the shown order.
    QString csv() const;
    /// csv() into a file, whole or not at all. Emits failed() and returns false when it cannot be written.
    bool exportTo(const QString &path);
    /// csv() to the clipboard.
    void copy();
    /// Copy, export and the columns, for a button; the same as on a right click.
    QMenu *menu() const { return m_menu; }

Q_SIGNALS:
    /// What happened and why, in one sentence.
    void failed(const QString &problem);
    /// The Delete key.
    void deleteAsked();

protected:
    /// Remembers the columns.
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QList<int> shownColumns() const;
    void whenComplete(std::function<void()> then);
    void askAndExport();
    void fillColumns();

    const QString m_key;
    std::function<void(std::function<void()>)> m_completion;
    QByteArray m_firstColumns;
    QMenu *m_menu;
    QMenu *m_columns;
};

} // namespace odin
