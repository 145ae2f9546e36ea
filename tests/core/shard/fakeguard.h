// What a door asks, with answers that a test sets and notes of what was asked. Thread: the test's. Owner: the test.
#pragma once

#include "core/flow/guard.h"

#include <QList>

#include <map>

namespace odin {

class FakePolicy final : public DoorPolicy
{
public:
    bool isDryRun() const override { return dryRun; }
    bool isBalancer(const QHostAddress &) const override { return balancer; }
    std::optional<Turnaway> arrived(const QHostAddress &address) override
    {
        ++present[address.toString()];
        ++arrivals;
        return atArrival;
    }
    void left(const QHostAddress &address) override { --present[address.toString()]; }
    std::optional<Turnaway> judge(const RequestHead &, bool) const override { return atHead; }
    std::optional<Turnaway> mayLogIn(const QHostAddress &) override { return atLogin; }
    void loginFailed(const QHostAddress &address) override { failures.append(address.toString()); }
    std::optional<Turnaway> unknownArrived() override
    {
        ++unknowns;
        return atUnknown;
    }
    void unknownLeft() override { --unknowns; }
    std::optional<Turnaway> userArrived(const QByteArray &subject) override
    {
        ++users[subject];
        return atUser;
    }
    void userLeft(const QByteArray &subject) override { --users[subject]; }

    bool dryRun = false;
    bool balancer = false;
    std::optional<Turnaway> atArrival, atHead, atLogin, atUnknown, atUser;
    std::map<QString, int> present;
    std::map<QByteArray, int> users;
    QList<QString> failures;
    int arrivals = 0;
    int unknowns = 0;
};

/// Knows the tokens "alice" and "bob", who are called so.
class FakeAuthority final : public TokenAuthority
{
public:
    bool isRequired() const override { return required; }
    bool isTakenFromQuery() const override { return inQuery; }
    std::variant<Identity, TokenFault> check(QByteArrayView token) const override
    {
        if (token != "alice" && token != "bob")
            return TokenFault::Signature;
        Identity identity;
        identity.subject = token.toByteArray();
        return identity;
    }
    bool isRevoked(const Identity &) const override { return false; }
    quint64 revision() const override { return 0; }

    bool required = true;
    bool inQuery = false;
};

} // namespace odin
