#include "ui/models/framesmodel.h"

#include "ui/models/format.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace odin {

void FramesModel::setFrames(std::vector<SentFrame> frames)
{
    const auto same = [](const SentFrame &a, const SentFrame &b) {
        return a.seq == b.seq && a.sentMs == b.sentMs && a.token == b.token;
    };
    if (std::ranges::equal(frames, m_frames, same))
        return; // what is chosen stays chosen
    beginResetModel();
    m_frames = std::move(frames);
    endResetModel();
}

int FramesModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_frames.size()); }

int FramesModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : columnsEnd; }

QVariant FramesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &frame = m_frames[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(frame, index.column());
    case Qt::ToolTipRole: return index.column() == Message ? text(frame, Message) : QVariant();
    case Qt::TextAlignmentRole: return headerData(index.column(), Qt::Horizontal, role);
    default: return {};
    }
}

QVariant FramesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::array<QString, columnsEnd> names{QStringLiteral("Sent"),    QStringLiteral("Token"),
                                                       QStringLiteral("Channel"), QStringLiteral("Sequence"),
                                                       QStringLiteral("Size"),    QStringLiteral("Message")};
    if (orientation != Qt::Horizontal || section < 0 || section >= columnsEnd)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Sequence || section == Bytes ? Qt::AlignRight : Qt::AlignLeft));
    return role == Qt::DisplayRole ? names[std::size_t(section)] : QVariant();
}

QString FramesModel::text(const SentFrame &frame, int column)
{
    switch (column) {
    case Time: return QDateTime::fromMSecsSinceEpoch(frame.sentMs).toString(QStringLiteral("HH:mm:ss.zzz"));
    case Token: return frame.token.isEmpty() ? noValue : QString::fromLatin1(frame.token);
    case Channel: return QLatin1String(channelName(frame.channel));
    case Sequence: return formatCount(quint64(frame.seq));
    case Bytes: return formatBytes(double(frame.bytes));
    default: return QString::fromUtf8(frame.payload);
    }
}

} // namespace odin
