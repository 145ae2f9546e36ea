// FramesModel: the newest frames that went out to one client, newest first.
// Thread: main. Owner: the card that shows them.
#pragma once

#include "core/model/client.h"

#include <QAbstractTableModel>

namespace odin {

class FramesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Token, Channel, Sequence, Bytes, Message, columnsEnd };

    using QAbstractTableModel::QAbstractTableModel;

    void setFrames(std::vector<SentFrame> frames);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    static QString text(const SentFrame &frame, int column);

    std::vector<SentFrame> m_frames;
};

} // namespace odin
