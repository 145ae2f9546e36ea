// Who may do what on the operators' port, by caller and action; guesses have a price, and changes leave a line in the log.
#include "core/http/adminroutes.h"
#include "core/model/limits.h"

#include <QTest>

using namespace odin;

namespace {

constexpr char adminSecret[] = "the-admin-secret";

HttpRequest request(const QByteArray &method, const QByteArray &path, const QByteArray &token = {}, const QByteArray &body = {})
{
    HttpRequest made{method, path, {}, body, {}, "192.0.2.1", {}};
    if (!token.isEmpty())
        made.fields.emplace_back("authorization", "Bearer " + token);
    if (!body.isEmpty())
        made.fields.emplace_back("content-type", "application/json; charset=utf-8");
    return made;
}

struct Port
{
    explicit Port(AdminAccess::Readers readers = AdminAccess::Readers::All)
        : access([](const QByteArray &token) { return token == adminSecret ? std::optional<QByteArray>("the admin token")
                                                                           : std::nullopt; },
                 readers)
    {
        addAdminRoutes(router, access, state, CounterSources{nullptr, &feed, &hub, {}},
                       [] { return std::make_shared<GatewaySnapshot>(); }, actions());
    }

    AdminActions actions()
    {
        return {.clients = [](const ClientQuery &query) {
                    auto listing = std::make_shared<ClientListing>();
                    listing->query = query;
                    return listing;
                },
                .client = [](const QByteArray &id) {
                    auto details = std::make_shared<ClientDetails>();
                    details->id = id;
                    details->isConnected = id != "gone";
                    return details;
                },
                .disconnect = [this](const QByteArray &id) { done.append("disconnect " + id); },
                .limit = [this](const QByteArray &id, std::optional<double> hz) {
                    done.append("limit " + id + ' ' + (hz ? QByteArray::number(*hz) : QByteArray("none")));
                },
                .drain = [this] { done.append("drain"); },
                .reload = [this] { done.append("reload"); }};
    }

    GatewayState state{"node"};
    FeedCounters feed;
    HubCounters hub;
    AdminAccess access;
    Router router;
    QByteArrayList done;
};

} // namespace

class TestAdminAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callersAndActions_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("nobody");  // on loopback
        QTest::addColumn<int>("operators"); // with the token
        QTest::addColumn<QByteArray>("done");
        const auto row = [](const char *method, const char *path, const char *body, int nobody, int operators, const char *done) {
            QTest::addRow("%s %s %s", method, path, body) << QByteArray(method) << QByteArray(path) << QByteArray(body) << nobody
                                                          << operators << QByteArray(done);
        };
        row("GET", "/livez", "", 200, 200, "");
        row("GET", "/metrics", "", 200, 200, "");
        row("GET", "/api/v1/status", "", 200, 200, "");
        row("GET", "/api/v1/clients", "", 401, 200, "");
        row("GET", "/api/v1/clients/c-1", "", 401, 200, "");
        row("GET", "/api/v1/clients/gone", "", 401, 404, "");
        row("DELETE", "/api/v1/clients/c-1", "", 401, 202, "disconnect c-1");
        row("POST", "/api/v1/clients/c-1/limit", R"({"maxHz":2.5})", 401, 202, "limit c-1 2.5");
        row("POST", "/api/v1/clients/c-1/limit", R"({"maxHz":null})", 401, 202, "limit c-1 none");
        row("POST", "/api/v1/clients/c-1/limit", R"({"maxHz":-1})", 401, 400, "");
        row("POST", "/api/v1/clients/c-1/limit", R"({"maxHz":1e999})", 401, 400, "");
        row("POST", "/api/v1/clients/c-1/limit", R"({})", 401, 400, "");
        row("POST", "/api/v1/clients/c-1/limit", R"(nonsense)", 401, 400, "");
        row("POST", "/api/v1/drain", "{}", 401, 202, "drain");
        row("POST", "/api/v1/reload", "{}", 401, 202, "reload");
        row("GET", "/api/v1/drain", "", 405, 405, "");
        row("POST", "/metrics", "{}", 405, 405, "");
        row("DELETE", "/api/v1/clients/", "", 404, 404, "");
        row("DELETE", "/api/v1/clients/a/b", "", 404, 404, "");
    }
    void callersAndActions()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(int, nobody);
        QFETCH(int, operators);
        QFETCH(QByteArray, done);
        Port port;
        QCOMPARE(port.router.route(request(method, path, {}, body)).status, nobody);
        QCOMPARE(port.router.route(request(method, path, "wrong", body)).status, nobody);
        QVERIFY(port.done.isEmpty());
        QCOMPARE(port.router.route(request(method, path, adminSecret, body)).status, operators);
        QCOMPARE(port.done, done.isEmpty() ? QByteArrayList() : QByteArrayList{done});
    }

    void beyondThisMachineEvenReadingNeedsAToken()
    {
        Port port(AdminAccess::Readers::Operators);
        QCOMPARE(port.router.route(request("GET", "/livez")).status, 200);
        for (const char *path : {"/metrics", "/api/v1/status"}) {
            const auto refused = port.router.route(request("GET", path));
            QCOMPARE(refused.status, 401);
            QVERIFY(std::ranges::find(refused.fields, std::pair<QByteArray, QByteArray>("WWW-Authenticate", "Bearer")) != refused.fields.end());
            QCOMPARE(port.router.route(request("GET", path, adminSecret)).status, 200);
        }
    }

    void guessesHaveAPrice()
    {
        Port port;
        for (int n = 0; n < limits::adminFailuresPerMinuteMax; ++n)
            QCOMPARE(port.router.route(request("GET", "/api/v1/clients", "guess")).status, 401);
        QCOMPARE(port.router.route(request("GET", "/api/v1/clients", "guess")).status, 429);
        QCOMPARE(port.router.route(request("GET", "/api/v1/clients", adminSecret)).status, 429); // who guesses cannot tell
        auto elsewhere = request("GET", "/api/v1/clients", adminSecret);
        elsewhere.peer = "192.0.2.2";
        QCOMPARE(port.router.route(elsewhere).status, 200);
    }

    void theRightTokenIsNoGuess()
    {
        Port port;
        for (int n = 0; n < 3 * limits::adminFailuresPerMinuteMax; ++n)
            QCOMPARE(port.router.route(request("GET", "/api/v1/clients", adminSecret)).status, 200);
    }

    void aFloodIsTurnedAway()
    {
        Port port;
        int refused = 0;
        for (int n = 0; n < 10 * limits::adminRequestsBurstMax && refused == 0; ++n)
            refused += port.router.route(request("GET", "/api/v1/status")).status == 429;
        QCOMPARE(refused, 1);
    }

    void manyAddressesAreNoLeak()
    {
        Port port;
        for (int n = 0; n < 5000; ++n) {
            auto asked = request("GET", "/api/v1/status");
            asked.peer = QByteArray::number(n);
            QCOMPARE(port.router.route(asked).status, 200);
        }
    }

    void aBodyIsJson()
    {
        Port port;
        auto form = request("POST", "/api/v1/drain", adminSecret);
        form.body = "a=b";
        form.fields.emplace_back("content-type", "application/x-www-form-urlencoded");
        QCOMPARE(port.router.route(form).status, 415);
        QVERIFY(port.done.isEmpty());
    }

    void changesAreAudited()
    {
        Port port;
        QTest::ignoreMessage(QtInfoMsg, "DELETE /api/v1/clients/c-9 by the admin token from 192.0.2.1: 202");
        (void)port.router.route(request("DELETE", "/api/v1/clients/c-9", adminSecret));
        QTest::ignoreMessage(QtInfoMsg, "POST /api/v1/drain by nobody known from 192.0.2.1: 401");
        (void)port.router.route(request("POST", "/api/v1/drain", "wrong"));
    }
};

QTEST_GUILESS_MAIN(TestAdminAccess)
#include "tst_adminaccess.moc"
