// HelpDialog: what each page is for, the keys, how to connect clients and publishers. Beside the window, which stays
// usable. Thread: main. Owner: its parent window; deletes itself when closed.
#pragma once

#include "ui/models/helptext.h"

#include <QDialog>

class QVBoxLayout;

namespace odin {

class HelpDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit HelpDialog(const std::vector<HelpSection> &sections, QWidget *parent = nullptr);

private:
    void add(const HelpSection &section, QVBoxLayout &column);
};

} // namespace odin
