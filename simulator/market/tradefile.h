// TradeFile: the trades of a CSV file, read line by line, so that a file of any size takes little memory.
// Thread: confined to its user's. Owner: the replay.
// Unusable lines are counted and skipped; the first of them are named in the log.
#pragma once

#include "simulator/market/csvline.h"

#include <QFile>

#include <memory>

namespace odin {

class TradeFile
{
public:
    enum class Step {
        Trade, ///< trade() is the next one
        Busy,  ///< only unusable lines so far: call again (this bounds the time of one call)
        End,
    };

    /// Fails when there is no such file, or it may not be read, or it is not a plain file.
    static Result<std::unique_ptr<TradeFile>> open(const QString &path);

    Step read();
    const Trade &trade() const { return m_trade; }
    /// Back to the first line.
    void rewind();

    QString path() const { return m_file.fileName(); }
    quint64 malformed() const { return m_malformed; }

private:
    explicit TradeFile(const QString &path) : m_file(path) {}
    bool use(QByteArrayView piece);
    void refuse(const QString &why);

    QFile m_file;
    Trade m_trade;
    qint64 m_line = 0;          // number of the line read last, from 1
    bool m_insideLine = false;  // what was read last is the beginning of a line that is too long
    quint64 m_malformed = 0;
};

} // namespace odin
