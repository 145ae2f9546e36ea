#include "ui/models/helptext.h"

#include <QUrl>

namespace odin {

namespace {

const std::vector<std::pair<QString, QString>> &purposes()
{
    static const std::vector<std::pair<QString, QString>> table{
        {QStringLiteral("Dashboard"), QStringLiteral("Is it live, how many clients, how late, and who is hurting.")},
        {QStringLiteral("Prices"),
         QStringLiteral("Every token: price, movement, volume, age, sequence and its last minute.")},
        {QStringLiteral("Clients"),
         QStringLiteral("Every connection: what it reads, how far it is behind; slow it down or disconnect it.")},
        {QStringLiteral("Simulator"),
         QStringLiteral("Which simulated tokens trade, how fast and how wildly, and scenarios.")},
        {QStringLiteral("Load test"),
         QStringLiteral("Thousands of checking clients against a gateway, with a verdict against your goals.")},
        {QStringLiteral("Latency"), QStringLiteral("Where the time goes between a publisher and a client, by stage.")},
        {QStringLiteral("Savings"),
         QStringLiteral("What the same users would cost by polling, beside what pushing costs now.")},
        {QStringLiteral("Log"), QStringLiteral("What the gateway says: by severity, searched, followed, saved.")},
        {QStringLiteral("Settings"), QStringLiteral("Every setting, where its value comes from, and changing it.")}};
    return table;
}

HelpSection pages(const HelpFacts &facts)
{
    HelpSection section{.title = QStringLiteral("Pages"), .rows = {}, .text = {}};
    for (const auto &page : facts.pages)
        section.rows.emplace_back(page.shortcut.isEmpty() ? page.name
                                                          : page.name + QStringLiteral("  ") + page.shortcut,
                                  pagePurpose(page.name));
    return section;
}

HelpSection keys(const HelpFacts &facts)
{
    HelpSection section{.title = QStringLiteral("Keys"), .rows = {}, .text = {}};
    for (const auto &action : facts.actions)
        section.rows.emplace_back(action.shortcut, action.name);
    section.rows.emplace_back(QStringLiteral("Tab, Shift+Tab"),
                              QStringLiteral("From one control to the next, and back"));
    section.rows.emplace_back(QStringLiteral("Space"),
                              QStringLiteral("Press the button or turn the switch that has the focus"));
    section.rows.emplace_back(QStringLiteral("Arrows, Page keys"), QStringLiteral("Move in a table or a list"));
    section.rows.emplace_back(QStringLiteral("Ctrl+C"),
                              QStringLiteral("In a table: copy the chosen rows, or all, as CSV"));
    section.rows.emplace_back(QStringLiteral("Menu key"),
                              QStringLiteral("In a table or a chart: copy, export, columns"));
    section.rows.emplace_back(QStringLiteral("Esc"), QStringLiteral("Close a dialog or the command palette"));
    return section;
}

HelpSection clients(const GatewayAddresses &at)
{
    return {.title = QStringLiteral("Connect a client"),
            .rows = {{QStringLiteral("Browser"), at.page},
                     {QStringLiteral("WebSocket"), at.ws + QStringLiteral("?tokens=BTC,ETH")},
                     {QStringLiteral("In a terminal"), QStringLiteral("npx wscat -c '%1?tokens=*'").arg(at.ws)}},
            .text = whoCanOpen(at.page)};
}

HelpSection files(const HelpFacts &facts)
{
    HelpSection section{.title = QStringLiteral("Files and documents"), .rows = {}, .text = {}};
    if (!facts.settingsFile.isEmpty())
        section.rows.emplace_back(QStringLiteral("Settings"), facts.settingsFile);
    section.rows.emplace_back(QStringLiteral("This window"), facts.consoleFile);
    section.rows.emplace_back(
        QStringLiteral("README.md"),
        QStringLiteral("Options, exit codes, production, what to do when something does not work"));
    section.rows.emplace_back(QStringLiteral("docs/api-spec.md"),
                              QStringLiteral("What clients, publishers and monitoring rely on"));
    section.rows.emplace_back(QStringLiteral("docs/limits.md"), QStringLiteral("Every bound of the program"));
    section.rows.emplace_back(QStringLiteral("docs/loadtest.md"), QStringLiteral("The load tester"));
    section.rows.emplace_back(QStringLiteral("Monitoring"),
                              facts.addresses.admin + QStringLiteral("metrics (Prometheus), ") + facts.addresses.admin
                                  + QStringLiteral("api/v1/status"));
    return section;
}

} // namespace

QString pagePurpose(const QString &title)
{
    for (const auto &[name, purpose] : purposes()) {
        if (name == title)
            return purpose;
    }
    return {};
}

QString publisherLines()
{
    return QStringLiteral("odin-console --no-simulate --nats-info nats.info\n"
                          "NATS_INFO=nats.info docs/examples/publisher.py");
}

QString whoCanOpen(const QString &pageAddress)
{
    const auto host = QUrl(pageAddress).host();
    if (host.isEmpty())
        return QStringLiteral("The page has no address yet.");
    if (host == QLatin1String("127.0.0.1") || host == QLatin1String("::1"))
        return QStringLiteral(
            "This is an address of this machine: browsers here can open it. For phones and other machines, change the "
            "setting listen to 0.0.0.0:8080. Then everybody needs a token, which \"odin-gateway token\" makes.");
    const auto forWhom = QStringLiteral("Whoever reaches this machine can open it. Prices are for those who have a token, "
                                        "which \"odin-gateway token\" makes, unless the setting auth is off. ");
    const bool isTls = pageAddress.startsWith(QLatin1String("https:"));
    return forWhom + (isTls ? QStringLiteral("Nobody on the way can read them.")
                            : QStringLiteral("There is no TLS: set tls-cert and tls-key, or put a proxy with TLS before it."));
}

std::vector<HelpSection> helpSections(const HelpFacts &facts)
{
    HelpSection feeding{
        .title = QStringLiteral("Connect a publisher"), .rows = {}, .text = publisherLines(), .isCode = true};
    HelpSection feedingToo{
        .title = {},
        .rows = {},
        .text = QStringLiteral(
            "The first line switches the simulation off and writes the address of the private NATS server, with its "
            "password, into a file for you alone; the second publishes. A NATS server of yours: "
            "--nats nats://user:password@host:4222. Subjects and fields: docs/api-spec.md.")};
    return {pages(facts), keys(facts), clients(facts.addresses), feeding, feedingToo, files(facts)};
}

} // namespace odin
