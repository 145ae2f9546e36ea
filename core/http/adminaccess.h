// AdminAccess: who may do what on the operators' port: tokens, rates, and a line in the log for every change.
// Thread: the admin port's. Owner: whoever makes the routes (shared by them).
#pragma once

#include "core/base/ratebudget.h"
#include "core/http/httpmessage.h"

#include <functional>
#include <map>
#include <optional>

namespace odin {

class AdminAccess
{
public:
    /// Who a bearer token is: a name for the log; nothing = nobody whom this port knows.
    using Identify = std::function<std::optional<QByteArray>(const QByteArray &token)>;
    /// What is to be done, after it was allowed; `who` asks for it.
    using Action = std::function<HttpResponse(const HttpRequest &request, const QByteArray &who)>;

    /// What may be read without a token: by everybody who reaches the port, or nothing but /livez.
    enum class Readers { All, Operators };

    AdminAccess(Identify identify, Readers readers) : m_identify(std::move(identify)), m_readers(readers) {}

    /// Facts without names: open to all when readers are.
    HttpHandler reading(HttpHandler handler);
    /// Facts about single people: always with a token.
    HttpHandler confidential(Action action);
    /// Something changes: with a token, as JSON if there is a body, and written into the log with its outcome.
    HttpHandler changing(Action action);

private:
    struct Visitor
    {
        RateBudget requests;
        RateBudget failures;
        SteadyTime seen;
    };

    std::optional<HttpResponse> refusal(const HttpRequest &request);
    std::optional<HttpResponse> identify(const HttpRequest &request, QByteArray &who);
    Visitor &visitor(const QByteArray &address, SteadyTime now);

    const Identify m_identify;
    const Readers m_readers;
    std::map<QByteArray, Visitor> m_visitors;
};

} // namespace odin
