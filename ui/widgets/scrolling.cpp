#include "ui/widgets/scrolling.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace odin {

QVBoxLayout *scrollingColumn(QWidget *page)
{
    auto *area = new QScrollArea(page);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    auto *content = new QWidget(area);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    area->setWidget(content);
    auto *whole = new QVBoxLayout(page);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    return column;
}

} // namespace odin
