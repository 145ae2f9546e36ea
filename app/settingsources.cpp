#include "app/settingsources.h"

#include "app/secrets.h"
#include "core/model/limits.h"

#include <QDir>
#include <QFile>
#include <QLocale>

#include <toml++/toml.h>

namespace odin {

namespace {

bool isSwitch(const SettingInfo &info) { return *info.value == '\0'; }

// A setting by any of its names: "gui", and "no-gui" for its opposite.
struct Named
{
    const SettingInfo *info = nullptr;
    bool negated = false;
    bool isInFile = false; // the value stands in a file
};

Named named(const QString &name)
{
    if (const auto *info = settingInfo(name))
        return {info, false, false};
    const auto *info = name.startsWith(QLatin1String("no-")) ? settingInfo(QStringView(name).mid(3)) : nullptr;
    return {info && isSwitch(*info) ? info : nullptr, true, false};
}

constexpr QLatin1String fileSuffix("_FILE");

bool isFileVariable(const QString &key) { return key.endsWith(fileSuffix) && !named(settingName(key)).info; }

// ODIN_NATS, or ODIN_NATS_FILE for a file with its value in it.
Named variable(const QString &key)
{
    if (!isFileVariable(key))
        return named(settingName(key));
    auto setting = named(settingName(key.chopped(fileSuffix.size())));
    setting.isInFile = true;
    return setting;
}

// Of a setting that names a file, the file is the value.
Result<QString> heldIn(const QString &who, const SettingInfo &info, const QString &path)
{
    if (QByteArrayView(info.value).startsWith("FILE"))
        return path;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{QStringLiteral("%1: %2 cannot be read: %3").arg(who, path, file.errorString())};
    const auto bytes = file.read(limits::bodyBytesMax + 1);
    if (bytes.size() > limits::bodyBytesMax)
        return Error{QStringLiteral("%1: %2 is too large for a setting: more than %3 bytes")
                         .arg(who, path)
                         .arg(limits::bodyBytesMax)};
    return QString::fromUtf8(bytes).trimmed();
}

// no-gui = "true" says gui = "false"; what is neither stays as it is, to be named in an error.
QString valueFor(const Named &setting, const QString &text)
{
    if (!setting.negated)
        return text;
    const auto truth = truthOf(text);
    return !truth ? text : *truth ? QStringLiteral("false") : QStringLiteral("true");
}

// A TOML basic string.
QString quoted(const QString &text)
{
    QString escaped;
    for (const QChar c : text) {
        if (c == QLatin1Char('"') || c == QLatin1Char('\\'))
            escaped += QLatin1Char('\\');
        if (c < QLatin1Char(' ') || c == QChar(0x7f))
            escaped += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            escaped += c;
    }
    return QLatin1Char('"') + escaped + QLatin1Char('"');
}

QString sourceName(const SettingValue &value)
{
    return value.source == SettingSource::Default ? QStringLiteral("default") : value.where;
}

// Scalars as text; lists of strings joined with commas; nothing for the rest.
std::optional<QString> textOf(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return QString::fromStdString(text->get());
    if (const auto *number = node.as_integer())
        return QString::number(number->get());
    if (const auto *number = node.as_floating_point())
        return QString::number(number->get(), 'g', QLocale::FloatingPointShortest);
    if (const auto *flag = node.as_boolean())
        return flag->get() ? QStringLiteral("true") : QStringLiteral("false");
    const auto *list = node.as_array();
    if (!list)
        return {};
    QStringList parts;
    for (const auto &entry : *list) {
        if (!entry.is_string())
            return {};
        parts.append(QString::fromStdString(entry.as_string()->get()));
    }
    return parts.join(QLatin1Char(','));
}

QString placeIn(const QString &path, const toml::source_region &region)
{
    return QStringLiteral("%1, line %2, column %3").arg(path).arg(region.begin.line).arg(region.begin.column);
}

Result<Settings> settingsFrom(const toml::table &table, const QString &path)
{
    Settings settings;
    for (const auto &[key, node] : table) {
        const auto name = QString::fromStdString(std::string(key.str())).replace(QLatin1Char('_'), QLatin1Char('-'));
        const auto where = placeIn(path, node.source());
        const auto setting = named(name);
        const auto text = textOf(node);
        if (!setting.info)
            return Error{QStringLiteral("%1: unknown setting \"%2\"").arg(where, name)};
        if (!text)
            return Error{QStringLiteral("%1: \"%2\" must be a text, a number, true or false").arg(where, name)};
        settings[QLatin1String(setting.info->name)] = {valueFor(setting, *text), SettingSource::File, where};
    }
    return settings;
}

// One word of the command line that names a setting.
Result<Done> takeSetting(const QString &name, std::optional<QString> value, QStringList &rest, CommandLine &line)
{
    const auto flag = QStringLiteral("--") + name;
    const auto setting = named(name);
    if (!setting.info)
        return Error{QStringLiteral("unknown option %1: --help lists them").arg(flag)};
    if (isSwitch(*setting.info)) {
        if (value)
            return Error{QStringLiteral("%1 takes no value").arg(flag)};
        value = valueFor(setting, QStringLiteral("true"));
    } else if (!value) {
        if (rest.isEmpty())
            return Error{QStringLiteral("%1 needs a value: %2").arg(flag, QLatin1String(setting.info->value))};
        value = rest.takeFirst();
    }
    line.settings[QLatin1String(setting.info->name)] = {*value, SettingSource::Flag, flag};
    return Done{};
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList &arguments)
{
    CommandLine line;
    QStringList rest = arguments;
    while (!rest.isEmpty()) {
        const auto word = rest.takeFirst();
        if (word == QLatin1String("--help") || word == QLatin1String("-h"))
            line.help = true;
        else if (word == QLatin1String("--version"))
            line.version = true;
        else if (word == QLatin1String("--print-config"))
            line.printConfig = true;
        else if (word == QLatin1String("--check-config"))
            line.checkConfig = true;
        else if (!word.startsWith(QLatin1String("--")))
            return Error{QStringLiteral("unexpected argument \"%1\": --help lists the options")
                             .arg(withoutSecrets(u"nats", word))};
        else {
            const auto equals = word.indexOf(QLatin1Char('='));
            const auto name = word.mid(2, equals < 0 ? -1 : equals - 2);
            auto value = equals < 0 ? std::nullopt : std::optional(word.mid(equals + 1));
            if (name == QLatin1String("config")) {
                if (!value && rest.isEmpty())
                    return Error{QStringLiteral("--config needs a value: FILE")};
                line.configFile = value ? *value : rest.takeFirst();
            } else if (const auto taken = takeSetting(name, value, rest, line); !taken) {
                return taken.error();
            }
        }
    }
    return line;
}

QString helpText(const QString &program)
{
    QString text = QStringLiteral("%1 [options]\nReal-time price gateway: NATS in, WebSocket out.\n\n").arg(program);
    const auto row = [&text](const QString &left, const QString &right) {
        text += QStringLiteral("  %1 %2\n").arg(left, -28).arg(right);
    };
    for (const auto &info : settingTable()) {
        const auto name = QLatin1String(info.name);
        row(isSwitch(info) ? QStringLiteral("--[no-]%1").arg(name)
                           : QStringLiteral("--%1 %2").arg(name, QLatin1String(info.value)),
            QLatin1String(info.help)
                + (*info.fallback && !isSwitch(info) ? QStringLiteral(" [%1]").arg(QLatin1String(info.fallback)) : QString()));
    }
    row(QStringLiteral("--config FILE"), QStringLiteral("read settings from a TOML file (or ODIN_CONFIG)"));
    row(QStringLiteral("--print-config"), QStringLiteral("print the settings in force and where they come from"));
    row(QStringLiteral("--check-config"), QStringLiteral("check the settings and exit"));
    row(QStringLiteral("--version, --help"), QStringLiteral("what they say"));
    row(QStringLiteral("token --help"), QStringLiteral("how to make a token (as first word)"));
    return text
        + QStringLiteral("\nEvery option is also a variable (--log-level: ODIN_LOG_LEVEL; ODIN_LOG_LEVEL_FILE names a file\n"
                         "with the value in it, for secrets) and a line of the file (log-level = \"debug\").\n"
                         "Flags beat variables beat credentials of systemd beat file beat what was changed in the "
                         "console\nbeat defaults.\n"
                         "Exit codes: 0 stopped as asked, 1 failed, 2 usage, 69 a needed service is missing,\n"
                         "77 port or file not permitted, 78 bad configuration.\n");
}

Settings defaultSettings()
{
    Settings settings;
    for (const auto &info : settingTable())
        settings[QLatin1String(info.name)] = {QLatin1String(info.fallback), SettingSource::Default, {}};
    return settings;
}

Result<Settings> settingsFromEnvironment(const QProcessEnvironment &environment)
{
    Settings settings;
    for (const auto &key : environment.keys()) {
        if (!key.startsWith(QLatin1String("ODIN_")) || key == QLatin1String("ODIN_CONFIG"))
            continue;
        const auto setting = variable(key);
        if (!setting.info)
            return Error{QStringLiteral("unknown variable %1: no option has this name").arg(key)};
        const auto name = QLatin1String(setting.info->name);
        const auto text = setting.isInFile ? heldIn(key, *setting.info, environment.value(key))
                                           : Result<QString>(environment.value(key));
        if (!text)
            return text.error();
        const auto other = settings.find(name);
        if (other != settings.end() && (setting.isInFile || isFileVariable(other->second.where)))
            return Error{QStringLiteral("%1 and %2 say the same: give one of them").arg(other->second.where, key)};
        settings[name] = {valueFor(setting, text.value()), SettingSource::Variable, key};
    }
    return settings;
}

Result<Settings> settingsFromCredentials(const QString &folder)
{
    Settings settings;
    if (folder.isEmpty())
        return settings;
    const QDir files(folder);
    for (const auto &file : files.entryList({QStringLiteral("odin-*")}, QDir::Files)) {
        const auto path = files.filePath(file);
        const auto setting = named(file.mid(int(qstrlen("odin-"))));
        if (!setting.info)
            return Error{QStringLiteral("unknown credential %1: no option has this name").arg(path)};
        const auto text = heldIn(path, *setting.info, path);
        if (!text)
            return text.error();
        settings[QLatin1String(setting.info->name)] = {valueFor(setting, text.value()), SettingSource::Variable, path};
    }
    return settings;
}

Result<Settings> settingsFromFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString())};
    return settingsFromText(file.readAll(), path);
}

Result<Settings> settingsFromText(const QByteArray &toml, const QString &path)
{
    try {
        return settingsFrom(toml::parse(toml.toStdString()), path);
    } catch (const toml::parse_error &error) {
        return Error{QStringLiteral("%1: %2").arg(placeIn(path, error.source()),
                                                  QString::fromStdString(std::string(error.description())))};
    }
}

Settings merged(Settings base, const Settings &over)
{
    for (const auto &[name, value] : over)
        base[name] = value;
    return base;
}

QString settingsFileText(const Settings &settings)
{
    QString text;
    for (const auto &[name, value] : settings)
        text += QStringLiteral("%1 = %2\n").arg(name, quoted(value.text));
    return text;
}

QString printedSettings(const Settings &settings)
{
    QString text;
    for (const auto &[name, value] : settings)
        text += QStringLiteral("%1 = %2  # %3\n").arg(name, quoted(withoutSecrets(name, value.text)), sourceName(value));
    return text;
}

} // namespace odin
