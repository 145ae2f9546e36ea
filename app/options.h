// Options: the settings, checked and typed. Values; main thread.
#pragma once

#include "app/setting.h"
#include "core/base/log.h"
#include "core/gateway/gateway.h"
#include "core/model/result.h"
#include "core/model/securityconfig.h"

#include <chrono>

namespace odin {

struct Options
{
    bool gui = true;
    Endpoint listen, admin;
    QStringList natsUrls;           ///< empty = managed
    bool simulate = true;
    std::vector<QByteArray> tokens;
    quint64 seed = 1;
    std::chrono::milliseconds intervalMin{1000}, intervalMax{5000};
    QString replayFile;             ///< empty = simulated prices
    double replaySpeed = 1;
    int shards = 1;
    QString stateFolder;
    QString natsInfoFile;
    QString webRoot;                ///< empty = the page that is built in
    TokenConfig auth;
    DoorConfig door;
    TlsConfig tls, adminTls;
    BusSecurity busSecurity;
    QtMsgType logLevel = QtInfoMsg;
    LogFormat logFormat = LogFormat::Text;

    // What the console shows and keeps of all this
    Settings settings; ///< as text, with where each came from
    QString consoleFile; ///< where the console keeps settings of its own; empty = it keeps none
    QString consoleProblem; ///< why what is in that file is not in force, or not all of it
};

/// A sentence and where the wrong value came from: a flag is a usage error, anything else bad configuration.
struct OptionError
{
    QString text;
    SettingSource source = SettingSource::Default;
    QString name{}; ///< of the setting
};

std::variant<Options, OptionError> checkedOptions(const Settings &settings);

} // namespace odin
