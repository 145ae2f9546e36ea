// Messages of the bus <-> values: which subject carries what, and whether a publisher's bytes may be forwarded.
// Pure functions; any thread.
#pragma once

#include "core/model/update.h"

#include <QByteArrayView>

#include <array>
#include <optional>
#include <vector>

namespace odin {

/// Why a publisher's message (or one entry of a batch) is not forwarded. One counter each.
enum class Refusal : quint8 {
    UnknownSubject,
    TooBig,
    NotJson,        ///< not one strict JSON object in UTF-8
    MissingField,
    WrongType,
    BadToken,
    TokenMismatch,  ///< token of the body unlike the subject's
    BadPrice,       ///< not finite or below 0
    FutureTime,
    TooManyUpdates, ///< in one batch
};
inline constexpr int refusalCount = 10;

/// The metric label of a reason, for example "bad_token".
const char *refusalName(Refusal reason);

struct DecodedMessage
{
    std::vector<Update> updates;    ///< what may be forwarded
    std::vector<Refusal> refusals;  ///< one per refused message or batch entry
};

/// Checks one message of the stream. `nowMs` is held against timestamps from the future: when the bus stored the
/// message, so that every gateway comes to the same verdict, whenever it reads.
DecodedMessage decodeBusMessage(QByteArrayView subject, QByteArrayView payload, qint64 nowMs);

/// Subjects of the contract.
QByteArray priceSubject(QByteArrayView token);
QByteArray volumeSubject(QByteArrayView token);
inline constexpr char batchSubject[] = "odin.tokens.batch.update";
inline constexpr char marketSubject[] = "odin.market.statistics";
inline constexpr char healthSubject[] = "odin.system.health";

/// 1-32 of A-Z a-z 0-9 _ -
bool isValidTokenId(QByteArrayView token);

} // namespace odin
