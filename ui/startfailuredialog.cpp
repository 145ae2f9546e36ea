#include "ui/startfailuredialog.h"

#include "ui/icons.h"
#include "ui/widgets/statuslamp.h"
#include "ui/widgets/tone.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace odin {

namespace {

constexpr int widthPixels = 560;

QLabel *sentence(const QString &text, Tone tone, QWidget *parent)
{
    auto *label = makeLabel("body", tone, parent);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

StartFailureDialog::StartFailureDialog(const QString &what, OtherPorts otherPorts, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(QStringLiteral("Odin Console cannot start"));
    setWindowIcon(appIcon());
    setAccessibleName(windowTitle());
    setAccessibleDescription(what);
    setFixedWidth(widthPixels);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(12);
    auto *lamp = new StatusLamp(this);
    lamp->setStatus({LampState::Down, QStringLiteral("The gateway cannot start"), what});
    column->addWidget(lamp);
    column->addWidget(sentence(what, Tone::Normal, this));
    if (otherPorts == OtherPorts::Help)
        column->addWidget(
            sentence(QStringLiteral(
                         "Perhaps this program runs already: then its window or its tray icon is somewhere. Free ports "
                         "are for this start only; the options --listen and --admin choose others for good."),
                     Tone::Muted, this));
    column->addSpacing(4);
    column->addWidget(makeButtons(otherPorts));
    connect(this, &QDialog::rejected, this, [this] { Q_EMIT chosen(Way::Quit); });
}

QWidget *StartFailureDialog::makeButtons(OtherPorts otherPorts)
{
    auto *buttons = new QDialogButtonBox(this);
    const auto add = [&](const QString &text, QDialogButtonBox::ButtonRole role, Way way) {
        auto *button = buttons->addButton(text, role);
        button->setAccessibleName(text);
        connect(button, &QPushButton::clicked, this, [this, way] { choose(way); });
        return button;
    };
    add(QStringLiteral("Quit"), QDialogButtonBox::ActionRole, Way::Quit);
    auto *again = add(QStringLiteral("Try again"), QDialogButtonBox::ActionRole, Way::Again);
    if (otherPorts == OtherPorts::Help)
        again = add(QStringLiteral("Use free ports"), QDialogButtonBox::ActionRole, Way::FreePorts);
    again->setDefault(true);
    again->setFocus();
    return buttons;
}

void StartFailureDialog::choose(Way way)
{
    disconnect(this, &QDialog::rejected, this, nullptr);
    close();
    Q_EMIT chosen(way);
}

} // namespace odin
