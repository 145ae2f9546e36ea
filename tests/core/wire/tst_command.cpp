// What clients may say, and what they are told when they say something else.
#include "core/model/limits.h"
#include "core/wire/command.h"

#include <QTest>

using namespace odin;

namespace {

CommandError errorOf(const QByteArray &text)
{
    const auto parsed = parseCommand(text);
    const auto *error = std::get_if<CommandError>(&parsed);
    return error ? *error : CommandError{{}, ErrorCode(0), "accepted"};
}

template<class Body>
Body bodyOf(const QByteArray &text)
{
    const auto parsed = parseCommand(text);
    const auto *command = std::get_if<Command>(&parsed);
    return command && std::holds_alternative<Body>(command->body) ? std::get<Body>(command->body) : Body{};
}

} // namespace

class TestCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void subscribes()
    {
        const auto body = bodyOf<SubscribeCommand>(R"({"type":"subscribe","tokens":["BTC","ETH","BTC"]})");
        QCOMPARE(body.selection.tokens, (std::set<QByteArray>{"BTC", "ETH"}));
        QVERIFY(body.channels == Channels(Channel::Price));
        QVERIFY(!body.resume);
    }

    void subscribesToEverything()
    {
        const auto body = bodyOf<SubscribeCommand>(
            R"({"type":"subscribe","tokens":["*"],"channels":["volume","market"],"resume":{"epoch":"a","seq":5}})");
        QVERIFY(body.selection.all);
        QVERIFY(!body.channels.has(Channel::Price) && body.channels.has(Channel::Volume) && body.channels.has(Channel::Market));
        QVERIFY(body.resume);
    }

    void echoesIds()
    {
        const auto parsed = parseCommand(R"({"type":"ping","id":9007199254740991,"clientTime":1.5})");
        const auto &command = std::get<Command>(parsed);
        QCOMPARE(*command.id, 9007199254740991);
        QCOMPARE(std::get<PingCommand>(command.body).clientTime.toDouble(), 1.5);
        QCOMPARE(*errorOf(R"({"type":"dance","id":7})").id, 7);
        QVERIFY(!errorOf(R"({"type":"dance","id":7.5})").id);
        QVERIFY(!errorOf(R"({"type":"dance","id":"7"})").id);
        QVERIFY(!errorOf(R"({"type":"dance","id":1e300})").id);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const auto row = [](const QByteArray &text, ErrorCode code) {
            QTest::newRow(text.left(60).constData()) << text << int(code);
        };
        row("", ErrorCode::BadRequest);
        row("null", ErrorCode::BadRequest);
        row("[]", ErrorCode::BadRequest);
        row("{", ErrorCode::BadRequest);
        row("\xff\xfe", ErrorCode::BadRequest);
        row("{}", ErrorCode::UnknownCommand);
        row(R"({"type":1})", ErrorCode::UnknownCommand);
        row(R"({"type":"SUBSCRIBE"})", ErrorCode::UnknownCommand);
        row(R"({"type":"subscribe"})", ErrorCode::BadRequest);
        row(R"({"type":"subscribe","tokens":"BTC"})", ErrorCode::BadRequest);
        row(R"({"type":"subscribe","tokens":[1]})", ErrorCode::TokenIdNotValid);
        row(R"({"type":"subscribe","tokens":[""]})", ErrorCode::TokenIdNotValid);
        row(R"({"type":"subscribe","tokens":["a b"]})", ErrorCode::TokenIdNotValid);
        row(R"({"type":"subscribe","tokens":["*","BTC"]})", ErrorCode::TokenIdNotValid);
        row(R"({"type":"subscribe","tokens":["BTC"],"channels":[]})", ErrorCode::BadRequest);
        row(R"({"type":"subscribe","tokens":["BTC"],"channels":["all"]})", ErrorCode::BadRequest);
        row(R"({"type":"subscribe","tokens":["BTC"],"mode":"fast"})", ErrorCode::BadRequest);
        row(R"({"type":"subscribe","tokens":["BTC"],"maxHz":-1})", ErrorCode::BadRequest);
        row(R"({"type":"subscribe","tokens":["BTC"],"resume":5})", ErrorCode::BadRequest);
        row(R"({"type":"subscribe","tokens":["BTC"],"resume":{"epoch":"a","seq":-1}})", ErrorCode::BadRequest);
        row(R"({"type":"unsubscribe","tokens":{}})", ErrorCode::BadRequest);
        QByteArray many = R"({"type":"subscribe","tokens":["A0")";
        for (int i = 0; i < limits::commandTokensMax; ++i)
            many += ",\"A" + QByteArray::number(i) + '"';
        row(many + "]}", ErrorCode::LimitExceeded);
    }

    void refuses()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, code);
        QCOMPARE(int(errorOf(text).code), code);
    }

    void tokenLists()
    {
        QVERIFY(parseTokenList("*")->all);
        QCOMPARE(parseTokenList("BTC,ETH")->tokens.size(), 2u);
        QVERIFY(!parseTokenList(""));
        QVERIFY(!parseTokenList("BTC,"));
        QVERIFY(!parseTokenList("BTC,<x>"));
        QVERIFY(!parseTokenList(QByteArray("A,").repeated(limits::commandTokensMax) + "A"));
    }
};

QTEST_APPLESS_MAIN(TestCommand)
#include "tst_command.moc"
