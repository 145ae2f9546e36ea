// PlaybackCard: a CSV file of trades that is played instead of the simulation, and the way back.
// Thread: main. Owner: the page that shows it.
#pragma once

#include "core/model/simulator.h"
#include "ui/widgets/card.h"

class QDoubleSpinBox;
class QLineEdit;
class QPushButton;

namespace odin {

class PlaybackCard final : public Card
{
    Q_OBJECT
public:
    explicit PlaybackCard(QWidget *parent = nullptr);

    void present(const SimulatorStatus &status);

Q_SIGNALS:
    void playAsked(const odin::PlayFile &file);
    void simulationAsked();

private:
    QWidget *makeFields();
    void choose();
    void ask();

    QLineEdit *m_path;
    QDoubleSpinBox *m_speed;
    QLabel *m_state;
    QPushButton *m_back;
};

} // namespace odin
