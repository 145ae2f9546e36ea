// odin-faultproxy --target HOST:PORT [--port N] [--seed N]: simulator/network as a program, for tests that are not C++.
// Prints "ready port=N", takes one JSON command per line from standard input (faultproxycommands.h) and answers each
// with one line; ends with standard input. Never installed. Exit codes: 0 asked to end, 1 no port, 2 usage.
#include "simulator/network/faultproxy.h"
#include "tests/support/faultproxycommands.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>
#include <QUrl>

#include <unistd.h>

#include <array>
#include <cstdio>

using namespace odin;

namespace {

constexpr qsizetype lineBytesMax = 64 * 1024;

void say(const QByteArray &text)
{
    std::fwrite(text.data(), 1, std::size_t(text.size()), stdout);
    std::fflush(stdout);
}

std::optional<ProxyTarget> targetOf(const QString &text)
{
    const QUrl url(QStringLiteral("tcp://") + text);
    const auto host =
        url.host() == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(url.host());
    if (host.isNull() || url.port() <= 0)
        return {};
    return ProxyTarget{host, quint16(url.port())};
}

// False at the end of the input.
bool obeyInput(FaultProxy &proxy, QByteArray &input)
{
    std::array<char, 4096> buffer;
    const auto got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got <= 0)
        return false;
    input.append(buffer.data(), got);
    for (auto end = input.indexOf('\n'); end >= 0; end = input.indexOf('\n')) {
        say(obeyed(proxy, input.first(end)));
        input.remove(0, end + 1);
    }
    return input.size() <= lineBytesMax;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption target(QStringLiteral("target"), QStringLiteral("Where connections go."),
                                    QStringLiteral("host:port"));
    const QCommandLineOption port(QStringLiteral("port"), QStringLiteral("Port on 127.0.0.1; 0: any."),
                                  QStringLiteral("n"), QStringLiteral("0"));
    const QCommandLineOption seed(QStringLiteral("seed"), QStringLiteral("Of the jitter."), QStringLiteral("n"),
                                  QStringLiteral("1"));
    parser.addOptions({target, port, seed});
    parser.addHelpOption();
    parser.process(app);
    const auto where = targetOf(parser.value(target));
    if (!where) {
        std::fputs("odin-faultproxy: --target takes an address and a port\n", stderr);
        return 2;
    }

    FaultProxy proxy(parser.value(seed).toUInt());
    if (const auto opened = proxy.open(parser.value(port).toUShort(), *where); !opened) {
        std::fprintf(stderr, "odin-faultproxy: %s\n", opened.error().text.toLocal8Bit().constData());
        return 1;
    }
    QByteArray input;
    QSocketNotifier reading(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&reading, &QSocketNotifier::activated, &app, [&] {
        if (!obeyInput(proxy, input))
            QCoreApplication::quit();
    });
    say("ready port=" + QByteArray::number(proxy.port()) + '\n');
    return QCoreApplication::exec();
}
