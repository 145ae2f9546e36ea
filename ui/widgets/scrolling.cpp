#include "ui/widgets/scrolling.h"

#include <QScrollArea>

namespace odin {

QWidget *scrolling(QWidget *content)
{
    auto *area = new QScrollArea(content->parentWidget());
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setWidget(content);
    content->setObjectName(QStringLiteral("scrolled"));
    return area;
}

} // namespace odin
