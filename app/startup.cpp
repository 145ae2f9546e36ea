#include "app/startup.h"

#include "app/settingsources.h"

#include <QFile>

#include <cstdio>

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

Result<Settings> collected(const CommandLine &line)
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    auto settings = defaultSettings();
    const auto file = line.configFile.isEmpty() ? environment.value(QStringLiteral("ODIN_CONFIG")) : line.configFile;
    if (!file.isEmpty()) {
        const auto read = settingsFromFile(file);
        if (!read)
            return read.error();
        settings = merged(std::move(settings), read.value());
    }
    const auto variables = settingsFromEnvironment(environment);
    if (!variables)
        return variables.error();
    return merged(merged(std::move(settings), variables.value()), line.settings);
}

} // namespace

std::variant<Options, ExitNow> startUp(const QStringList &arguments, const QString &program)
{
    const auto line = parseCommandLine(arguments);
    if (!line)
        return refuse(line.error().text, exitcode::usage);
    if (line->help)
        return say(stdout, helpText(program), exitcode::stopped);
    if (line->version)
        return say(stdout, QStringLiteral("%1 " ODIN_VERSION "\n").arg(program), exitcode::stopped);
    const auto settings = collected(line.value());
    if (!settings)
        return refuse(settings.error().text, exitcode::badConfig);
    if (line->printConfig)
        say(stdout, printedSettings(settings.value()), exitcode::stopped);

    const auto checked = checkedOptions(settings.value());
    if (const auto *wrong = std::get_if<OptionError>(&checked))
        return refuse(wrong->text, wrong->source == SettingSource::Flag ? exitcode::usage : exitcode::badConfig);
    if (line->printConfig)
        return ExitNow{exitcode::stopped};
    if (line->checkConfig)
        return say(stdout, QStringLiteral("the configuration is good\n"), exitcode::stopped);
    const auto &options = std::get<Options>(checked);
    installLog(options.logLevel, options.logFormat);
    return options;
}

bool hasDisplay()
{
    const auto platform = qEnvironmentVariable("QT_QPA_PLATFORM");
    const bool needsNone = platform.startsWith(QLatin1String("offscreen")) || platform.startsWith(QLatin1String("minimal"))
        || platform.startsWith(QLatin1String("vnc"));
    return needsNone || !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

} // namespace odin
