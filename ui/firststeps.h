// FirstSteps: what a new operator needs: the page's address, what is simulated, how to feed real prices.
// Thread: main. Owner: its parent window; deletes itself when closed. The window stays usable beside it.
#pragma once

#include "core/model/snapshot.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace odin {

class QrView;

class FirstSteps final : public QDialog
{
    Q_OBJECT
public:
    explicit FirstSteps(QWidget *parent = nullptr);

    void present(const GatewaySnapshot &snapshot);

    /// True until it was shown once, in this run or an earlier one.
    static bool isDue();
    /// From now on it is shown only when asked for.
    static void remember();

private:
    QLabel *addText(QVBoxLayout &column, const char *role);
    QLayout *makeAddress();
    QLayout *makeButtons();

    QPushButton *m_address;
    QPushButton *m_copy;
    QLabel *m_who = nullptr;
    QrView *m_code;
    QLabel *m_simulated = nullptr;
};

} // namespace odin
