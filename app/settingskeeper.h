// SettingsKeeper: the settings in force, and the file in which the console keeps those that were changed in it.
// Thread: any; the file is written on a thread of its own ("odin-settings", from the first change on).
// Owner: LocalOperator.
#pragma once

#include "app/options.h"
#include "core/base/workerthread.h"
#include "core/model/setting.h"

#include <memory>
#include <mutex>

namespace odin {

class SettingsKeeper
{
public:
    explicit SettingsKeeper(const Options &options);
    /// Waits for what is being written.
    ~SettingsKeeper();

    SettingsPtr listing() const;
    /// As OperatorPort::changeSetting(): checked here, written later.
    Result<Done> change(const QString &name, const std::optional<QString> &value);

private:
    Settings upcoming() const;
    void list();
    void write(const QString &name, const std::optional<QString> &value);

    // Constant after construction
    const QString m_path;
    const Settings m_given; // by file, variables and flags: locked

    mutable std::mutex m_mutex;
    Settings m_inForce; // guarded by m_mutex, like the rest
    Settings m_kept; // by the console
    QString m_problem;
    SettingsPtr m_listing;
    std::unique_ptr<WorkerThread> m_writer; // last: its commands use what stands above
};

} // namespace odin
