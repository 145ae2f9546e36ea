#include "ui/charts/charttools.h"

#include "ui/models/savefile.h"

#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDateTime>
#include <QFileDialog>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace odin {

namespace {

constexpr int titleHeight = 28;
constexpr int margin = 12;
constexpr int pictureScale = 2;

QByteArray pngOf(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/// "chart-of-the-delivery-latency.png"
QString fileNameOf(const QString &title)
{
    auto name = title.toLower();
    for (auto &c : name) {
        if (!c.isLetterOrNumber())
            c = u'-';
    }
    return name + QStringLiteral(".png");
}

} // namespace

ChartTools::ChartTools(QWidget &chart, QList<ChartLegend> legend)
    : QObject(&chart), m_chart(chart), m_legend(std::move(legend)), m_menu(new QMenu(&chart))
{
    m_pause = m_menu->addAction(QStringLiteral("Pause"));
    m_pause->setCheckable(true);
    m_pause->setShortcut(QKeySequence(Qt::Key_Space));
    auto *copying = m_menu->addAction(QStringLiteral("Copy picture"), this, &ChartTools::copy);
    copying->setShortcut(QKeySequence::Copy);
    for (auto *action : {m_pause, copying})
        action->setShortcutContext(Qt::WidgetShortcut); // to be read in the menu; eventFilter() does it
    m_menu->addAction(QStringLiteral("Export as PNG…"), this, &ChartTools::askAndExport);
    connect(m_pause, &QAction::toggled, this, &ChartTools::pausedChanged);
    chart.setFocusPolicy(Qt::StrongFocus);
    chart.installEventFilter(this);
}

QPushButton *ChartTools::makeButton()
{
    auto *button = new QPushButton(QStringLiteral("Chart"), &m_chart);
    button->setProperty("role", QStringLiteral("small"));
    button->setAccessibleName(QStringLiteral("Menu of the ") + m_chart.accessibleName().toLower());
    button->setMenu(m_menu);
    return button;
}

bool ChartTools::isPaused() const { return m_pause->isChecked(); }

void ChartTools::setPaused(bool paused) { m_pause->setChecked(paused); }

QImage ChartTools::picture() const
{
    const QSize size(m_chart.width() + 2 * margin, m_chart.height() + titleHeight + margin);
    QImage image(size * pictureScale, QImage::Format_RGB32);
    image.setDevicePixelRatio(pictureScale);
    image.fill(colours().surface);
    QPainter painter(&image);
    painter.setFont(m_chart.font());
    QRect title(margin, 0, size.width() - 2 * margin, titleHeight);
    const auto say = [&](const QString &text, const QColor &colour) {
        painter.setPen(colour);
        painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter, text);
        title.setLeft(title.left() + painter.fontMetrics().horizontalAdvance(text) + margin);
    };
    say(m_chart.accessibleName(), colours().text);
    for (const auto &entry : m_legend)
        say(entry.name, colourOf(entry.tone));
    say(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), colours().muted);
    m_chart.render(&painter, QPoint(margin, titleHeight), {}, QWidget::DrawChildren);
    return image;
}

bool ChartTools::exportTo(const QString &path)
{
    const auto saved = saveFile(path, pngOf(picture()));
    Q_EMIT exported(saved ? QString() : saved.error().text);
    return saved.ok();
}

void ChartTools::copy() const { QGuiApplication::clipboard()->setImage(picture()); }

void ChartTools::askAndExport()
{
    auto *dialog = new QFileDialog(&m_chart, QStringLiteral("Export as PNG"), fileNameOf(m_chart.accessibleName()),
                                   QStringLiteral("PNG (*.png)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &ChartTools::exportTo);
    dialog->open();
}

bool ChartTools::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::ContextMenu) {
        m_menu->popup(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Space)
        m_pause->toggle();
    else if (key->matches(QKeySequence::Copy))
        copy();
    else
        return false;
    return true;
}

} // namespace odin
