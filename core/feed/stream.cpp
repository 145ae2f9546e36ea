#include "core/feed/stream.h"

#include "core/feed/natsptr.h"
#include "core/model/limits.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace odin {

using namespace Qt::StringLiterals;

namespace {

std::array subjects{"odin.tokens.>", "odin.market.>"};

int64_t nanoseconds(std::chrono::nanoseconds duration) { return duration.count(); }

jsStreamConfig wanted(const FeedConfig &config)
{
    jsStreamConfig stream;
    jsStreamConfig_Init(&stream);
    stream.Name = config.streamName.constData();
    stream.Subjects = subjects.data();
    stream.SubjectsLen = int(subjects.size());
    stream.Storage = js_FileStorage;
    stream.Discard = js_DiscardOld;
    stream.MaxAge = nanoseconds(limits::streamMsMax);
    stream.MaxBytes = limits::streamBytesMax;
    stream.Duplicates = nanoseconds(limits::streamDuplicateMs);
    stream.Replicas = config.replicas;
    return stream;
}

bool takes(const jsStreamConfig &stream, const char *subject)
{
    return std::any_of(stream.Subjects, stream.Subjects + stream.SubjectsLen,
                       [subject](const char *s) { return qstrcmp(s, subject) == 0 || qstrcmp(s, "odin.>") == 0; });
}

QStringList differences(const jsStreamConfig &is, const jsStreamConfig &want)
{
    QStringList list;
    for (const char *subject : subjects)
        if (!takes(is, subject))
            list += u"it does not take %1"_s.arg(QLatin1StringView(subject));
    if (is.Storage != want.Storage)
        list += u"it is kept in memory and lost when the bus restarts"_s;
    if (is.Discard != want.Discard)
        list += u"it refuses new messages when it is full"_s;
    if (is.MaxAge != want.MaxAge || is.MaxBytes != want.MaxBytes)
        list += u"it keeps other ages or sizes than 24 h and 2 GiB"_s;
    if (is.MaxMsgsPerSubject > 0)
        list += u"it keeps only %1 messages of each subject: a newer one may replace one that was not read yet"_s
                    .arg(is.MaxMsgsPerSubject);
    if (is.Duplicates < want.Duplicates)
        list += u"its duplicate window is under 2 minutes"_s;
    if (is.Replicas != want.Replicas)
        list += u"it has %1 replicas, not %2"_s.arg(is.Replicas).arg(want.Replicas);
    return list;
}

StreamFacts factsOf(const jsStreamInfo &info)
{
    StreamFacts facts;
    facts.epoch = QByteArray::number(qlonglong(info.Created), 16);
    facts.firstSeq = Seq(info.State.FirstSeq);
    facts.lastSeq = Seq(info.State.LastSeq);
    facts.firstNs = info.State.Msgs > 0 ? info.State.FirstTime : 0;
    facts.lastNs = info.State.Msgs > 0 ? info.State.LastTime : 0;
    facts.replaces = info.Config && info.Config->MaxMsgsPerSubject > 0;
    return facts;
}

bool meansNoJetStream(natsStatus status, jsErrCode code)
{
    return status == NATS_NO_RESPONDERS || code == JSNotEnabledErr || code == JSNotEnabledForAccountErr;
}

} // namespace

std::variant<StreamFacts, NoJetStream, Failure> openStream(jsCtx *jetStream, const FeedConfig &config)
{
    const QString name = QString::fromUtf8(config.streamName);
    jsStreamConfig want = wanted(config);
    JsStreamInfoPtr info;
    jsErrCode code{};
    natsStatus status = js_GetStreamInfo(out(info), jetStream, want.Name, nullptr, &code);
    if (status == NATS_NOT_FOUND) {
        status = js_AddStream(out(info), jetStream, &want, nullptr, &code);
        // Another gateway may have been faster, with its own limits.
        if (status != NATS_OK && code == JSStreamNameExistErr)
            status = js_GetStreamInfo(out(info), jetStream, want.Name, nullptr, &code);
        if (status != NATS_OK)
            return requestFailure(status, code, u"creating stream %1"_s.arg(name));
    }
    if (meansNoJetStream(status, code))
        return NoJetStream{};
    if (status != NATS_OK)
        return requestFailure(status, code, u"looking up stream %1"_s.arg(name));
    auto facts = factsOf(*info);
    facts.warnings = differences(*info->Config, want);
    return facts;
}

std::optional<StreamFacts> findStream(jsCtx *jetStream, const QByteArray &name)
{
    JsStreamInfoPtr info;
    jsErrCode code{};
    if (js_GetStreamInfo(out(info), jetStream, name.constData(), nullptr, &code) != NATS_OK)
        return {};
    return factsOf(*info);
}

} // namespace odin
