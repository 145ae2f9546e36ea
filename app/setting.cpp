#include "app/setting.h"

#include <algorithm>

namespace odin {

std::span<const SettingInfo> settingTable()
{
    static constexpr SettingInfo table[]{
        {"gui", "", "true", "show the operator's window (odin-console only; --no-gui runs without)", "true|false"},
        {"listen", "HOST:PORT", "127.0.0.1:8080", "public port: page, WebSocket, health; port 0 takes any free one"},
        {"admin", "HOST:PORT", "127.0.0.1:8081", "operators' port: metrics, status"},
        {"nats", "managed|URL[,URL]", "managed", "the bus: a private nats-server, or the URLs of an existing one"},
        {"simulate", "", "auto", "publish simulated prices (default: on with the managed bus, off with another)",
         "auto|true|false"},
        {"tokens", "A,B,...", "BTC,ETH,ODIN,SOL,DOGE,ADA,XRP,AVAX,LINK,DOT", "simulated tokens"},
        {"seed", "N", "1", "seed of the simulation: the same seed gives the same ticks"},
        {"interval", "MS[-MS]", "1000-5000", "time between two simulated updates of a token, 10 ms at least"},
        {"replay", "FILE", "", "play a CSV of trades (time,token,price,volume) instead of the simulation"},
        {"replay-speed", "FACTOR", "1", "pace of the replay: 1 = as it was, 10 = ten times, 0 = as fast as it goes"},
        {"shards", "N", "0", "threads that serve clients, 1 to 8; 0 = cores - 1"},
        {"state-dir", "DIR", "", "where the managed bus keeps its store (default: XDG state folder)"},
        {"nats-info", "FILE", "", "write the managed bus's URL with credentials to FILE (mode 0600)"},
        {"web-root", "DIR", "", "serve the page from a folder, as it is at each request, instead of the built-in one"},
        {"auth", "WORD", "auto", "who needs a token: required = everybody, off = nobody, auto = everybody but on loopback",
         "auto|off|required"},
        {"auth-keys", "FILE|URL", "", "keys that tokens are checked with: PEM or JWKS, or the https URL of a JWKS (default: own key)"},
        {"auth-issuer", "TEXT", "", "claim iss that tokens must have"},
        {"auth-audience", "TEXT", "", "claim aud that tokens must have"},
        {"auth-revoked", "FILE", "", "revoked tokens, one jti or sub:NAME a line"},
        {"auth-in-query", "", "false", "take tokens from ?access_token= too, which ends in logs of proxies", "true|false"},
        {"tls-cert", "FILE", "", "certificate chain of the public port (PEM): then it speaks https and wss only"},
        {"tls-key", "FILE", "", "its private key (PEM, readable by its owner only)"},
        {"admin-tls-cert", "FILE", "", "the same for the admin port"},
        {"admin-tls-key", "FILE", "", "its private key"},
        {"hosts", "A,B,...", "", "names under which the public port is reached, beside its addresses and localhost"},
        {"origins", "URL,URL", "", "origins of pages that may connect (default: those of the same host; * = any)"},
        {"balancers", "A,B/N,...", "", "addresses that send the PROXY protocol, so that caps see who is behind them"},
        {"address-connections", "N", "200", "connections of one address (of IPv6: a /64) at once"},
        {"address-connects", "N", "20", "new connections of one address in a second"},
        {"failed-logins", "N", "10", "wrong tokens of one address in a minute"},
        {"unknown-connections", "N", "256", "connections that have shown no token, where one is needed"},
        {"user-connections", "N", "10", "connections of one user"},
        {"caps-on-loopback", "", "false", "the caps per address are for connections from this machine, too", "true|false"},
        {"door-dry-run", "", "false", "only count whom caps, hosts and origins would turn away", "true|false"},
        {"nats-creds", "FILE", "", "credentials file for the bus"},
        {"nats-ca", "FILE", "", "certificates (PEM) that the bus' certificate is checked with"},
        {"nats-cert", "FILE", "", "certificate of ours for a bus that asks for one (PEM)"},
        {"nats-key", "FILE", "", "its private key (PEM)"},
        {"log-level", "LEVEL", "info", "debug, info, warning or error", "debug|info|warning|error"},
        {"log-format", "FORMAT", "text", "text or json", "text|json"},
    };
    return table;
}

const SettingInfo *settingInfo(QStringView name)
{
    const auto table = settingTable();
    const auto found = std::ranges::find_if(table, [&](const auto &info) { return name == QLatin1String(info.name); });
    return found == table.end() ? nullptr : &*found;
}

QString settingName(const QString &variable)
{
    return variable.mid(int(qstrlen("ODIN_"))).toLower().replace(QLatin1Char('_'), QLatin1Char('-'));
}

std::optional<bool> truthOf(const QString &word)
{
    const auto lower = word.toLower();
    if (lower == QLatin1String("true") || lower == QLatin1String("1") || lower == QLatin1String("yes"))
        return true;
    if (lower == QLatin1String("false") || lower == QLatin1String("0") || lower == QLatin1String("no"))
        return false;
    return {};
}

} // namespace odin
