#include "app/settingskeeper.h"

#include "app/keptfile.h"
#include "app/secrets.h"
#include "app/settingsources.h"

namespace odin {

namespace {

const QString hidden = QStringLiteral("***");

bool isAtOnce(const QString &name) { return name == QLatin1String("log-level") || name == QLatin1String("log-format"); }

Settings from(const Settings &all, bool (*wanted)(SettingSource))
{
    Settings some;
    for (const auto &[name, value] : all) {
        if (wanted(value.source))
            some[name] = value;
    }
    return some;
}

bool isKept(SettingSource source) { return source == SettingSource::Console; }
bool isGiven(SettingSource source) { return source > SettingSource::Console; }

QString sourceOf(const SettingValue &value)
{
    switch (value.source) {
    case SettingSource::Default: return QStringLiteral("default");
    case SettingSource::Console: return QStringLiteral("console");
    default: return value.where;
    }
}

QString lockOf(const QString &name, const SettingValue &value, const QString &path)
{
    const auto given = [&](const QString &how) {
        return QStringLiteral("%1 %2, which wins over the console: start without it to change it here.")
            .arg(how, value.where);
    };
    if (name == QLatin1String("gui"))
        return QStringLiteral("Only for the command line, a variable or a file: without its window, "
                              "the console could not be told to show it again.");
    if (path.isEmpty())
        return QStringLiteral("This program keeps no settings of its own: use a flag, a variable or a file.");
    switch (value.source) {
    case SettingSource::Flag: return given(QStringLiteral("Given on the command line by"));
    case SettingSource::Variable: return given(QStringLiteral("Given by the variable"));
    case SettingSource::File: return given(QStringLiteral("Given in"));
    default: return {};
    }
}

} // namespace

SettingsKeeper::SettingsKeeper(const Options &options)
    : m_path(options.consoleFile),
      m_given(from(options.settings, isGiven)),
      m_inForce(merged(defaultSettings(), options.settings)),
      m_kept(from(options.settings, isKept)),
      m_problem(options.consoleProblem)
{
    list();
}

SettingsKeeper::~SettingsKeeper() = default;

SettingsPtr SettingsKeeper::listing() const
{
    const std::lock_guard lock(m_mutex);
    return m_listing;
}

/// What the next start finds, as far as this program knows.
Settings SettingsKeeper::upcoming() const { return merged(merged(defaultSettings(), m_kept), m_given); }

void SettingsKeeper::list()
{
    auto listing = std::make_shared<SettingsListing>();
    const auto later = upcoming();
    for (const auto &info : settingTable()) {
        const QString name = QLatin1String(info.name);
        const auto &value = m_inForce.at(name);
        SettingRow row{.name = name,
                       .meaning = QString::fromUtf8(info.help),
                       .value = withoutSecrets(name, value.text),
                       .source = sourceOf(value),
                       .fallback = QLatin1String(info.fallback),
                       .choices = QString::fromLatin1(info.choices).split(QLatin1Char('|'), Qt::SkipEmptyParts),
                       .effect = isAtOnce(name) ? SettingEffect::AtOnce : SettingEffect::AfterRestart,
                       .lockedBy = lockOf(name, value, m_path),
                       .isKept = m_kept.contains(name),
                       .upcoming = {}};
        if (later.at(name).text != value.text)
            row.upcoming = withoutSecrets(name, later.at(name).text);
        listing->rows.push_back(std::move(row));
    }
    listing->file = m_path;
    listing->problem = m_problem;
    m_listing = std::move(listing);
}

Result<Done> SettingsKeeper::change(const QString &name, const std::optional<QString> &value)
{
    const std::lock_guard lock(m_mutex);
    if (!settingInfo(name))
        return Error{QStringLiteral("%1 is no setting of this program").arg(name)};
    if (const auto why = lockOf(name, m_inForce.at(name), m_path); !why.isEmpty())
        return Error{why};
    if (value && name == QLatin1String("nats") && value->contains(hidden))
        return Error{
            QStringLiteral("Write the password itself in place of %1: it is hidden here, not known.").arg(hidden)};

    const auto before = m_kept;
    if (value)
        m_kept[name] = {*value, SettingSource::Console, name};
    else
        m_kept.erase(name);
    const auto checked = checkedOptions(upcoming());
    if (const auto *wrong = std::get_if<OptionError>(&checked)) {
        m_kept = before;
        return Error{wrong->text};
    }
    if (isAtOnce(name)) {
        m_inForce[name] = upcoming().at(name);
        const auto &options = std::get<Options>(checked);
        changeLog(options.logLevel, options.logFormat);
    }
    list();
    if (!m_writer)
        m_writer = std::make_unique<WorkerThread>(QStringLiteral("odin-settings"));
    m_writer->post([this, name, value] { write(name, value); });
    return Done{};
}

/// On the writer's thread.
void SettingsKeeper::write(const QString &name, const std::optional<QString> &value)
{
    const auto written = changeKeptFile(m_path, name, value);
    if (!written)
        qCWarning(lcApp).noquote() << written.error().text;
    const std::lock_guard lock(m_mutex);
    m_problem = written ? QString() : written.error().text;
    list();
}

} // namespace odin
