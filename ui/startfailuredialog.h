// StartFailureDialog: a gateway that cannot start, as lamp and sentence, with the ways on.
// Thread: main. Owner: main().
#pragma once

#include <QDialog>

namespace odin {

class StartFailureDialog final : public QDialog
{
    Q_OBJECT
public:
    enum class Way { Quit, Again, FreePorts };
    /// Whether other ports than those that were asked for would help.
    enum class OtherPorts { Help, DoNotHelp };

    /// `what`: what happened and what to do, as the log says it.
    StartFailureDialog(const QString &what, OtherPorts otherPorts, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Once; closing the dialog is Way::Quit.
    void chosen(odin::StartFailureDialog::Way way);

private:
    QWidget *makeButtons(OtherPorts otherPorts);
    void choose(Way way);
};

} // namespace odin
