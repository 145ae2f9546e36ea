// Whom the doors let in, beside what a request itself must look like. Thread: any; shared by all doors of a port.
#pragma once

#include "core/model/turnaway.h"
#include "core/wire/requesthead.h"

#include <QHostAddress>

#include <optional>

namespace odin {

/// Nothing = come in. In a dry run the answers are the same: the door counts them and lets in all the same.
class DoorPolicy
{
public:
    virtual ~DoorPolicy() = default;
    virtual bool isDryRun() const = 0;
    /// Its connections begin with a PROXY header, which says for whom it speaks.
    virtual bool isBalancer(const QHostAddress &peer) const = 0;

    /// One more connection of this address. It counts until left(), also when the answer is no.
    virtual std::optional<Turnaway> arrived(const QHostAddress &address) = 0;
    virtual void left(const QHostAddress &address) = 0;
    /// Host and Origin.
    virtual std::optional<Turnaway> judge(const RequestHead &head, bool isTls) const = 0;

    /// Before a token is looked at.
    virtual std::optional<Turnaway> mayLogIn(const QHostAddress &address) = 0;
    virtual void loginFailed(const QHostAddress &address) = 0;
    /// One more WebSocket that needs a token and has shown none. It counts until unknownLeft(), also when the answer is no.
    virtual std::optional<Turnaway> unknownArrived() = 0;
    virtual void unknownLeft() = 0;
    /// One more WebSocket of this user. It counts until userLeft(), also when the answer is no.
    virtual std::optional<Turnaway> userArrived(const QByteArray &subject) = 0;
    virtual void userLeft(const QByteArray &subject) = 0;
};

} // namespace odin
