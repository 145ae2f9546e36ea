#include "simulator/market/tradefile.h"

#include "core/base/log.h"
#include "core/model/limits.h"

#include <QFileInfo>

#include <array>
#include <utility>

namespace odin {

Result<std::unique_ptr<TradeFile>> TradeFile::open(const QString &path)
{
    const auto failed = [&](const QString &why) {
        return Error{QStringLiteral("The trades of %1 cannot be replayed: %2.").arg(path, why)};
    };
    const QFileInfo info(path);
    if (!info.exists())
        return failed(QStringLiteral("there is no such file"));
    if (!info.isFile()) // a pipe or a device could block for ever
        return failed(QStringLiteral("it is not a plain file"));
    std::unique_ptr<TradeFile> file(new TradeFile(path));
    if (!file->m_file.open(QIODevice::ReadOnly))
        return failed(file->m_file.errorString());
    return file;
}

TradeFile::Step TradeFile::read()
{
    std::array<char, limits::replayLineBytesMax + 2> buffer; // the line, its end, and the 0 that Qt adds
    for (int i = 0; i < limits::replayLinesPerStep; ++i) {
        const auto size = m_file.readLine(buffer.data(), buffer.size());
        if (size <= 0)
            return Step::End;
        if (use({buffer.data(), size}))
            return Step::Trade;
    }
    return Step::Busy;
}

void TradeFile::rewind()
{
    m_file.seek(0);
    m_line = 0;
    m_insideLine = false;
}

// True when the piece, a line or what fits of it, is a trade.
bool TradeFile::use(QByteArrayView piece)
{
    const bool tooLong = piece.size() > limits::replayLineBytesMax && !piece.endsWith("\n");
    if (std::exchange(m_insideLine, tooLong))
        return false;
    ++m_line;
    if (tooLong) {
        refuse(QStringLiteral("the line is too long"));
        return false;
    }
    const bool marked = m_line == 1 && piece.startsWith("\xEF\xBB\xBF"); // byte order mark
    const auto line = piece.sliced(marked ? 3 : 0).trimmed();
    if (line.isEmpty() || (m_line == 1 && isCsvHeader(line)))
        return false;
    auto trade = parseTrade(line);
    if (trade)
        m_trade = std::move(trade.value());
    else
        refuse(trade.error().text);
    return trade.ok();
}

void TradeFile::refuse(const QString &why)
{
    constexpr auto named = quint64(limits::replayLineWarningsMax);
    if (++m_malformed <= named)
        qCWarning(lcSim).noquote() << path() << "line" << m_line << "skipped:" << why;
    if (m_malformed == named)
        qCWarning(lcSim).noquote() << path() << "further unusable lines are counted, not named";
}

} // namespace odin
