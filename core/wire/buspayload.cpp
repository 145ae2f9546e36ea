#include "core/wire/buspayload.h"

#include "core/model/limits.h"
#include "core/wire/rawjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace odin {

namespace {

// Fields that the gateway itself adds: a publisher's fields of these names would contradict it.
bool isReserved(QByteArrayView key) { return key == "seq" || key == "prev" || key == "conflated"; }

struct Subject
{
    enum Kind { Unknown, Price, Volume, Batch, Market } kind = Unknown;
    QByteArrayView token;
};

Subject parseSubject(QByteArrayView subject)
{
    constexpr QByteArrayView prefix("odin.tokens.");
    if (subject == batchSubject)
        return {Subject::Batch, {}};
    if (subject == marketSubject)
        return {Subject::Market, {}};
    if (!subject.startsWith(prefix))
        return {};
    const auto rest = subject.sliced(prefix.size());
    const auto dot = rest.indexOf('.');
    if (dot < 0)
        return {};
    const auto word = rest.sliced(dot + 1);
    if (word == "price")
        return {Subject::Price, rest.first(dot)};
    if (word == "volume")
        return {Subject::Volume, rest.first(dot)};
    return {};
}

// One object under check: remembers the first thing that is wrong with it.
class Checked
{
public:
    explicit Checked(const QJsonObject &object) : m_object(object) {}

    QString text(QLatin1String key)
    {
        const auto value = take(key);
        return value.isString() ? value.toString() : (fail(Refusal::WrongType), QString());
    }

    double number(QLatin1String key)
    {
        const auto value = take(key);
        return value.isDouble() ? value.toDouble() : (fail(Refusal::WrongType), 0.0);
    }

    void literal(QLatin1String key, std::initializer_list<QLatin1String> allowed)
    {
        const auto value = text(key);
        if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
            fail(Refusal::WrongType);
    }

    bool has(QLatin1String key) const { return m_object.contains(key); }
    void fail(Refusal reason)
    {
        if (!m_refusal)
            m_refusal = reason;
    }
    std::optional<Refusal> refusal() const { return m_refusal; }

private:
    QJsonValue take(QLatin1String key)
    {
        const auto value = m_object.value(key);
        if (value.isUndefined())
            fail(Refusal::MissingField);
        return value;
    }

    const QJsonObject &m_object;
    std::optional<Refusal> m_refusal;
};

qint64 toMs(double timestamp)
{
    constexpr double farPast = -8.64e15; // the range of a JavaScript Date
    return static_cast<qint64>(std::max(farPast, timestamp));
}

void checkTime(Checked &fields, Update &update, qint64 nowMs)
{
    const double timestamp = fields.number(QLatin1String("timestamp"));
    if (timestamp > static_cast<double>(nowMs + limits::futureMsMax.count()))
        return fields.fail(Refusal::FutureTime);
    update.timestampMs = toMs(timestamp);
}

void checkToken(Checked &fields, Update &update, QByteArrayView subjectToken)
{
    const auto token = fields.text(QLatin1String("tokenId")).toUtf8();
    if (fields.refusal())
        return;
    if (!isValidTokenId(token))
        return fields.fail(Refusal::BadToken);
    if (!subjectToken.isNull() && subjectToken != token)
        return fields.fail(Refusal::TokenMismatch);
    update.token = token;
}

void checkPrice(Checked &fields, Update &update)
{
    update.price = fields.number(QLatin1String("price"));
    if (!std::isfinite(update.price) || update.price < 0)
        fields.fail(Refusal::BadPrice);
    update.volume24h = fields.number(QLatin1String("volume24h"));
    update.priceChange24h = fields.number(QLatin1String("priceChange24h"));
}

using Checker = void (*)(Checked &, Update &, QByteArrayView, qint64);

void checkPriceUpdate(Checked &fields, Update &update, QByteArrayView token, qint64 nowMs)
{
    fields.literal(QLatin1String("type"), {QLatin1String("price:update")});
    checkToken(fields, update, token);
    checkPrice(fields, update);
    checkTime(fields, update, nowMs);
    fields.literal(QLatin1String("source"), {QLatin1String("trade"), QLatin1String("scheduler")});
    fields.text(QLatin1String("nonce"));
}

void checkVolumeUpdate(Checked &fields, Update &update, QByteArrayView token, qint64 nowMs)
{
    update.channel = Channel::Volume;
    fields.literal(QLatin1String("type"), {QLatin1String("volume:update")});
    checkToken(fields, update, token);
    update.volume24h = fields.number(QLatin1String("volume24h"));
    checkTime(fields, update, nowMs);
}

void checkMarketStatistics(Checked &fields, Update &update, QByteArrayView, qint64 nowMs)
{
    update.channel = Channel::Market;
    fields.literal(QLatin1String("type"), {QLatin1String("market:statistics")});
    if (fields.has(QLatin1String("timestamp")))
        checkTime(fields, update, nowMs);
}

// The object as it is relayed: the publisher's own bytes unless a reserved field must go.
QByteArray relayed(QByteArrayView object, const std::vector<QByteArrayView> &members)
{
    const bool clash = std::any_of(members.begin(), members.end(), [](QByteArrayView member) {
        return isReserved(keyOf(member));
    });
    return clash ? joinMembers(members, {"seq", "prev", "conflated"}) : object.toByteArray();
}

void decodeSingle(QByteArrayView object, const QJsonObject &json, const std::vector<QByteArrayView> &members,
                  Checker check, QByteArrayView token, qint64 nowMs, DecodedMessage &out)
{
    Checked fields(json);
    Update update;
    check(fields, update, token, nowMs);
    if (fields.refusal())
        return out.refusals.push_back(*fields.refusal());
    update.json = relayed(object, members);
    out.updates.push_back(std::move(update));
}

// One entry of a batch becomes a price:update from the scheduler; timestamp and nonce default to the batch's.
void decodeEntry(QByteArrayView raw, QJsonObject entry, double batchTime, qint64 nowMs, DecodedMessage &out)
{
    const auto members = raw.startsWith('{') ? splitTopLevel(raw) : std::nullopt;
    if (!members)
        return out.refusals.push_back(Refusal::NotJson);
    if (raw.size() > limits::payloadBytesMax)
        return out.refusals.push_back(Refusal::TooBig);
    QByteArray added(R"("type":"price:update","source":"scheduler")");
    if (!entry.contains(QLatin1String("timestamp"))) {
        entry.insert(QLatin1String("timestamp"), batchTime);
        added += R"(,"timestamp":)" + QByteArray::number(toMs(batchTime));
    }
    Checked fields(entry);
    Update update;
    checkToken(fields, update, {});
    checkPrice(fields, update);
    checkTime(fields, update, nowMs);
    if (!entry.contains(QLatin1String("nonce")))
        added += R"(,"nonce":"batch-)" + QByteArray::number(toMs(batchTime)) + '-' + update.token + '"';
    else
        fields.text(QLatin1String("nonce"));
    if (fields.refusal())
        return out.refusals.push_back(*fields.refusal());
    update.json = joinMembers(*members, {"seq", "prev", "conflated", "type", "source"}, added);
    out.updates.push_back(std::move(update));
}

QByteArrayView findUpdates(const std::vector<QByteArrayView> &members)
{
    const auto found = std::find_if(members.begin(), members.end(),
                                    [](QByteArrayView member) { return keyOf(member) == "updates"; });
    return found == members.end() ? QByteArrayView() : rawValue(*found);
}

void decodeBatch(const QJsonObject &json, const std::vector<QByteArrayView> &members, qint64 nowMs,
                 DecodedMessage &out)
{
    Checked fields(json);
    Update batch;
    fields.literal(QLatin1String("type"), {QLatin1String("price:batch")});
    checkTime(fields, batch, nowMs);
    const auto list = json.value(QLatin1String("updates"));
    const auto rawList = findUpdates(members);
    if (list.isUndefined())
        fields.fail(Refusal::MissingField);
    else if (!list.isArray() || !rawList.startsWith('['))
        fields.fail(Refusal::WrongType);
    else if (list.toArray().size() > limits::batchUpdatesMax)
        fields.fail(Refusal::TooManyUpdates);
    if (fields.refusal())
        return out.refusals.push_back(*fields.refusal());

    const auto entries = list.toArray();
    const auto rawEntries = splitTopLevel(rawList);
    if (!rawEntries || rawEntries->size() != std::size_t(entries.size()))
        return out.refusals.push_back(Refusal::NotJson);
    for (qsizetype i = 0; i < entries.size(); ++i)
        decodeEntry(rawEntries->at(size_t(i)), entries.at(i).toObject(), json.value(QLatin1String("timestamp")).toDouble(),
                    nowMs, out);
}

QByteArrayView withoutFrame(QByteArrayView payload) // white space and a byte order mark are not relayed
{
    const auto first = payload.indexOf('{');
    const auto last = payload.lastIndexOf('}');
    return first < 0 || last < first ? QByteArrayView() : payload.sliced(first, last - first + 1);
}

} // namespace

const char *refusalName(Refusal reason)
{
    constexpr std::array names{"unknown_subject", "too_big",   "not_json",    "missing_field", "wrong_type",
                               "bad_token",       "token_mismatch", "bad_price", "future_time", "too_many_updates"};
    static_assert(names.size() == refusalCount);
    return names[size_t(reason)];
}

DecodedMessage decodeBusMessage(QByteArrayView subject, QByteArrayView payload, qint64 nowMs)
{
    const auto where = parseSubject(subject);
    if (where.kind == Subject::Unknown)
        return {{}, {Refusal::UnknownSubject}};
    if (payload.size() > (where.kind == Subject::Batch ? limits::batchBytesMax : limits::payloadBytesMax))
        return {{}, {Refusal::TooBig}};
    if (!where.token.isNull() && !isValidTokenId(where.token))
        return {{}, {Refusal::BadToken}};

    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(payload.data(), payload.size()), &error);
    const auto object = withoutFrame(payload);
    const auto members = document.isObject() ? splitTopLevel(object) : std::nullopt;
    if (!members)
        return {{}, {Refusal::NotJson}};

    DecodedMessage out;
    const auto json = document.object();
    switch (where.kind) {
    case Subject::Price: decodeSingle(object, json, *members, checkPriceUpdate, where.token, nowMs, out); break;
    case Subject::Volume: decodeSingle(object, json, *members, checkVolumeUpdate, where.token, nowMs, out); break;
    case Subject::Market: decodeSingle(object, json, *members, checkMarketStatistics, {}, nowMs, out); break;
    case Subject::Batch: decodeBatch(json, *members, nowMs, out); break;
    case Subject::Unknown: break;
    }
    return out;
}

QByteArray priceSubject(QByteArrayView token) { return "odin.tokens." + token.toByteArray() + ".price"; }
QByteArray volumeSubject(QByteArrayView token) { return "odin.tokens." + token.toByteArray() + ".volume"; }

bool isValidTokenId(QByteArrayView token)
{
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return !token.isEmpty() && token.size() <= limits::tokenIdBytesMax
        && std::all_of(token.begin(), token.end(), allowed);
}

} // namespace odin
