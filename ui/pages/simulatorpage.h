// SimulatorPage: the simulated market in an operator's hands: switches, pace, movement, scenarios, listings, playback.
// Thread: main. Owner: MainWindow.
#pragma once

#include "core/flow/operatorport.h"
#include "ui/models/expected.h"
#include "ui/models/simulatormodel.h"
#include "ui/pages/page.h"

class QLabel;
class QLineEdit;

namespace odin {

class Banner;
class ListingCard;
class PlaybackCard;
class ScenariosCard;
class SimulatedTable;
class ToggleSwitch;

class SimulatorPage final : public Page
{
    Q_OBJECT
public:
    explicit SimulatorPage(OperatorPort &gateway, QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

private:
    QLayout *makeHeading();
    QLayout *makeCards();
    void connectCards();

    /// False when the gateway refused; the banner says why.
    bool command(const QString &what, const SimulatorCommand &command);
    void publish(bool on);
    void restart(const QString &seed);
    void startForChosen(const Scenario &scenario);
    void endForChosen();
    void showChosen();
    void showState(const SimulatorStatus &status);
    void answer(const QString &what, const QString &problem);
    void showProblem();

    OperatorPort &m_gateway;
    SimulatorModel m_model;
    Expected<bool> m_publishing; ///< the master switch
    SimulatorStatus m_status; ///< as last presented
    QString m_refused; ///< what was refused last, and why; empty when nothing was
    QString m_refusal;
    QString m_late; ///< why a restart or a file could not begin

    ToggleSwitch *m_master;
    QLabel *m_state;
    QLabel *m_summary;
    QLineEdit *m_seed;
    QWidget *m_controls; ///< of the heading, while there is a simulator
    Banner *m_problem;
    QWidget *m_content;
    QLabel *m_empty;
    SimulatedTable *m_tokens;
    ScenariosCard *m_scenarios;
    ListingCard *m_listing;
    PlaybackCard *m_playback;
};

} // namespace odin
