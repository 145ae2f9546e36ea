// Options: the settings, checked and typed. Values; main thread.
#pragma once

#include "app/setting.h"
#include "core/base/log.h"
#include "core/gateway/gateway.h"
#include "core/model/result.h"

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
    QtMsgType logLevel = QtInfoMsg;
    LogFormat logFormat = LogFormat::Text;
};

/// A sentence and where the wrong value came from: a flag is a usage error, anything else bad configuration.
struct OptionError
{
    QString text;
    SettingSource source = SettingSource::Default;
};

std::variant<Options, OptionError> checkedOptions(const Settings &settings);

} // namespace odin
