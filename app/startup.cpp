#include "app/startup.h"

#include "app/secrets.h"
#include "app/settingsources.h"
#include "core/feed/bussecurity.h"
#include "core/shard/tlsidentity.h"

#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

#include <cstddef>
#include <cstdio>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace odin {

namespace {

ExitNow say(std::FILE *stream, const QString &text, int code)
{
    std::fputs(text.toUtf8().constData(), stream);
    return {code};
}

ExitNow refuse(const QString &why, int code)
{
    return say(stderr, QStringLiteral("odin: %1\n").arg(why), code);
}

// What was said to this run: by file, variables and flags.
Result<Settings> given(const CommandLine &line)
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    Settings settings;
    const auto file = line.configFile.isEmpty() ? environment.value(QStringLiteral("ODIN_CONFIG")) : line.configFile;
    if (!file.isEmpty()) {
        const auto read = settingsFromFile(file);
        if (!read)
            return read.error();
        settings = read.value();
    }
    const auto credentials = settingsFromCredentials(environment.value(QStringLiteral("CREDENTIALS_DIRECTORY")));
    if (!credentials)
        return credentials.error();
    const auto variables = settingsFromEnvironment(environment);
    if (!variables)
        return variables.error();
    return merged(merged(merged(std::move(settings), credentials.value()), variables.value()), line.settings);
}

// The console's own file never keeps the program from starting: what is wrong in it is left out and named.
struct Kept
{
    Settings settings;
    QStringList problems;
};

Kept keptIn(const QString &consoleFile)
{
    if (consoleFile.isEmpty() || !QFile::exists(consoleFile))
        return {};
    auto read = settingsFromFile(consoleFile);
    if (!read)
        return {{}, {read.error().text}};
    for (auto &[name, value] : read.value())
        value.source = SettingSource::Console;
    return {read.value(), {}};
}

std::variant<Options, OptionError> checkedWith(Kept &kept, const Settings &given)
{
    for (;;) {
        const auto checked = checkedOptions(merged(merged(defaultSettings(), kept.settings), given));
        const auto *wrong = std::get_if<OptionError>(&checked);
        if (!wrong || wrong->source != SettingSource::Console)
            return checked;
        kept.problems.append(wrong->text);
        kept.settings.erase(wrong->name);
    }
}

// What only the start would find: certificates, keys and credentials that are not good.
QString fileProblem(const Options &options)
{
    for (const auto *files : {&options.tls, &options.adminTls}) {
        const auto loaded = files->isOn() ? TlsIdentity::load(*files) : TlsIdentityPtr();
        if (const auto *fault = std::get_if<TlsFault>(&loaded))
            return fault->text;
    }
    const auto bus = checkBusSecurity(options.busSecurity);
    return bus ? QString() : bus.error().text;
}

// hideSecrets() came too late for who looked in between.
void warnOfSecrets(const Settings &settings)
{
    const auto &nats = settings.at(QStringLiteral("nats"));
    if (nats.source == SettingSource::Flag && withoutSecrets(u"nats", nats.text) != nats.text)
        qCWarning(lcApp, "a password on the command line can be read by everybody on this machine: put the URL into a file "
                         "and name that in ODIN_NATS_FILE");
}

bool connects(const QByteArray &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= qsizetype(sizeof address.sun_path))
        return false;
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + std::size_t(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool connected = fd >= 0 && ::connect(fd, reinterpret_cast<const sockaddr *>(&address), size) == 0;
    if (fd >= 0)
        ::close(fd);
    return connected;
}

// Qt ends the program where a display cannot be reached. Of one on this machine that can be told before; another's is
// believed.
bool answers(const QString &display)
{
    static const QRegularExpression local(QStringLiteral("^(?:unix)?:(\\d+)(?:\\.\\d+)?$"));
    const auto match = local.match(display);
    if (!match.hasMatch())
        return true;
    const auto path = "/tmp/.X11-unix/X" + match.captured(1).toLatin1();
    return connects('\0' + path) || connects(path);
}

} // namespace

std::variant<Options, ExitNow> startUp(const QStringList &arguments, const QString &program, const QString &consoleFile)
{
    const auto line = parseCommandLine(arguments);
    if (!line)
        return refuse(line.error().text, exitcode::usage);
    if (line->help)
        return say(stdout, helpText(program), exitcode::stopped);
    if (line->version)
        return say(stdout, QStringLiteral("%1 " ODIN_VERSION "\n").arg(program), exitcode::stopped);
    const auto settings = given(line.value());
    if (!settings)
        return refuse(settings.error().text, exitcode::badConfig);

    auto kept = keptIn(consoleFile);
    auto checked = checkedWith(kept, settings.value());
    if (line->printConfig)
        say(stdout, printedSettings(merged(merged(defaultSettings(), kept.settings), settings.value())),
            exitcode::stopped);
    for (const auto &problem : kept.problems)
        say(stderr, QStringLiteral("odin: not in force: %1\n").arg(problem), exitcode::stopped);
    if (const auto *wrong = std::get_if<OptionError>(&checked))
        return refuse(wrong->text, wrong->source == SettingSource::Flag ? exitcode::usage : exitcode::badConfig);
    if (line->printConfig)
        return ExitNow{exitcode::stopped};
    if (line->checkConfig) {
        const auto problem = fileProblem(std::get<Options>(checked));
        if (!problem.isEmpty())
            return refuse(problem, exitcode::badConfig);
        return say(stdout, QStringLiteral("the configuration is good\n"), exitcode::stopped);
    }
    auto &options = std::get<Options>(checked);
    options.consoleFile = consoleFile;
    options.consoleProblem = kept.problems.join(QLatin1Char('\n'));
    installLog(options.logLevel, options.logFormat);
    warnOfSecrets(options.settings);
    return options;
}

QString consoleSettingsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/odin/settings.toml");
}

QString displayProblem()
{
    const auto platform = qEnvironmentVariable("QT_QPA_PLATFORM");
    const bool needsNone = platform.startsWith(QLatin1String("offscreen"))
        || platform.startsWith(QLatin1String("minimal")) || platform.startsWith(QLatin1String("vnc"));
    if (needsNone || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        return {};
    const auto display = qEnvironmentVariable("DISPLAY");
    if (display.isEmpty())
        return QStringLiteral("neither DISPLAY nor WAYLAND_DISPLAY is set");
    return answers(display) ? QString() : QStringLiteral("no X server answers at DISPLAY=%1").arg(display);
}

} // namespace odin
