// Paths and methods to handlers, and what every answer carries.
#include "core/http/router.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <stdexcept>

using namespace odin;

namespace {

QByteArray fieldOf(const HttpResponse &response, const QByteArray &name)
{
    return HttpRequest{{}, {}, {}, {}, response.fields}.field(name);
}

Router testRouter()
{
    Router router;
    router.get("/a", [](const HttpRequest &request) {
        return HttpResponse{200, "text/plain", "got " + request.query, {}};
    });
    router.post("/a", [](const HttpRequest &request) { return HttpResponse{202, "text/plain", request.body, {}}; });
    router.post("/b", [](const HttpRequest &) { return HttpResponse{204, {}, {}, {}}; });
    router.get("/throws", [](const HttpRequest &) -> HttpResponse { throw std::runtime_error("secret"); });
    router.get("/cached", [](const HttpRequest &) {
        return HttpResponse{200, "text/plain", "x", {{"cache-control", "max-age=5"}}};
    });
    return router;
}

HttpResponse ask(const QByteArray &method, const QByteArray &path)
{
    return testRouter().route({method, path, "q=1", "body", {}});
}

} // namespace

class TestRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheHandler()
    {
        QCOMPARE(ask("GET", "/a").body, QByteArray("got q=1"));
        QCOMPARE(ask("POST", "/a").status, 202);
        QCOMPARE(ask("POST", "/a").body, QByteArray("body"));
    }

    void headIsAGetWhoseBodyStaysHere()
    {
        QCOMPARE(ask("HEAD", "/a").status, 200);
        QCOMPARE(ask("HEAD", "/a").body, QByteArray("got q=1")); // for its length: the server does not write it
        QCOMPARE(ask("HEAD", "/b").status, 405);
    }

    void oneHandlerMayTakeAllOtherPaths()
    {
        auto router = testRouter();
        router.getOtherwise([](const HttpRequest &request) {
            return HttpResponse{200, {}, "else " + request.path, {}};
        });
        QCOMPARE(router.route({"GET", "/other", {}, {}, {}}).body, QByteArray("else /other"));
        QCOMPARE(router.route({"HEAD", "/other", {}, {}, {}}).status, 200);
        QCOMPARE(router.route({"GET", "/a", {}, {}, {}}).body, QByteArray("got "));
        QCOMPARE(router.route({"POST", "/other", {}, {}, {}}).status, 405);
        QCOMPARE(router.route({"GET", "/b", {}, {}, {}}).status, 405);
    }

    void unknownPathsAreNotFound()
    {
        for (const QByteArray path : {"/", "/A", "/a/", "/a/../a", ""}) {
            const auto response = ask("GET", path);
            QCOMPARE(response.status, 404);
            QCOMPARE(response.contentType, QByteArray("application/problem+json"));
            QCOMPARE(QJsonDocument::fromJson(response.body).object().value(QLatin1String("status")).toInt(), 404);
        }
    }

    void otherMethodsAreToldWhatIsAllowed()
    {
        QCOMPARE(ask("DELETE", "/a").status, 405);
        QCOMPARE(fieldOf(ask("DELETE", "/a"), "allow"), QByteArray("GET, HEAD, POST"));
        QCOMPARE(fieldOf(ask("GET", "/b"), "Allow"), QByteArray("POST"));
        QCOMPARE(ask("UNKNOWN", "/throws").status, 405);
    }

    void aHandlerThatThrowsIsOurFaultAndNobodysBusiness()
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("secret")));
        const auto response = ask("GET", "/throws");
        QCOMPARE(response.status, 500);
        QVERIFY(!response.body.contains("secret"));
    }

    void everyAnswerCarriesTheSameFields()
    {
        for (const QByteArray path : {"/a", "/missing"}) {
            const auto response = ask("GET", path);
            QCOMPARE(fieldOf(response, "Cache-Control"), QByteArray("no-store"));
            QCOMPARE(fieldOf(response, "X-Content-Type-Options"), QByteArray("nosniff"));
            QCOMPARE(fieldOf(response, "Connection"), QByteArray("close"));
        }
        const auto cached = ask("GET", "/cached");
        QCOMPARE(fieldOf(cached, "Cache-Control"), QByteArray("max-age=5"));
        QCOMPARE(cached.fields.size(), 3u);
    }

    void fieldsAreFoundInAnyCase()
    {
        const HttpRequest request{"GET", "/", {}, {}, {{"If-None-Match", "x"}, {"if-none-match", "y"}}};
        QCOMPARE(request.field("if-none-MATCH"), QByteArray("x"));
        QCOMPARE(request.field("missing"), QByteArray());
    }
};

QTEST_APPLESS_MAIN(TestRouter)
#include "tst_router.moc"
