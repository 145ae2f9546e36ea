// Failure: why a session with the bus could not begin or came to its end, and the sentences for it.
// Values and pure functions; any thread.
#pragma once

#include <QString>

#include <nats/nats.h>

namespace odin {

enum class Trouble : quint8 {
    Unreachable, ///< no connection, or it was lost: patience helps
    Refused, ///< the bus says no: an operator must act
    Broken, ///< the connection is fine, the delivery is not: a new consumer helps
};

struct Failure
{
    Trouble trouble = Trouble::Unreachable;
    QString text; ///< what happened: what to do
};

/// Why connecting to `publicUrl` did not work.
Failure connectFailure(natsStatus status, const QString &publicUrl);

/// Why a question to JetStream was not answered as hoped. `task` completes "while ...", e.g. "creating stream ODIN".
Failure requestFailure(natsStatus status, jsErrCode code, const QString &task);

/// Why reading from a consumer came to its end.
Failure deliveryFailure(natsStatus status);

/// cnats' own words about the last failed call on this thread.
QString natsErrorText(natsStatus status);

/// The address for people: never with credentials.
QString publicUrl(const QString &url);

} // namespace odin
