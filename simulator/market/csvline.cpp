#include "simulator/market/csvline.h"

#include "core/model/limits.h"
#include "core/wire/buspayload.h"

#include <QDateTime>

#include <cmath>

namespace odin {

namespace {

constexpr double firstMs = 1e11;  // from here on a number is milliseconds: 1973; as seconds it would be the year 5138
constexpr double timeEnd = 1e14;  // in milliseconds: the year 5138

struct Field
{
    QByteArray text;
    qsizetype end = 0; // of the comma behind it, or of the line
};

Field plainField(QByteArrayView line, qsizetype begin)
{
    const auto comma = line.indexOf(',', begin);
    const auto end = comma < 0 ? line.size() : comma;
    return {line.sliced(begin, end - begin).toByteArray().trimmed(), end};
}

std::optional<Field> quotedField(QByteArrayView line, qsizetype begin)
{
    Field field;
    for (qsizetype i = begin + 1; i < line.size(); ++i) {
        if (line[i] != '"') {
            field.text += line[i];
        } else if (i + 1 < line.size() && line[i + 1] == '"') {
            field.text += line[i++];
        } else {
            const auto rest = plainField(line, i + 1);
            field.end = rest.end;
            return rest.text.isEmpty() ? std::optional(field) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<qint64> parseTime(const QByteArray &text)
{
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (isNumber) {
        const double ms = number < firstMs ? number * 1000 : number;
        return number >= 0 && ms < timeEnd ? std::optional(std::llround(ms)) : std::nullopt;
    }
    auto time = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
    if (time.timeSpec() == Qt::LocalTime) // no zone given: read as UTC, in which no hour is missing
        time = QDateTime::fromString(QString::fromLatin1(text + 'Z'), Qt::ISODateWithMs);
    const bool known = time.isValid() && time.toMSecsSinceEpoch() >= 0;
    return known ? std::optional<qint64>(time.toMSecsSinceEpoch()) : std::nullopt;
}

std::optional<double> parseNumber(const QByteArray &text, double min, double max)
{
    bool ok = false;
    const double number = text.toDouble(&ok);
    return ok && number >= min && number <= max ? std::optional(number) : std::nullopt; // NaN is neither
}

Error error(const char *text) { return {QString::fromLatin1(text)}; }

} // namespace

std::optional<std::vector<QByteArray>> splitCsv(QByteArrayView line)
{
    std::vector<QByteArray> fields;
    for (qsizetype begin = 0; begin <= line.size();) {
        qsizetype first = begin;
        while (first < line.size() && (line[first] == ' ' || line[first] == '\t'))
            ++first;
        const bool quoted = first < line.size() && line[first] == '"';
        const auto field = quoted ? quotedField(line, first) : plainField(line, begin);
        if (!field)
            return std::nullopt;
        fields.push_back(field->text);
        begin = field->end + 1;
    }
    return fields;
}

bool isCsvHeader(QByteArrayView line)
{
    const auto fields = splitCsv(line);
    const auto first = fields ? fields->front().toLower() : QByteArray();
    return first == "time" || first == "timestamp";
}

Result<Trade> parseTrade(QByteArrayView line)
{
    const auto fields = splitCsv(line);
    if (!fields)
        return error("a quote is not closed");
    if (fields->size() < 4)
        return error("fewer than four columns (time,token,price,volume)");
    const auto time = parseTime(fields->at(0));
    const auto price = parseNumber(fields->at(2), limits::simulatorPriceMin, limits::simulatorPriceMax);
    const auto volume = parseNumber(fields->at(3), 0, limits::simulatorVolumeMax);
    if (!time)
        return error("the time is neither seconds nor milliseconds since 1970 nor ISO 8601");
    if (!isValidTokenId(fields->at(1)))
        return error("the token is not 1-32 of A-Z a-z 0-9 _ -");
    if (!price)
        return error("the price is not a number above 0");
    if (!volume)
        return error("the volume is not a number of 0 or more");
    return Trade{*time, fields->at(1), *price, *volume};
}

} // namespace odin
