// What the operator says about who may come in and how. Values; any thread.
#pragma once

#include <QString>
#include <QStringList>

namespace odin {

struct TokenConfig
{
    bool required = false; ///< without a token nobody gets prices
    QString keys; ///< a file (PEM or JWKS) or an https:// URL of a JWKS; empty = the key of `ownKeyFile`
    QString ownKeyFile; ///< of this machine, for tokens of one's own (odin-gateway token); made when it is needed
    QString issuer, audience; ///< claims that must be there; empty = any
    QString revokedFile; ///< a line each: a jti, or sub:NAME; empty = none
    bool inQuery = false; ///< also ?access_token=, which ends in logs of proxies
};

struct DoorConfig
{
    QStringList origins; ///< of pages that may open WebSockets; empty = those of the same host, "*" = any
    QStringList hosts; ///< names in Host; IP addresses, localhost and this machine's own name always are
    QStringList balancers; ///< addresses and networks that send the PROXY protocol
    int addressConnections = 200; ///< at once; of IPv6, a /64 is an address
    int addressConnectsPerSecond = 20;
    int failedLoginsPerMinute = 10; ///< of one address
    int unknownsMax = 256; ///< connections without a token, where one is needed
    int userConnections = 10;
    bool capsOnLoopback = false; ///< the caps per address are for this machine's own connections, too
    bool dryRun = false; ///< only counts whom it would turn away
};

/// Of one port. Both empty: no TLS.
struct TlsConfig
{
    QString certificateFile; ///< PEM, with the chain behind it
    QString keyFile; ///< PEM, readable by the owner only

    bool isOn() const { return !certificateFile.isEmpty(); }
};

/// For a bus that is another's.
struct BusSecurity
{
    QString credentialsFile; ///< of NATS (.creds); empty = none
    QString authorityFile; ///< PEM of who signed the bus' certificate; empty = those of the system
    QString certificateFile, keyFile; ///< of ours, where the bus asks for one
};

} // namespace odin
