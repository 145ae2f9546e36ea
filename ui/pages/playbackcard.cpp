#include "ui/pages/playbackcard.h"

#include "core/model/limits.h"
#include "ui/models/format.h"
#include "ui/widgets/tone.h"

#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace odin {

namespace {

QString stateText(const std::optional<PlaybackStatus> &playback)
{
    if (!playback)
        return QStringLiteral("time,token,price,volume in each line");
    auto text =
        QStringLiteral("%1 at %2×: %3 trades")
            .arg(QFileInfo(playback->path).fileName(), QString::number(playback->speed), formatCount(playback->trades));
    if (playback->unusableLines > 0)
        text += QStringLiteral(", %1 lines could not be used: the log names the first")
                    .arg(formatCount(playback->unusableLines));
    return text + (playback->ended ? QStringLiteral(". It has ended.") : QStringLiteral("."));
}

} // namespace

PlaybackCard::PlaybackCard(QWidget *parent)
    : Card(QStringLiteral("CSV playback"), parent),
      m_path(new QLineEdit(this)),
      m_speed(new QDoubleSpinBox(this)),
      m_state(makeLabel("body", Tone::Muted, this)),
      m_back(new QPushButton(QStringLiteral("Back to simulation"), this))
{
    m_back->setProperty("role", QStringLiteral("small"));
    m_back->setEnabled(false);
    connect(m_back, &QPushButton::clicked, this, &PlaybackCard::simulationAsked);
    addControl(m_back);
    m_state->setWordWrap(true);
    addContent(makeFields(), 0);
    addContent(m_state, 0);
}

QWidget *PlaybackCard::makeFields()
{
    m_path->setPlaceholderText(QStringLiteral("File of trades"));
    m_path->setAccessibleName(QStringLiteral("File of trades to play"));
    m_speed->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_speed->setAlignment(Qt::AlignRight);
    m_speed->setRange(0.01, limits::replaySpeedMax);
    m_speed->setValue(1);
    m_speed->setPrefix(QStringLiteral("Speed "));
    m_speed->setSuffix(QStringLiteral(" ×"));
    m_speed->setAccessibleName(QStringLiteral("Speed of the playback"));
    auto *find = new QPushButton(QStringLiteral("Choose…"), this);
    find->setAccessibleName(QStringLiteral("Choose a file of trades"));
    auto *play = new QPushButton(QStringLiteral("Play"), this);
    play->setAccessibleName(QStringLiteral("Play the file"));
    connect(find, &QPushButton::clicked, this, &PlaybackCard::choose);
    connect(play, &QPushButton::clicked, this, &PlaybackCard::ask);
    connect(m_path, &QLineEdit::returnPressed, this, &PlaybackCard::ask);
    auto *fields = new QWidget(this);
    auto *grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 4, 0, 0);
    grid->setSpacing(8);
    grid->addWidget(m_path, 0, 0);
    grid->addWidget(find, 0, 1);
    grid->addWidget(m_speed, 1, 0);
    grid->addWidget(play, 1, 1);
    return fields;
}

void PlaybackCard::choose()
{
    auto *dialog = new QFileDialog(this, QStringLiteral("File of trades"), QFileInfo(m_path->text()).path(),
                                   QStringLiteral("CSV (*.csv);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void PlaybackCard::ask()
{
    if (m_path->text().isEmpty())
        choose();
    else
        Q_EMIT playAsked({.path = m_path->text(), .speed = m_speed->value()});
}

void PlaybackCard::present(const SimulatorStatus &status)
{
    m_back->setEnabled(status.playback.has_value());
    m_state->setText(stateText(status.playback));
    const bool isDoubtful = status.playback && status.playback->unusableLines > 0;
    setTone(m_state, isDoubtful ? Tone::Warning : Tone::Muted);
}

} // namespace odin
