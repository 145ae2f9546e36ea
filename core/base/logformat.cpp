#include "core/base/logformat.h"

#include "core/model/limits.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <ctime>

namespace odin {

namespace {

struct LevelNames
{
    const char *inText; // columns: five letters at most
    const char *inJson;
    char priority;      // syslog(3)
};

LevelNames namesOf(QtMsgType level)
{
    switch (level) {
    case QtDebugMsg: return {"debug", "debug", '7'};
    case QtInfoMsg: return {"info", "info", '6'};
    case QtWarningMsg: return {"warn", "warning", '4'};
    case QtCriticalMsg: return {"error", "error", '3'};
    case QtFatalMsg: return {"fatal", "fatal", '2'};
    }
    return {"info", "info", '6'};
}

bool isHarmless(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format: // among them the bidirectional overrides
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return false;
    default: return true;
    }
}

// Not through QDateTime, which reads the time zone anew for every line, under a lock that all threads share.
QByteArray localTime(qint64 timestampMs)
{
    const time_t seconds = timestampMs / 1000;
    tm parts{};
    ::localtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const auto size = std::strftime(text.data(), text.size(), "%F %T", &parts);
    return QByteArray(text.data(), static_cast<qsizetype>(size)) + '.'
        + QByteArray::number(timestampMs % 1000).rightJustified(3, '0');
}

QString escape(QChar c)
{
    switch (c.unicode()) {
    case '\n': return QStringLiteral("\\n");
    case '\r': return QStringLiteral("\\r");
    case '\t': return QStringLiteral("\\t");
    default: return QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
}

} // namespace

QString printable(QStringView text)
{
    const QString valid = QString::fromUtf8(text.left(limits::logLineCharsMax + 1).toUtf8()); // no half characters
    QString line;
    for (const QChar c : valid) {
        if (isHarmless(c))
            line += c;
        else
            line += escape(c);
    }
    if (line.size() > limits::logLineCharsMax) {
        line.truncate(limits::logLineCharsMax - 1);
        line += QChar(0x2026); // ellipsis
    }
    return line;
}

QByteArray textLine(const LogEntry &entry)
{
    const QByteArray category = entry.category.startsWith("odin.") ? entry.category.mid(5) : entry.category;
    return localTime(entry.timestampMs) + ' ' + QByteArray(namesOf(entry.level).inText).leftJustified(5) + ' '
        + category.leftJustified(5) + ' ' + entry.text.toUtf8();
}

QByteArray journalLine(const LogEntry &entry)
{
    return '<' + QByteArray(1, namesOf(entry.level).priority) + '>' + textLine(entry);
}

QByteArray jsonLine(const LogEntry &entry)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(entry.timestampMs, Qt::UTC);
    const QJsonObject object{
        {QStringLiteral("ts"), time.toString(Qt::ISODateWithMs)},
        {QStringLiteral("level"), QString::fromLatin1(namesOf(entry.level).inJson)},
        {QStringLiteral("category"), QString::fromUtf8(entry.category)},
        {QStringLiteral("message"), entry.text},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace odin
